// Which documents answer a query, in which order?
//
// The rules of policy_tools/search/query.py; both read the same files, which policy_tools/search/shards.py describes.
// Nothing is fetched before it is needed, and nothing twice.

import { Analyser, fold } from './analyser.js';

const MOST_CHARACTERS = 200;
const MOST_TERMS = 12;
const FEW = 5;
export const MOST_SECTIONS = 3;
const SHORTEST_PREFIX = 2;
const SHORTEST_FUZZY = 4;
const MOST_PREFIXES = 8;
const MOST_OF_SHORT = new Map([[2, 3], [3, 4]]); // terms that may stand for a beginning of so many letters
const MOST_FUZZY = 5;
const EXPANDED = 0.5;
const ONE_ENTRY = 0;
const WHOLE_DOCUMENT = 1;
const SOME = 2;

const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

// The value of a file: JSON in gzip, unless the host has undone the gzip already.
async function unpack(response) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return JSON.parse(new TextDecoder().decode(bytes));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

// The last of the sorted beginnings that does not come after the term.
function findShard(beginnings, term) {
  let low = 0;
  let high = beginnings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beginnings[middle] <= term) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

function findRow(rows, term) {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle][0] < term) low = middle + 1;
    else high = middle;
  }
  return rows[low]?.[0] === term ? rows[low] : undefined;
}

export function isOneEdit(one, other) {
  if (Math.abs(one.length - other.length) > 1 || one === other) return false;
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  if (start === Math.min(one.length, other.length)) return true;
  const rest = one.slice(start);
  const otherRest = other.slice(start);
  const swapped = rest.length > 1 ? rest[1] + rest[0] + rest.slice(2) : '';
  return otherRest === swapped || otherRest === rest.slice(1) || rest === otherRest.slice(1)
    || rest.slice(1) === otherRest.slice(1);
}

// An opened index. `root` is the address of the site's root.
export class Engine {
  constructor(root) {
    this.root = root;
    this.loading = new Map();
  }

  async open() {
    const { build } = await (await this.fetch('search/current.json', { cache: 'no-cache' })).json();
    this.folder = `search/index/${build}/`;
    this.build = build;
    this.directory = await this.load('directory');
    this.analyser = new Analyser(this.directory.words, this.directory.phrases);
    this.layOut(this.directory.entries);
    return this;
  }

  // For each entry its document, and room to reckon in.
  layOut(entriesOf) {
    const total = entriesOf.reduce((sum, count) => sum + count, 0);
    this.documentOf = new Int32Array(total);
    this.firstOf = new Int32Array(entriesOf.length);
    let entry = 0;
    entriesOf.forEach((count, document) => {
      this.firstOf[document] = entry;
      this.documentOf.fill(document, entry, entry + count);
      entry += count;
    });
    this.scores = new Float64Array(total);
    this.held = new Uint16Array(total);
  }

  async fetch(address, options) {
    const response = await fetch(new URL(address, this.root), options);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response;
  }

  load(name) {
    return this.once(`${this.folder}${name}.bin`);
  }

  // Title, address, label, kind, summary and sections of a document.
  loadDocument(number) {
    return this.once(`search/text/${number}.bin?${this.build}`);
  }

  once(address) {
    if (!this.loading.has(address)) {
      const loading = this.fetch(address).then(unpack);
      loading.catch(() => this.loading.delete(address));
      this.loading.set(address, loading);
    }
    return this.loading.get(address);
  }

  // The answers, best first: `{ hits: [{ document, tier, score, entries }], groups }`; a group is what one word of
  // the query was taken to mean, `{ asked, terms: [[term, boost]], isGuess, isWeak }`.
  async search(text, { isTyping = false } = {}) {
    const groups = await this.understand(text.slice(0, MOST_CHARACTERS), isTyping);
    if (!groups.some((group) => group.terms.length)) return { hits: [], groups };
    const postings = await Promise.all(groups.map((group) => Promise.all(group.terms.map(([term]) => this.find(term)))));
    return { hits: this.rank(groups, postings), groups };
  }

  async understand(text, isTyping) {
    const asked = this.analyser.listAsked(text).slice(0, MOST_TERMS);
    const last = isTyping ? /[\p{L}\p{N}]*$/u.exec(fold(text))[0] : '';
    const mayBeWeak = asked.length > 1;
    const groups = await Promise.all(asked.map(async (term, place) => {
      const isLast = last && place === asked.length - 1;
      const [row, longer] = await Promise.all([this.find(term), isLast ? this.expandPrefix(last, term) : []]);
      let terms = row ? [[term, 1]] : [];
      terms.push(...longer.map((other) => [other, EXPANDED]));
      const isGuess = !terms.length && term.length >= SHORTEST_FUZZY;
      if (isGuess) terms = (await this.expandFuzzy(term)).map((other) => [other, EXPANDED]);
      return { asked: term, terms, isGuess, isWeak: mayBeWeak && this.analyser.weak.has(term) };
    }));
    if (groups.every((group) => group.isWeak)) groups.forEach((group) => { group.isWeak = false; });
    return groups;
  }

  // The postings of a term: `[field, steps, weights, field, …]`, or undefined.
  async find(term) {
    return findRow(await this.loadShard('t', term), term)?.[1];
  }

  async loadShard(kind, term) {
    const beginnings = this.directory.shards[kind];
    return beginnings.length ? this.load(`${kind}/${findShard(beginnings, term)}`) : [];
  }

  async rowsFrom(kind, beginning) {
    const beginnings = this.directory.shards[kind];
    const found = [];
    for (let number = findShard(beginnings, beginning); number < beginnings.length; number += 1) {
      const rows = await this.load(`${kind}/${number}`);
      found.push(...rows.filter(([term]) => term.startsWith(beginning)));
      const last = rows.at(-1)[0];
      if (!last.startsWith(beginning) && last > beginning) break;
    }
    return found;
  }

  async expandPrefix(typed, term) {
    if (typed.length < SHORTEST_PREFIX) return [];
    const most = MOST_OF_SHORT.get(typed.length) ?? MOST_PREFIXES;
    if (MOST_OF_SHORT.has(typed.length)) {
      const row = findRow(await this.loadShard('p', typed), typed);
      return (row?.[1] ?? []).filter((other) => other !== term).slice(0, most);
    }
    const rows = (await this.rowsFrom('v', typed)).filter((row) => row[0] !== term);
    rows.sort((one, other) => other[1] - one[1] || byText(one[0], other[0]));
    return rows.slice(0, most).map((row) => row[0]);
  }

  async expandFuzzy(term) {
    const half = term.length >> 1;
    const reversed = (word) => Array.from(word).reverse().join('');
    const [forwards, backwards] = await Promise.all([
      this.rowsFrom('v', term.slice(0, half)),
      this.rowsFrom('r', reversed(term.slice(half))),
    ]);
    const counts = new Map([...forwards, ...backwards.map(([other, count]) => [reversed(other), count])]);
    const letters = Array.from(term); // two letters changed over in the middle leave neither half whole
    const middle = letters.length >> 1;
    const swapped = [...letters.slice(0, middle - 1), letters[middle], letters[middle - 1], ...letters.slice(middle + 1)].join('');
    const row = findRow(await this.loadShard('v', swapped), swapped);
    if (row) counts.set(swapped, row[1]);
    const near = [...counts.keys()].filter((other) => isOneEdit(other, term))
      .sort((one, other) => counts.get(other) - counts.get(one) || byText(one, other));
    return near.length ? near.slice(0, MOST_FUZZY) : this.findBeginning(term);
  }

  // The longest known term that a mistyped word begins with: its stem, if its ending is at fault.
  async findBeginning(term) {
    for (let end = term.length - 1; end >= Math.max(SHORTEST_FUZZY, term.length >> 1); end -= 1) {
      if (await this.find(term.slice(0, end))) return [term.slice(0, end)];
    }
    return [];
  }

  rank(groups, postings) {
    const touched = this.reckon(groups, postings);
    const needed = groups.reduce((mask, group, place) => (group.isWeak ? mask : mask | (1 << place)), 0);
    const hits = this.groupHits(touched, needed);
    for (const entry of touched) {
      this.scores[entry] = 0;
      this.held[entry] = 0;
    }
    hits.sort((one, other) => one.tier - other.tier || other.score - one.score || one.document - other.document);
    const full = hits.filter((hit) => hit.tier < SOME);
    return full.length >= FEW ? full : hits;
  }

  // Adds up what each entry scores and which groups it holds; gives the entries that hold any.
  reckon(groups, postings) {
    const { scores, held } = this;
    const touched = [];
    groups.forEach((group, place) => {
      const bit = 1 << place;
      group.terms.forEach(([, boost], number) => {
        const fields = postings[place][number] ?? [];
        for (let part = 0; part < fields.length; part += 3) {
          const steps = fields[part + 1];
          const weights = fields[part + 2];
          for (let index = 0, entry = 0; index < steps.length; index += 1) {
            entry += steps[index];
            if (!held[entry]) touched.push(entry);
            held[entry] |= bit;
            scores[entry] += boost * weights[index];
          }
        }
      });
    });
    return touched;
  }

  groupHits(touched, needed) {
    const { scores, held, documentOf } = this;
    const documents = new Map();
    for (const entry of touched) {
      const document = documentOf[entry];
      const entries = documents.get(document);
      if (entries) entries.push(entry);
      else documents.set(document, [entry]);
    }
    const hits = [];
    for (const [document, entries] of documents) {
      let counted = entries.filter((entry) => (held[entry] & needed) === needed);
      let tier = ONE_ENTRY;
      if (!counted.length) {
        const together = entries.reduce((mask, entry) => mask | held[entry], 0);
        tier = (together & needed) === needed ? WHOLE_DOCUMENT : SOME;
        counted = entries;
      }
      counted.sort((one, other) => scores[other] - scores[one] || one - other);
      hits.push({ document, tier, score: scores[counted[0]], entries: counted.slice(0, MOST_SECTIONS) });
    }
    return hits;
  }
}
