// What is wrong with a page, each fault as a line of text.
{
  // The elements of the page, those in open shadow roots and templates' content aside.
  all(root = document) {
    const found = [];
    for (const e of root.querySelectorAll("*")) {
      found.push(e);
      if (e.shadowRoot) found.push(...this.all(e.shadowRoot));
    }
    return found;
  },

  name(e) {
    const label = e.tagName.toLowerCase() + (e.id && "#" + e.id) + (typeof e.className == "string" && e.className && "." + e.className);
    return `<${label}> "${e.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}"`;
  },

  // Whether an element, or what it is in, may be scrolled sideways by a reader, so that what lies beyond its edge is not lost.
  scrolls(e) {
    for (; e; e = e.parentElement || e.getRootNode().host) {
      if (e != document.documentElement && /auto|scroll/.test(getComputedStyle(e).overflowX)) return true;
    }
    return false;
  },

  // Text for the ears only is drawn in a box of a pixel or clipped away whole.
  unseen(e) {
    for (; e; e = e.parentElement || e.getRootNode().host) {
      const style = getComputedStyle(e);
      if (style.visibility == "hidden" || style.clipPath == "inset(50%)" || (e.clientWidth == 1 && e.clientHeight == 1)) return true;
    }
    return false;
  },

  layout() {
    const faults = [];
    const page = document.documentElement;
    const width = page.clientWidth;
    const paper = matchMedia("print").matches;
    if (page.scrollWidth > width) faults.push(`the page scrolls sideways: ${page.scrollWidth} px in ${width}`);
    for (const e of this.all()) {
      if (!e.checkVisibility() || this.unseen(e)) continue;
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      if ((box.left < -1 || box.right > width + 1) && (paper || !this.scrolls(e)) && !e.closest("svg svg, svg *"))
        faults.push(`beyond the edge of the page (${Math.round(box.left)} to ${Math.round(box.right)} px in ${width}): ${this.name(e)}`);
      const cut = paper ? /hidden|clip|auto|scroll/ : /hidden|clip/;
      if (cut.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1)
        faults.push(`text is cut off sideways: ${this.name(e)}`);
      if (cut.test(style.overflowY) && e.scrollHeight > e.clientHeight + 1 && e.clientHeight > 1)
        faults.push(`text is cut off below: ${this.name(e)}`);
      if (e.tagName == "svg") faults.push(...this.drawing(e));
    }
    return faults;
  },

  // The colour as red, green, blue and opacity, each 0 to 255, however it was written.
  colour(value) {
    const pixel = new OffscreenCanvas(1, 1).getContext("2d");
    pixel.fillStyle = value;
    pixel.fillRect(0, 0, 1, 1);
    return pixel.getImageData(0, 0, 1, 1).data;
  },

  // The ratio of contrast of WCAG 2.2 between a colour and what is behind an element.
  contrast(value, e) {
    let behind = this.colour("Canvas");
    for (; e; e = e.parentElement || e.getRootNode().host) {
      const background = this.colour(getComputedStyle(e).backgroundColor);
      if (background[3] == 255) {
        behind = background;
        break;
      }
    }
    const luminance = ([r, g, b]) => {
      const [R, G, B] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * R + 0.7152 * G + 0.0722 * B;
    };
    const [light, dark] = [luminance(this.colour(value)), luminance(behind)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  },

  // Texts of a drawing stand within it and not upon one another, and are not pale: axe-core does not judge their colours.
  drawing(svg) {
    const faults = [];
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].filter((t) => t.checkVisibility() && t.textContent.trim());
    const boxes = texts.map((t) => t.getBoundingClientRect());
    texts.forEach((text, i) => {
      const a = boxes[i];
      const ratio = this.contrast(getComputedStyle(text).fill, text);
      if (ratio < 4.5) faults.push(`pale text in a drawing (${ratio.toFixed(2)}:1): ${this.name(text)}`);
      if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1)
        faults.push(`text beyond the edge of its drawing: ${this.name(text)}`);
      for (let j = 0; j < i; j++) {
        const b = boxes[j];
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > Math.min(a.height, b.height) / 3) faults.push(`texts upon one another: ${this.name(text)} and ${this.name(texts[j])}`);
      }
    });
    return faults;
  },

  // What axe-core, already loaded, says. Colours have to be judged wherever there is text, and for certain.
  async accessible() {
    const rules = axe.getRules().filter((r) => !r.tags.includes("wcag2aaa") && !r.tags.includes("review-item") && r.ruleId != "hidden-content");
    const results = await axe.run(document, { runOnly: { type: "rule", values: rules.map((r) => r.ruleId) } });
    const tell = (what, r) => r.nodes.map((n) => `axe ${what} ${r.id}: ${r.help}: ${n.html.slice(0, 160)}: ${(n.failureSummary || "").replace(/\s+/g, " ")}`);
    const contrast = (list) => list.filter((r) => r.id == "color-contrast");
    const faults = results.violations.flatMap((r) => tell("violation", r));
    faults.push(...contrast(results.incomplete).flatMap((r) => tell("cannot judge", { ...r, nodes: r.nodes.filter((n) => !/^<(text|tspan)\b/.test(n.html)) })));
    if (document.body.innerText.trim() && !contrast([...results.passes, ...results.violations]).length) faults.push("axe judged the contrast of no text");
    return faults;
  },
}
