// lunr's language of queries: `title:bank`, `+tax -haven`, `invest*`, `bnak~1`, `wealth^3`.
//
// lunr.js itself parses the query and answers it, from an index of those terms alone that the query can touch. It is
// fetched when a query first uses its signs.

import { fold } from './analyser.js';
import { MOST_SECTIONS, reversed } from './engine.js';

const MOST_EXPANDED = 400;

// A term with stars as a regular expression over terms.
function matcher(term) {
  const parts = term.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u');
}

async function expandStars(engine, term) {
  const beginning = term.slice(0, term.indexOf('*'));
  const ending = term.slice(term.lastIndexOf('*') + 1);
  if (!beginning && !ending) return [];
  const rows = beginning
    ? await engine.rowsFrom('v', beginning)
    : (await engine.rowsFrom('r', reversed(ending))).map(([word, count]) => [reversed(word), count]);
  const pattern = matcher(term);
  const found = rows.filter(([word]) => pattern.test(word));
  found.sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  return found.slice(0, MOST_EXPANDED).map(([word]) => word);
}

async function expandEdits(engine, term) {
  const [row, near] = await Promise.all([engine.find(term), engine.findNear(term)]);
  return row ? [term, ...near.keys()] : [...near.keys()];
}

// The terms of a clause, each as the first language has it that knows it.
function listKnown(engine, text) {
  return Promise.all(engine.analyser.listAskedWords(text).filter(([term]) => term).map(async ([term, word]) => {
    for (const form of [term, ...engine.analyser.plain(word)]) if (await engine.find(form)) return form;
    return term;
  }));
}

// The clauses that lunr's parser finds, each with the terms of the index that it can touch.
async function understand(engine, lunr, text) {
  const { fields } = engine.directory;
  const parsed = new lunr.Query(fields);
  new lunr.QueryParser(text, parsed).parse();
  const clauses = [];
  for (const clause of parsed.clauses) {
    const hasStars = clause.term.includes('*');
    const words = hasStars ? [fold(clause.term)] : await listKnown(engine, clause.term);
    for (const term of words) {
      const edits = clause.editDistance ? 1 : 0;
      let terms = [term];
      if (hasStars) terms = await expandStars(engine, term);
      else if (edits) terms = await expandEdits(engine, term);
      clauses.push({ clause, term, edits, terms });
    }
  }
  return clauses;
}

// An index of lunr's own that holds these terms and nothing else.
async function loadPart(engine, lunr, terms) {
  const { fields } = engine.directory;
  const inverted = [];
  const vectors = new Map();
  const sorted = [...terms].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const postings = await Promise.all(sorted.map((term) => engine.find(term)));
  sorted.forEach((term, index) => {
    const posting = { _index: index };
    for (const field of fields) posting[field] = {};
    for (const { field: number, entries, weights } of postings[index] ?? []) {
      const field = fields[number];
      entries.forEach((entry, place) => {
        posting[field][entry] = {};
        const name = `${field}/${entry}`;
        if (!vectors.has(name)) vectors.set(name, []);
        vectors.get(name).push(index, weights[place] / 1000);
      });
    }
    inverted.push([term, posting]);
  });
  return lunr.Index.load({
    version: lunr.version, fields, fieldVectors: [...vectors], invertedIndex: inverted, pipeline: [],
  });
}

function addClauses(query, clauses) {
  for (const { clause, term, edits } of clauses) {
    query.term(term, {
      fields: clause.fields,
      boost: clause.boost,
      presence: clause.presence,
      usePipeline: false,
      ...(edits ? { editDistance: edits } : {}), // with any distance, even none, lunr takes stars for letters
    });
  }
}

// The answers of lunr, entry by entry and best first: `[{ ref, score }]`.
export async function askLunr(engine, lunr, text) {
  const clauses = await understand(engine, lunr, text);
  const terms = new Set(clauses.flatMap((clause) => clause.terms));
  if (!terms.size) return { clauses, found: [] };
  const index = await loadPart(engine, lunr, terms);
  return { clauses, found: index.query((query) => addClauses(query, clauses)) };
}

// As `Engine.search`; nothing for a query that lunr cannot read.
export async function searchLunr(engine, lunr, text) {
  let answer;
  try {
    answer = await askLunr(engine, lunr, text);
  } catch (error) {
    if (!(error instanceof lunr.QueryParseError)) throw error;
    return undefined;
  }
  const documents = new Map();
  for (const { ref, score } of answer.found) {
    const document = engine.documentOf[ref];
    const hit = documents.get(document) ?? { document, tier: 0, score, entries: [] };
    if (hit.entries.length < MOST_SECTIONS) hit.entries.push(Number(ref));
    documents.set(document, hit);
  }
  const groups = answer.clauses.filter(({ clause }) => clause.presence !== lunr.Query.presence.PROHIBITED)
    .map(({ term, terms }) => ({ asked: term, terms: terms.map((other) => [other, 1]), isGuess: false, isWeak: false }));
  groups.isSigned = true;
  return { hits: [...documents.values()], groups };
}

self.searchLunr = searchLunr;
