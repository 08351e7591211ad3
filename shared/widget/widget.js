// The browser's side of Factbox's widgets: <fact-box>, and the height of a framed embed, on both sides of the frame. It is
// served as it stands. Pages work without it: an embed is whole HTML, and a <fact-box> has a link in it.
(() => {
  'use strict';
  const home = document.currentScript ? document.currentScript.src : location.href;
  const embeds = new URL('embed/', home);

  // address is where what an element's attributes ask for is to be had.
  const address = (box) => {
    const site = box.getAttribute('src');
    const url = new URL('embed/' + encodeURIComponent(box.getAttribute('story')), site ? site.replace(/\/*$/, '/') : home);
    for (const name of ['show', 'lang', 'theme']) {
      if (box.getAttribute(name)) url.searchParams.set(name, box.getAttribute(name));
    }
    url.searchParams.set('as', 'element');
    return url.href;
  };

  // dress moves the text of style elements into a sheet of the shadow root's own, which no policy of the page forbids.
  const dress = (root, content) => {
    const styles = [...content.querySelectorAll('style')];
    if (!styles.length) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles.map((style) => style.textContent).join('\n'));
    root.adoptedStyleSheets = [sheet];
    styles.forEach((style) => style.remove());
  };

  // replace puts new content in, and leaves readers where they were in the old, by keyboard or by scrolling.
  const replace = (root, content) => {
    const stops = () => [...root.querySelectorAll('a,summary,[tabindex]')];
    const old = stops();
    const focus = root.activeElement;
    const places = old.map((stop) => [stop.scrollLeft, stop.scrollTop]);
    root.replaceChildren(content);
    const now = stops();
    now.forEach((stop, i) => places[i] && stop.scrollTo(...places[i]));
    const again = focus && (now.find((stop) => stop.isEqualNode(focus)) || now[old.indexOf(focus)]);
    if (again) again.focus({preventScroll: true});
  };

  class FactBox extends HTMLElement {
    static observedAttributes = ['story', 'show', 'lang', 'theme', 'src', 'refresh'];

    #address = ''; // that was asked last
    #asked = 0;    // when
    #near = false; // on the screen, or soon
    #timer;
    #observer = new IntersectionObserver((entries) => {
      this.#near = entries.pop().isIntersecting;
      this.#plan();
    }, {rootMargin: '50%'});

    connectedCallback() {
      this.#observer.observe(this);
      document.addEventListener('visibilitychange', this.#plan);
      this.#keep();
    }

    disconnectedCallback() {
      this.#observer.disconnect();
      document.removeEventListener('visibilitychange', this.#plan);
      clearTimeout(this.#timer);
    }

    attributeChangedCallback() {
      this.#plan();
    }

    // keep takes what the server put into the page for asked now. The parser may come to it after the element was connected.
    #keep() {
      if (!this.shadowRoot || this.#address) return;
      dress(this.shadowRoot, this.shadowRoot);
      this.#address = address(this);
      this.#asked = Date.now();
    }

    // plan sets when to ask: at once for what was not asked yet, at the next refresh for the same again, never while nobody looks.
    #plan = () => {
      clearTimeout(this.#timer);
      if (!this.#near || document.hidden || !this.isConnected || !this.getAttribute('story')) return;
      this.#keep();
      const every = Math.min(Math.max(30, Number(this.getAttribute('refresh')) || 300), 86400) * 1000;
      const wait = address(this) === this.#address ? this.#asked + every - Date.now() : 0;
      this.#timer = setTimeout(this.#load, Math.max(0, wait));
    };

    // load asks, by way of the browser's cache, and shows the answer where it is not what is there already.
    #load = async () => {
      const url = this.#address = address(this);
      this.#asked = Date.now();
      let told = 'factbox-load', error;
      try {
        const answer = await fetch(url);
        if (!answer.ok) throw new Error(url + ': ' + answer.status);
        const template = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('template');
        if (url !== address(this)) return; // another was asked for meanwhile
        const root = this.shadowRoot || this.attachShadow({mode: 'open'});
        dress(root, template.content);
        if (template.innerHTML !== root.innerHTML) replace(root, template.content);
      } catch (e) {
        told = 'factbox-error';
        error = e;
      }
      this.dispatchEvent(new CustomEvent(told, {bubbles: true, detail: {url, error}}));
      this.#plan();
    };
  }
  if (!customElements.get('fact-box')) customElements.define('fact-box', FactBox);

  // tell is the embed's side: it tells the page that frames it how high it is, again when that changes. To WordPress, which names
  // a secret in the fragment, in WordPress's form, with the links to follow; to all others as {type: 'factbox:height', story, height}.
  const tell = () => {
    const [, secret] = /secret=([a-z0-9]+)/i.exec(location.hash) || [];
    const story = decodeURIComponent(location.pathname.slice(embeds.pathname.length));
    const post = (message) => parent.postMessage(message, '*');
    let told;
    const measure = () => {
      const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
      if (height === told) return;
      told = height;
      post(secret ? {message: 'height', value: height, secret} : {type: 'factbox:height', story, height});
    };
    addEventListener('message', ({data, source}) => {
      if (source !== parent || !data || data.message !== 'ready') return;
      told = 0;
      measure();
    });
    addEventListener('click', (event) => {
      const link = event.target.closest('a');
      if (!secret || !link || link.host !== location.host) return;
      event.preventDefault();
      post({message: 'link', value: link.href, secret});
    });
    measure(); // a frame that WordPress hides is not painted, so that nothing observes it
    new ResizeObserver(measure).observe(document.documentElement);
  };

  // listen is the host's side: plain frames of ours get the height that they tell. The origin of a sandboxed one is 'null'.
  const listen = () => {
    const frames = () => [...document.querySelectorAll('iframe')].filter((frame) => frame.src.startsWith(embeds));
    addEventListener('message', ({data, source, origin}) => {
      if (!data || data.type !== 'factbox:height' || !(data.height > 0)) return;
      const frame = frames().find((frame) => frame.contentWindow === source);
      if (!frame || origin !== embeds.origin && !(origin === 'null' && frame.sandbox.length)) return;
      frame.style.height = Math.min(data.height, 20000) + 'px';
    });
    frames().forEach((frame) => frame.contentWindow.postMessage({message: 'ready'}, '*')); // those that told before
  };

  if (parent !== window && location.href.startsWith(embeds)) tell(); else listen();
})();
