// Runs in each document before its own scripts: notes every shift of the layout, and what moved.
var shiftsSeen = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    const moved = shift.sources.map((s) => s.node && (s.node.outerHTML || s.node.textContent).slice(0, 80));
    shiftsSeen.push(`layout shift ${shift.value.toFixed(4)} of ${moved.join(", ")}`);
  }
}).observe({ type: "layout-shift", buffered: true });
