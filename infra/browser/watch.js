// Runs in each document before its own scripts: notes every shift of the layout and what moved, and says aloud what only an event of the
// window tells: that an observer of sizes goes round in a loop.
// What shifts while the document is still coming depends on where the line paused: it is kept apart.
var shiftsSeen = [];
var shiftsComing = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    const moved = shift.sources.map((s) => s.node && (s.node.outerHTML || s.node.textContent).slice(0, 80));
    const whole = performance.getEntriesByType("navigation")[0].domInteractive;
    (whole && shift.startTime >= whole ? shiftsSeen : shiftsComing).push(`layout shift ${shift.value.toFixed(4)} of ${moved.join(", ")}`);
  }
}).observe({ type: "layout-shift", buffered: true });
addEventListener("error", (event) => {
  if (event instanceof ErrorEvent && !event.error) console.error(event.message);
});
