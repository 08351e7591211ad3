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
    const label = e.localName + (e.id && "#" + e.id) + (e.classList.length ? "." + e.classList : "");
    return `<${label}> "${e.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}"`;
  },

  // Whether an element, or what it is in, may be scrolled sideways by a reader, so that what lies beyond its edge is not lost.
  scrolls(e) {
    for (; e; e = e.parentElement || e.getRootNode().host) {
      if (e != document.documentElement && /auto|scroll/.test(getComputedStyle(e).overflowX)) return true;
    }
    return false;
  },

  // Whether an element is drawn. What is for the ears only is in a box of a pixel, and what a drawing leaves out has no box.
  drawn(e) {
    if (!e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || !e.getClientRects().length) return false;
    const box = e.getBoundingClientRect();
    if (!box.width && !box.height) return false;
    for (; e; e = e.parentElement || e.getRootNode().host) {
      if (e.clientWidth == 1 && e.clientHeight == 1) return false;
    }
    return true;
  },

  layout() {
    const faults = [];
    const page = document.documentElement;
    const width = page.clientWidth;
    const paper = matchMedia("print").matches;
    if (page.scrollWidth > width) faults.push(`the page scrolls sideways: ${page.scrollWidth} px in ${width}`);
    for (const e of this.all()) {
      if (!this.drawn(e)) continue;
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      if ((box.left < -1 || box.right > width + 1) && (paper || !this.scrolls(e)) && !e.closest("svg svg, svg *"))
        faults.push(`beyond the edge of the page (${Math.round(box.left)} to ${Math.round(box.right)} px in ${width}): ${this.name(e)}`);
      if (e.matches("input, select, textarea")) continue; // a reader moves about in them
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
    const canvas = document.documentElement.appendChild(document.createElement("i"));
    canvas.style.color = "Canvas"; // what a page without a background has, in its scheme of colours
    let behind = this.colour(getComputedStyle(canvas).color);
    canvas.remove();
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

  // Texts of a drawing stand within it and not upon one another.
  drawing(svg) {
    const faults = [];
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].filter((t) => this.drawn(t) && t.textContent.trim());
    const boxes = texts.map((t) => t.getBoundingClientRect());
    texts.forEach((text, i) => {
      const a = boxes[i];
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

  // Marks of a drawing stand out from what is behind them, by their line or their filling (WCAG 2.2, 1.4.11); but for gaps in a line.
  marks() {
    const shapes = this.all().filter((e) => /^(path|circle|rect|line|polygon|polyline|ellipse)$/.test(e.tagName) && this.drawn(e) && !e.classList.contains("gap"));
    return shapes.flatMap((e) => {
      const { fill, stroke } = getComputedStyle(e);
      const ratios = [fill, stroke].filter((c) => c != "none" && this.colour(c)[3]).map((c) => this.contrast(c, e));
      const best = Math.max(0, ...ratios);
      return best < 3 ? [`a mark that does not stand out (${best.toFixed(2)}:1): ${e.outerHTML.slice(0, 120)}`] : [];
    });
  },

  // Characters that turn the direction of writing around do so within an isolate, and not in the page's title.
  turned() {
    const turns = /[\u202a-\u202e\u2066-\u2069]/;
    const faults = turns.test(document.title) ? ["the title of the page is turned around"] : [];
    for (const e of this.all()) {
      const own = [...e.childNodes].filter((n) => n.nodeType == Node.TEXT_NODE && turns.test(n.data));
      if (own.length && !/isolate/.test(getComputedStyle(e).unicodeBidi) && this.drawn(e)) faults.push(`text turned around: ${this.name(e)}`);
    }
    return faults;
  },

  // What axe-core, already loaded, says of all its rules but those of level AAA and those that leave the judgement to a person. Colours have
  // to be judged wherever there is text: by axe-core or, of text in drawings and of slanted text, where it gives up, by what is behind.
  async accessible() {
    const rules = axe.getRules().filter((r) => !r.tags.includes("wcag2aaa") && !r.tags.includes("review-item") && r.ruleId != "hidden-content");
    const results = await axe.run(document, { iframes: false, elementRef: true, runOnly: { type: "rule", values: rules.map((r) => r.ruleId) } });
    const contrast = (list) => list.filter((r) => r.id == "color-contrast");
    const tell = (what, r, n) => `axe ${what} ${r.id}: ${r.help}: ${n.html.slice(0, 160)}: ${(n.failureSummary || "").replace(/\s+/g, " ")}`;
    const faults = results.violations.flatMap((r) => r.nodes.map((n) => tell("violation", r, n)));
    for (const r of contrast(results.incomplete)) {
      for (const n of r.nodes) {
        const why = n.any.map((c) => c.data && c.data.messageKey).join();
        const ratio = this.contrast(getComputedStyle(n.element)[n.element.closest("svg") ? "fill" : "color"], n.element);
        if (!/^(imgNode|elmPartiallyObscured|elmPartiallyObscuring)$/.test(why)) faults.push(tell(`cannot judge (${why})`, r, n));
        else if (ratio < 4.5) faults.push(`pale text (${ratio.toFixed(2)}:1): ${this.name(n.element)}`);
      }
    }
    if (document.body.innerText.trim() && !contrast([...results.passes, ...results.violations]).length) faults.push("axe judged the contrast of no text");
    return faults;
  },
}
