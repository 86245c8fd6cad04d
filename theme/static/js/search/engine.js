// Which documents answer a query, in which order?
//
// The rules of policy_tools/search/query.py; both read the same files, which policy_tools/search/shards.py describes.
// Nothing is fetched before it is needed, and nothing twice.

import { Analyser, readEnding } from './analyser.js';
import { WordFinder } from './places.js';
import { readPostings, readShard, readTerms } from './postings.js';

const MOST_CHARACTERS = 200;
const MOST_TERMS = 12;
const FEW = 5;
export const MOST_SECTIONS = 3;
const SHORTEST_PREFIX = 2;
const SHORTEST_FUZZY = 4;
const MOST_PREFIXES = 8;
const MOST_OF_SHORT = new Map([[2, 3], [3, 4]]); // terms that may stand for a beginning of so many letters
const MOST_FUZZY = 5;
const SHORTEST_PHRASE = 2;
const PIECE = 4; // entries of a document whose texts are in one file
const EXPANDED = 0.5;
const SECOND = 0.3;
const ONE_ENTRY = 0;
const WHOLE_DOCUMENT = 1;
const SOME = 2;

const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

// The value of a file: JSON in gzip, unless the host has undone the gzip already.
async function unpack(buffer) {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return JSON.parse(new TextDecoder().decode(bytes));
  const { writable, readable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  writer.write(bytes).catch(() => {}); // what reads the other end is told too
  writer.close().catch(() => {});
  return new Response(readable).json();
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

export function reversed(word) {
  return Array.from(word).reverse().join('');
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

// A document that answers. Its best entries are looked for when it is shown: thousands never are.
class Hit {
  constructor(document, tier, score, reckoned) {
    this.document = document;
    this.tier = tier;
    this.score = score;
    this.reckoned = reckoned;
  }

  get entries() {
    const { engine, scores, held, needed } = this.reckoned;
    const wanted = this.tier === ONE_ENTRY ? needed : 0;
    const found = [];
    for (let entry = engine.firstOf[this.document]; engine.documentOf[entry] === this.document; entry += 1) {
      if (held[entry] && (held[entry] & wanted) === wanted) found.push(entry);
    }
    return found.sort((one, other) => scores[other] - scores[one] || one - other).slice(0, MOST_SECTIONS);
  }
}

function sortHits(hits) {
  return hits.sort((one, other) => one.tier - other.tier || other.score - one.score || one.document - other.document);
}

// An opened index. `root` is the address of the site's root.
export class Engine {
  constructor(root) {
    this.root = root;
    this.loading = new Map();
    this.postings = new Map();
  }

  // `bytes` are those of the directory, where they have been fetched already.
  async open(bytes, options) {
    this.directory = await unpack(bytes ?? await this.fetch('search/current.bin', options));
    this.folder = `search/index/${this.directory.build}/`;
    this.beginnings = new Map();
    this.analyser = new Analyser(this.directory);
    this.layOut(this.directory.entries);
    return this;
  }

  // The first terms of all shards of a kind, which are read when the first of them is looked for.
  beginningsOf(kind) {
    if (!this.beginnings.has(kind)) this.beginnings.set(kind, readTerms(this.directory.shards[kind]));
    return this.beginnings.get(kind);
  }

  // For each entry its document, and for each document its first entry.
  layOut(entriesOf) {
    const total = entriesOf.reduce((sum, count) => sum + count, 0);
    this.total = total;
    this.documentOf = new Int32Array(total);
    this.firstOf = new Int32Array(entriesOf.length);
    let entry = 0;
    entriesOf.forEach((count, document) => {
      this.firstOf[document] = entry;
      this.documentOf.fill(document, entry, entry + count);
      entry += count;
    });
  }

  async fetch(address, options) {
    const response = await fetch(new URL(address, this.root), options);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.arrayBuffer();
  }

  load(name) {
    return this.once(`${this.folder}${name}.bin`);
  }

  // What is shown of a document, and the texts of some of its entries: of that entry, counted within it, and its next.
  async loadPiece(document, entry) {
    const number = Math.floor(entry / PIECE);
    const [title, address, label, kind, outline, texts] = await this.once(
      `search/text/${document}-${number}.bin?${this.directory.texts}`,
    );
    return { title, address, label, kind, outline: [['', ''], ...outline], texts, first: number * PIECE };
  }

  // The bytes of a file that never changes under its address: what the browser has kept is good, and no host is asked.
  // Only what was no file when it was kept is asked for again.
  fetchKept(address) {
    return this.fetch(address, { cache: 'force-cache' }).catch(() => this.fetch(address, { cache: 'reload' }));
  }

  // The value of such a file, fetched and read once.
  once(address, read = unpack) {
    if (!this.loading.has(address)) {
      const loading = this.fetchKept(address).then(read);
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
    const { languages } = this.directory;
    const asked = this.analyser.listAskedWords(text).filter(([term]) => term || languages.length).slice(0, MOST_TERMS);
    const last = isTyping ? readEnding(text) : '';
    const mayBeWeak = asked.length > 1;
    const found = await Promise.all(asked.map(async ([term, word], place) => {
      const typed = place === asked.length - 1 ? last : '';
      const [row, longer, others] = await Promise.all([
        term && this.find(term),
        term && typed ? this.expandPrefix(typed, term) : [],
        word && languages.length ? this.findPlain(word, typed, !term) : [],
      ]);
      let terms = row ? [[term, 1]] : [];
      terms.push(...longer.map((other) => [other, EXPANDED]), ...others);
      const isGuess = !terms.length && term.length >= SHORTEST_FUZZY;
      if (isGuess) {
        let near = await this.expandFuzzy(term);
        if (!near.length) near = (await Promise.all(this.analyser.plain(word).map((plain) => this.expandFuzzy(plain)))).flat();
        terms = near.map((other) => [other, EXPANDED]);
      }
      return { asked: term || word, terms, isGuess, isStop: !term, isWeak: !term || (mayBeWeak && this.analyser.weak.has(term)) };
    }));
    const groups = found.filter((group) => !group.isStop || group.terms.length);
    if (groups.every((group) => group.isWeak)) groups.forEach((group) => { group.isWeak = false; });
    return groups;
  }

  // A word of another language, and what begins with it: endings are not known there.
  async findPlain(word, typed, isStop) {
    const found = await Promise.all(this.analyser.plain(word).map(async (term) => {
      const code = term.slice(0, term.indexOf(':') + 1);
      const wantsLonger = !isStop && (typed || Array.from(word).length >= SHORTEST_FUZZY);
      const [row, longer] = await Promise.all([this.find(term), wantsLonger ? this.expandPrefix(typed || word, term, code) : []]);
      return [...(row ? [[term, 1]] : []), ...longer.map((other) => [other, EXPANDED])];
    }));
    return found.flat();
  }

  // Of the first few, those come first that have the words as they stand in the query, one by one. `finder` looks for
  // the words of the answer, which are those of the query but where a phrase of the glossary is among them.
  async putPhrasesFirst(hits, text, finder) {
    const phrase = this.analyser.listSequence(text.slice(0, MOST_CHARACTERS)).slice(0, MOST_TERMS);
    if (phrase.length < SHORTEST_PHRASE) return hits;
    const looking = phrase.every((term) => finder.terms.has(term)) ? finder : new WordFinder(this.analyser, new Set(phrase));
    const first = await Promise.all(hits.slice(0, FEW).map(async (hit) => [await this.hasPhrase(hit, phrase, looking), hit]));
    first.sort(([has, one], [otherHas, other]) => one.tier - other.tier || otherHas - has);
    return [...first.map(([, hit]) => hit), ...hits.slice(FEW)];
  }

  async hasPhrase(hit, phrase, finder) {
    const entry = hit.entries[0] - this.firstOf[hit.document];
    const { title, outline, texts, first } = await this.loadPiece(hit.document, entry);
    return [title, outline[entry][1], texts[entry - first]].some((text) => finder.holds(text, phrase));
  }

  // The postings of a term: `[{ field, entries, weights }, …]`, or undefined.
  async find(term) {
    const beginnings = this.beginningsOf('t');
    if (!beginnings.length) return undefined;
    const address = `${this.folder}t/${findShard(beginnings, term)}.bin`;
    const shard = await this.once(address, readShard);
    if (shard.has(term) && !this.postings.has(term)) {
      this.postings.set(term, readPostings(shard.get(term), this.total, this.directory));
    }
    return this.postings.get(term);
  }

  async loadShard(kind, term) {
    const beginnings = this.beginningsOf(kind);
    return beginnings.length ? this.load(`${kind}/${findShard(beginnings, term)}`) : [];
  }

  async rowsFrom(kind, beginning) {
    const beginnings = this.beginningsOf(kind);
    const found = [];
    for (let number = findShard(beginnings, beginning); number < beginnings.length; number += 1) {
      const rows = await this.load(`${kind}/${number}`);
      found.push(...rows.filter(([term]) => term.startsWith(beginning)));
      const last = rows.at(-1)[0];
      if (!last.startsWith(beginning) && last > beginning) break;
    }
    return found;
  }

  // The commonest terms of a language that begin as what was typed; not the term itself.
  async expandPrefix(typed, term, code = '') {
    const { length } = Array.from(typed);
    if (length < SHORTEST_PREFIX) return [];
    const most = MOST_OF_SHORT.get(length) ?? MOST_PREFIXES;
    const beginning = code + typed;
    if (MOST_OF_SHORT.has(length)) {
      const row = findRow(await this.loadShard('p', beginning), beginning);
      return (row?.[1] ?? []).filter((other) => other !== term).slice(0, most);
    }
    const rows = (await this.rowsFrom('v', beginning)).filter((row) => row[0] !== term);
    rows.sort((one, other) => other[1] - one[1] || byText(one[0], other[0]));
    return rows.slice(0, most).map((row) => row[0]);
  }

  async expandFuzzy(term) {
    const counts = await this.findNear(term);
    const near = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one) || byText(one, other));
    return near.length ? near.slice(0, MOST_FUZZY) : this.findBeginning(term);
  }

  // The known terms one edit away, with their counts: an edit leaves the first or the second half of a word whole.
  async findNear(term) {
    const half = term.length >> 1;
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
    return new Map([...counts].filter(([other]) => isOneEdit(other, term)));
  }

  // The longest known term that a mistyped word begins with: its stem, if its ending is at fault.
  async findBeginning(term) {
    for (let end = term.length - 1; end >= Math.max(SHORTEST_FUZZY, term.length >> 1); end -= 1) {
      if (await this.find(term.slice(0, end))) return [term.slice(0, end)];
    }
    return [];
  }

  rank(groups, postings) {
    const { scores, held } = this.reckon(groups, postings);
    const needed = groups.reduce((mask, group, place) => (group.isWeak ? mask : mask | (1 << place)), 0);
    const hits = this.gradeDocuments(scores, held, needed);
    const full = hits.filter((hit) => hit.tier < SOME);
    return sortHits(full.length >= FEW ? full : hits);
  }

  // Adds up what each entry scores, and which groups it holds, by their bits.
  reckon(groups, postings) {
    const scores = new Float64Array(this.total);
    const held = new Uint16Array(this.total);
    groups.forEach((group, place) => {
      const bit = 1 << place;
      group.terms.forEach(([, boost], number) => {
        for (const { entries, weights } of postings[place][number] ?? []) {
          for (let index = 0; index < entries.length; index += 1) {
            const entry = entries[index];
            held[entry] |= bit;
            scores[entry] += boost * weights[index];
          }
        }
      });
    });
    return { scores, held };
  }

  // Every document that holds any of the groups. An entry with all that are needed outweighs those without; the next
  // best adds something of its score.
  gradeDocuments(scores, held, needed) {
    const { firstOf, total } = this;
    const reckoned = { engine: this, scores, held, needed };
    const hits = [];
    for (let document = 0, entry = 0; document < firstOf.length; document += 1) {
      const end = document + 1 < firstOf.length ? firstOf[document + 1] : total;
      let together = 0;
      let best = 0;
      let next = 0;
      let bestWhole = 0;
      for (; entry < end; entry += 1) {
        const mask = held[entry];
        if (mask) {
          const score = scores[entry];
          together |= mask;
          if (score > best) {
            next = best;
            best = score;
          } else if (score > next) next = score;
          if (score > bestWhole && (mask & needed) === needed) bestWhole = score;
        }
      }
      if (bestWhole) {
        const other = bestWhole === best ? next : best;
        hits.push(new Hit(document, ONE_ENTRY, bestWhole + SECOND * other, reckoned));
      } else if (together) {
        const tier = (together & needed) === needed ? WHOLE_DOCUMENT : SOME;
        hits.push(new Hit(document, tier, best + SECOND * next, reckoned));
      }
    }
    return hits;
  }
}
