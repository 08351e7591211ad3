// What the front page does more for those who run scripts: it finds while they type, changes the widgets as they choose, copies
// code, and answers in place. Texts of others come as texts; where whole pieces come, they come from this same page.
document.documentElement.classList.add('scripted');

const byId = (id) => document.getElementById(id);

// again asks the page again with another query, and gives it, or nothing when a later question has overtaken this one.
let asked = new AbortController();
async function again(query) {
  asked.abort();
  asked = new AbortController();
  try {
    const answer = await fetch('/?' + query, {signal: asked.signal});
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

// remember puts a choice into the address, so that it can be sent to somebody.
function remember(form) {
  const url = new URL(location.href);
  for (const [name, value] of new FormData(form)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  history.replaceState(null, '', url);
  return url.searchParams;
}

const search = document.querySelector('.search');
let typing;
async function find() {
  clearTimeout(typing);
  const page = await again(remember(search));
  if (page) byId('results').replaceChildren(...page.getElementById('results').childNodes);
}
search.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(find, 250);
});
search.addEventListener('submit', (event) => {
  event.preventDefault();
  find();
});

// Another language or theme goes to the elements that are there: they keep what they show until they have the new.
const choices = document.querySelector('.choices');
choices?.addEventListener('change', async () => {
  const page = await again(remember(choices));
  if (!page) return;
  for (const code of document.querySelectorAll('.widget code')) code.textContent = page.getElementById(code.id).textContent;
  const boxes = page.querySelectorAll('fact-box');
  document.querySelectorAll('fact-box').forEach((box, i) => {
    for (const name of ['lang', 'theme']) {
      const value = boxes[i].getAttribute(name);
      if (value === null) box.removeAttribute(name);
      else box.setAttribute(name, value);
    }
  });
});

for (const button of document.querySelectorAll('.copy')) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    const code = byId(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = 'Copied';
    } catch { // it may be forbidden: then it is selected, for the keyboard
      getSelection().selectAllChildren(code);
      button.textContent = 'Selected: press Ctrl+C';
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

// A question is answered with its sources, or with why nothing is said.
const question = document.querySelector('.question');
question.addEventListener('submit', async (event) => {
  event.preventDefault();
  const said = byId('answer');
  const show = (silent, ...lines) => {
    said.classList.toggle('silent', silent);
    said.replaceChildren(...lines.filter(Boolean));
    said.hidden = false;
  };
  try {
    const answer = await fetch('/v1/answers?q=' + encodeURIComponent(question.elements.q.value.trim()), {headers: {Accept: 'application/json'}});
    const body = await answer.json();
    if (!answer.ok) return show(true, line('', body.detail));
    if (body.answer === null) return show(true, line('said', body.because));
    show(false, line('said', body.answer), line('by', body.status === 'disputed' ? 'This is disputed.' : ''), cited(body.sources));
  } catch {
    show(true, line('', 'The service does not answer. Is it still running?'));
  }
});

function line(style, text) {
  if (!text) return null;
  const p = document.createElement('p');
  p.className = style;
  p.textContent = text;
  return p;
}

// cited lists documents, each with the address at which it can be checked.
function cited(sources) {
  const p = document.createElement('p');
  p.className = 'by';
  sources.forEach((source, i) => {
    const link = document.createElement('a');
    link.href = '/v1/headlines/' + encodeURIComponent(source.document) + '?format=text';
    link.textContent = source.headline;
    p.append(i ? ' · ' : '', `${source.publisher}, ${source.published}: `, link);
  });
  return sources.length ? p : null;
}
