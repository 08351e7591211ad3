// Puts a document as a dry run, shows its facts where they stand in the text, and keeps it when asked to.
// Evidence counts bytes of UTF-8, a script's strings count otherwise: the text is cut as bytes and decoded piece by piece.
import {detail, understood} from './fact.js';

const form = document.getElementById('put');
const keep = document.getElementById('keep');
const progress = document.getElementById('progress');
const refused = document.getElementById('refused');
const list = document.getElementById('facts');
const text = document.getElementById('text');

form.hidden = false;
const today = new Date();
today.setMinutes(today.getMinutes() - today.getTimezoneOffset());
form.elements.published.value = today.toISOString().slice(0, 10);

let reading; // the document that is shown, as it was sent

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const sent = written();
  const body = await post(sent, '?dry_run=true', 'Reading …');
  if (!body) return;
  reading = sent;
  keep.disabled = false;
  show(sent.text, body);
});

// What was changed was not read: it cannot be kept.
form.addEventListener('input', () => { keep.disabled = true; });

keep.addEventListener('click', async () => {
  const body = await post(reading, '', 'Keeping …');
  if (!body) return;
  keep.disabled = true;
  const story = link('/?story=' + encodeURIComponent(body.document.story) + '#widgets', 'See its story');
  const back = document.createElement('button');
  back.type = 'button';
  back.textContent = 'Take it back';
  back.addEventListener('click', async () => {
    const answer = await fetch('/v1/documents/' + encodeURIComponent(body.document.document), {method: 'DELETE'}).catch(() => null);
    progress.textContent = answer?.ok ? 'Taken back.' : 'It could not be taken back.';
  });
  progress.replaceChildren(body.known ? 'It was kept already. ' : 'Kept. ', story, ' ', back);
});

// written is the document as the form has it. The API takes a text as it stands, so that its bytes are those shown here; half
// characters, which no file can hold, become replacement characters on both sides.
function written() {
  const doc = {published: 'unknown'};
  for (const [name, value] of new FormData(form)) {
    if (value.trim()) doc[name] = value;
  }
  doc.text = new TextDecoder().decode(new TextEncoder().encode(doc.text.replace(/\r\n?/g, '\n')));
  return doc;
}

// post sends a document and gives the answer, or says why there is none.
async function post(doc, query, saying) {
  progress.textContent = saying;
  refused.hidden = true;
  try {
    const answer = await fetch('/v1/documents' + query, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(doc)});
    const body = await answer.json();
    if (answer.ok) return body;
    refused.textContent = 'It was refused: ' + body.detail;
  } catch {
    refused.textContent = 'The service does not answer. Is it still running?';
  } finally {
    progress.textContent = '';
  }
  refused.hidden = false;
}

// show marks the facts of an answer in the text, and lists them beside it.
function show(source, body) {
  const total = Object.values(body.counts).reduce((sum, n) => sum + n, 0);
  const facts = [...body.facts].sort((a, b) => a.evidence.start - b.evidence.start || b.evidence.end - a.evidence.end);
  const title = document.getElementById('read-title');
  title.textContent = total === 1 ? 'One fact' : `${total} facts` + (facts.length < total ? `, of which the first ${facts.length} are shown` : '');
  document.getElementById('placement').textContent = placed(body.placement);
  list.replaceChildren(...facts.map(item));
  text.replaceChildren(...pieces(source, facts));
  document.getElementById('read').hidden = false;
  title.focus();
}

function placed({story, how, because}) {
  const ways = {given: 'It would stand in the story', stayed: 'It would stay in the story', joined: 'It would join the story', started: 'It would start the story'};
  return `${ways[how]} ${story}` + (because ? `: ${because}.` : '.');
}

// item is a fact in the list.
function item(fact, i) {
  const li = document.createElement('li');
  li.dataset.kind = fact.kind;
  li.dataset.facts = i;
  const a = link('#mark-' + i, '');
  a.id = 'fact-' + i;
  const lead = document.createElement('b');
  lead.textContent = understood(fact);
  const rest = document.createElement('span');
  rest.textContent = [...detail(fact), `bytes ${fact.evidence.start}–${fact.evidence.end}`].join(' · ');
  a.append(lead, rest);
  li.append(a);
  return li;
}

// pieces cuts the text wherever a fact begins or ends, so that facts may overlap; each piece in facts is a mark, in the colour of the
// shortest of them, and behind a fact's last piece stands what was understood.
function* pieces(source, facts) {
  const bytes = new TextEncoder().encode(source);
  const decoder = new TextDecoder('utf-8', {ignoreBOM: true});
  const cuts = [...new Set([0, bytes.length, ...facts.flatMap(({evidence}) => [evidence.start, evidence.end])])].sort((a, b) => a - b);
  const begun = new Set();
  for (let n = 0; n + 1 < cuts.length; n++) {
    const [from, to] = [cuts[n], cuts[n + 1]];
    const words = decoder.decode(bytes.subarray(from, to));
    const here = facts.map((fact, i) => ({...fact.evidence, i, kind: fact.kind})).filter(({start, end}) => start <= from && to <= end);
    if (!here.length) {
      yield words;
      continue;
    }
    const mark = document.createElement('mark');
    mark.textContent = words;
    mark.dataset.facts = here.map(({i}) => i).join(' ');
    mark.dataset.kind = here.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a)).kind;
    for (const {i} of here) {
      if (begun.has(i)) continue;
      begun.add(i);
      const anchor = document.createElement('span');
      anchor.id = 'mark-' + i;
      yield anchor;
    }
    yield mark;
    for (const {i, end, kind} of here) {
      if (end !== to) continue;
      const tag = link('#fact-' + i, understood(facts[i]));
      tag.className = 'tag';
      tag.dataset.kind = kind;
      tag.dataset.facts = i;
      yield tag;
    }
  }
}

function link(href, words) {
  const a = document.createElement('a');
  a.href = href;
  a.textContent = words;
  return a;
}

// A fact that is pointed at or focused is lit in the list and in the text.
const both = document.querySelector('.reading');
for (const [begin, end] of [['pointerover', 'pointerout'], ['focusin', 'focusout']]) {
  both.addEventListener(begin, (event) => light(event.target, true));
  both.addEventListener(end, (event) => light(event.target, false));
}

function light(target, on) {
  const named = target.closest('[data-facts]')?.dataset.facts.split(' ') || [];
  for (const one of both.querySelectorAll('[data-facts]')) {
    if (one.dataset.facts.split(' ').some((i) => named.includes(i))) one.classList.toggle('lit', on);
  }
}
