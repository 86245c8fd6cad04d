// Answers in a thread of its own, so that the page never waits. It is told first where things are, `{ root, lunr,
// directory }`, the last being the bytes of the index's directory where the page has fetched them. A question is
// `{ id, text, isTyping, chosen, count, wantsFacets }`, an answer `{ id, results, total, words, suggestion }`, followed by
// `{ id, facets }` where they are wanted.

import { Engine, isOneEdit } from './engine.js';
import { makeExcerpt, markWords } from './excerpt.js';
import { countFacets, filterHits } from './facets.js';
import { WordFinder } from './places.js';

// lunr's signs: `title:bank`, `+tax -haven`, `invest*`, `bnak~1`, `wealth^3`. The first expression is quick to make.
const SIGN = /[:+\-*~^]/;
const SIGNS = /(?:^|\s)[+-][\p{L}\p{N}]|[\p{L}\p{N}](?:\*|~\d|\^\d)|(?:^|\s)\*[\p{L}\p{N}]/u;
const FIELDED = /(?:^|\s)[+-]?(?:title|summary|headings|keywords|authors|references|body):\S/;

let site;
let opening;
let latest;

function open(directory, options) {
  opening ??= new Engine(site.root).open(directory, options);
  opening.catch(() => { opening = undefined; });
  return opening;
}

// Brings lunr.js and what speaks with it, when its signs are first used; without lunr.js they are read as plain words.
function loadLunr() {
  if (self.searchLunr || !site.lunr.length) return self.searchLunr;
  const policy = self.trustedTypes?.createPolicy('policy-search', { createScriptURL: (url) => url });
  importScripts(...site.lunr.map((address) => (policy ? policy.createScriptURL(address) : address)));
  return self.searchLunr;
}

async function find(engine, text, isTyping) {
  const isSigned = SIGN.test(text) && (SIGNS.test(text) || FIELDED.test(text));
  const searchLunr = isSigned ? loadLunr() : undefined;
  return (await searchLunr?.(engine, self.lunr, text)) ?? engine.search(text, { isTyping });
}

// One document with the sections that answer best: the first with an excerpt, the others by their headings.
async function describe(engine, hit, finder) {
  const start = engine.firstOf[hit.document];
  const entries = hit.entries.map((entry) => entry - start);
  const { title, address, label, kind, outline, texts, first } = await engine.loadPiece(hit.document, entries[0]);
  const mark = (words) => markWords(words, finder);
  const at = (entry) => (outline[entry][0] ? `${address}#${outline[entry][0]}` : address);
  const others = entries.slice(1).filter((entry) => outline[entry][0] && at(entry) !== at(entries[0]));
  return {
    title: mark(title),
    plainTitle: title,
    address,
    label,
    kind,
    sections: [
      {
        address: at(entries[0]),
        heading: mark(outline[entries[0]][1]),
        excerpt: makeExcerpt(texts[entries[0] - first] || texts.find(Boolean) || '', finder),
      },
      ...others.map((entry) => ({ address: at(entry), heading: mark(outline[entry][1]), excerpt: [] })),
    ],
  };
}

// Of several words that one stem stands for, the one that was most likely meant.
function findNearest(words, typed) {
  const shared = (word) => {
    let length = 0;
    while (length < typed.length && word[length] === typed[length]) length += 1;
    return length;
  };
  return words.find((word) => isOneEdit(word, typed))
    ?? words.reduce((best, word) => (shared(word) > shared(best) ? word : best));
}

// The query with each word that was guessed at replaced by the word it was taken for, as the best answer writes it.
async function suggest(engine, text, groups, hits) {
  const guesses = groups.filter((group) => group.isGuess && group.terms.length);
  if (!guesses.length || !hits.length) return '';
  const [{ document, entries }] = hits;
  const { title, outline, texts } = await engine.loadPiece(document, entries[0] - engine.firstOf[document]);
  const words = [...texts, title, ...outline.map(([, heading]) => heading)].join(' ');
  let suggestion = text;
  for (const { asked, terms } of guesses) {
    const [typed] = new WordFinder(engine.analyser, new Set([asked])).find(suggestion);
    const places = new WordFinder(engine.analyser, new Set(terms.map(([term]) => term))).find(words);
    if (!typed || !places.length) continue;
    const written = places.map(([from, to]) => words.slice(from, to).toLowerCase());
    const meant = findNearest(written, suggestion.slice(typed[0], typed[1]).toLowerCase());
    suggestion = suggestion.slice(0, typed[0]) + meant + suggestion.slice(typed[1]);
  }
  return suggestion === text ? '' : suggestion;
}

async function answer({ id, text, isTyping, count, wantsFacets, chosen }) {
  latest = id;
  const wanted = new Map(chosen.map(([name, values]) => [name, new Set(values)]));
  const engine = await open();
  const { hits, groups } = await find(engine, text, isTyping);
  if (isTyping && id !== latest) return;
  const isFiltered = [...wanted.values()].some((values) => values.size);
  const left = isFiltered ? filterHits(hits, await engine.load('facets'), wanted) : hits;
  const finder = new WordFinder(engine.analyser, new Set(groups.flatMap((group) => group.terms.map(([term]) => term))));
  const kept = groups.isSigned ? left : await engine.putPhrasesFirst(left, text, finder);
  const [results, suggestion] = await Promise.all([
    Promise.all(kept.slice(0, count).map((hit) => describe(engine, hit, finder))),
    suggest(engine, text, groups, kept),
  ]);
  postMessage({ id, results, total: kept.length, words: groups.map((group) => group.asked), suggestion });
  if (wantsFacets) postMessage({ id, facets: countFacets(hits, await engine.load('facets'), wanted) });
}

// A directory that the browser had kept may name files that a newer index has replaced: it is fetched anew, once.
async function answerAnew(question, error) {
  const known = await opening;
  opening = undefined;
  const engine = await open(undefined, { cache: 'reload' });
  if (engine.directory.build === known?.directory.build) throw error;
  await answer(question);
}

onmessage = async ({ data }) => {
  try {
    if (data.root) {
      site = data;
      await open(data.directory);
    } else {
      await answer(data).catch((error) => answerAnew(data, error));
    }
  } catch (error) {
    if (data.id) postMessage({ id: data.id, error: String(error) });
  }
};
