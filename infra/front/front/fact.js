// Says in a few English words what a fact states: understood is the fact, detail what goes with it. Nothing is added: what is not
// stated is left out, and a count in words stays in words.
const names = new Intl.DisplayNames('en', {type: 'region', fallback: 'code'});
const number = (n) => n.toLocaleString('en');
const words = (name) => name.replaceAll('_', ' ');

// place is the name of a country, or an organisation's code.
const place = (code) => (/^[A-Z]{2}$/.test(code) ? names.of(code) : code);

const counts = {
  exact: ({min}) => number(min),
  about: ({min}) => 'about ' + number(min),
  at_least: ({min}) => 'at least ' + number(min),
  at_most: ({max}) => 'at most ' + number(max),
  range: ({min, max}) => `${number(min)} to ${number(max)}`,
  vague: ({text}) => text,
};

const stances = {asserts: 'according to', confirms: 'confirmed by', denies: 'denied by', disputes: 'disputed by'};

// day writes a date of EDTF: a day, a month, a year, or an interval, either end of which may be open.
function day(edtf) {
  const [from, to] = edtf.split('/');
  if (to === undefined) return point(from);
  if (from === '..') return 'until ' + point(to);
  if (to === '..') return 'from ' + point(from);
  return `${point(from)} to ${point(to)}`;
}

function point(date) {
  const [, year, month, dayOf] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(date) || [];
  if (!month) return date;
  const style = {year: 'numeric', month: 'long', day: dayOf && 'numeric', timeZone: 'UTC'};
  return new Date(Date.UTC(year, month - 1, dayOf || 1)).toLocaleDateString('en-GB', style);
}

export function understood(fact) {
  switch (fact.kind) {
    case 'casualty': return `${fact.effect}: ${counts[fact.count.modifier](fact.count)}`;
    case 'date': return fact.date ? day(fact.date) : `“${fact.expression}”, of no known day`;
    default: return `${place(fact.donor)}: ${fact.types.map(words).join(', ')}, ${fact.status}`;
  }
}

export function detail(fact) {
  const said = [];
  const add = (value, write = (v) => v) => value && said.push(write(value));
  if (fact.kind === 'casualty') {
    add(fact.victims);
    add(fact.event);
    add(fact.place, place);
    add(fact.date, day);
    add(fact.scope, words);
  } else if (fact.kind === 'date') {
    add(fact.event);
    add(fact.expression, (v) => `“${v}”`);
    add(fact.participants.map(place).join(', '));
  } else {
    add(fact.quantity, (q) => `${number(q.value)} ${q.unit}`);
    add(fact.amount, (a) => `${number(a.value)} ${a.currency}`);
    add(fact.recipient, (v) => 'for ' + place(v));
    add(fact.place, (v) => 'in ' + place(v));
    add(fact.condition);
  }
  add(fact.attribution, ({speaker, stance}) => `${stances[stance]} ${speaker}`);
  return said;
}
