// Answers in a thread of its own, so that the page never waits. A question is `{ id, text, isTyping, chosen, count }`, an
// answer `{ id, results, total, words, suggestion }`, followed by `{ id, facets }` where `wantsFacets` asked for them.

import { Engine } from './engine.js';
import { makeExcerpt, markWords } from './excerpt.js';
import { countFacets, filterHits } from './facets.js';
import { isLunrQuery, searchLunr } from './lunr_query.js';

let opening;

function open({ root, lunr }) {
  opening ??= new Engine(root).open().then((engine) => Object.assign(engine, { lunr }));
  opening.catch(() => { opening = undefined; });
  return opening;
}

// One document with the sections that answer best.
async function describe(engine, hit, terms) {
  const [title, address, label, kind, summary, sections] = await engine.loadDocument(hit.document);
  const first = engine.firstOf[hit.document];
  const shown = hit.entries.map((entry) => sections[entry - first - 1] ?? ['', '', summary]);
  const best = shown.find(([anchor]) => anchor) ? shown.filter(([anchor, , text]) => anchor || text === summary) : shown;
  return {
    title: markWords(title, terms, engine.analyser),
    plainTitle: title,
    address,
    label,
    kind,
    sections: best.map(([anchor, heading, text]) => ({
      address: anchor ? `${address}#${anchor}` : address,
      heading: markWords(heading, terms, engine.analyser),
      excerpt: makeExcerpt(text || summary || title, terms, engine.analyser),
    })),
  };
}

// The query with each word that was guessed at replaced by the word it was taken for, as the best answer writes it.
async function suggest(engine, text, groups, hits) {
  const guesses = groups.filter((group) => group.isGuess && group.terms.length);
  if (!guesses.length || !hits.length) return '';
  const [title, , , , summary, sections] = await engine.loadDocument(hits[0].document);
  const words = [title, summary, ...sections.flatMap((section) => [section[1], section[2]])].join(' ');
  let suggestion = text;
  for (const { asked, terms } of guesses) {
    const [meant] = engine.analyser.listPlaces(words, new Set(terms.map(([term]) => term)));
    const [typed] = engine.analyser.listPlaces(suggestion, new Set([asked]));
    if (meant && typed) {
      suggestion = suggestion.slice(0, typed[0]) + words.slice(meant[0], meant[1]).toLowerCase() + suggestion.slice(typed[1]);
    }
  }
  return suggestion === text ? '' : suggestion;
}

async function answer(question) {
  const { id, text, isTyping, count, wantsFacets } = question;
  const chosen = new Map(question.chosen.map(([name, values]) => [name, new Set(values)]));
  const engine = await open(question);
  const { hits, groups } = isLunrQuery(text) ? await searchLunr(engine, text) : await engine.search(text, { isTyping });
  const isFiltered = [...chosen.values()].some((values) => values.size);
  const kept = isFiltered ? filterHits(hits, await engine.load('facets'), chosen) : hits;
  const terms = new Set(groups.flatMap((group) => group.terms.map(([term]) => term)));
  const [results, suggestion] = await Promise.all([
    Promise.all(kept.slice(0, count).map((hit) => describe(engine, hit, terms))),
    suggest(engine, text, groups, kept),
  ]);
  postMessage({ id, results, total: kept.length, words: groups.map((group) => group.asked), suggestion });
  if (wantsFacets) postMessage({ id, facets: countFacets(hits, await engine.load('facets'), chosen) });
}

onmessage = async ({ data }) => {
  try {
    if (data.text === undefined) await open(data);
    else await answer(data);
  } catch (error) {
    postMessage({ id: data.id, error: String(error) });
  }
};
