// Which words of a section show best why it was found?

const BEFORE = 70;
const LENGTH = 230;

// The text from `start` to `end` in pieces: `[words, isFound]`.
function cut(text, start, end, places) {
  const pieces = [];
  let at = start;
  for (const [from, to] of places) {
    if (from < at || to > end) continue;
    if (from > at) pieces.push([text.slice(at, from), false]);
    pieces.push([text.slice(from, to), true]);
    at = to;
  }
  if (at < end) pieces.push([text.slice(at, end), false]);
  return pieces;
}

// The place from which on most different terms stand close together.
function findBest(places) {
  let best = 0;
  let most = 0;
  for (let first = 0; first < places.length; first += 1) {
    const terms = new Set();
    for (let last = first; last < places.length && places[last][1] - places[first][0] <= LENGTH - BEFORE; last += 1) {
      terms.add(places[last][2]);
    }
    if (terms.size > most) [best, most] = [first, terms.size];
  }
  return best;
}

// Where the excerpt begins: at a sentence if one begins near, else at a word.
function findStart(text, place) {
  const earliest = Math.max(0, place - BEFORE);
  if (earliest === 0) return 0;
  const before = text.slice(earliest, place);
  const sentence = Math.max(before.lastIndexOf('. '), before.lastIndexOf('? '), before.lastIndexOf('! '));
  if (sentence >= 0) return earliest + sentence + 2;
  return earliest + before.indexOf(' ') + 1;
}

// A piece of the text around the words that `finder` looks for, as pieces `[words, isFound]`; its beginning when none of
// them stands in it.
export function makeExcerpt(text, finder) {
  const places = finder.find(text);
  const start = places.length ? findStart(text, places[findBest(places)][0]) : 0;
  let end = Math.min(text.length, start + LENGTH);
  if (end < text.length) {
    const space = text.lastIndexOf(' ', end);
    if (space > start) end = space;
  }
  const pieces = cut(text, start, end, places);
  if (start > 0) pieces.unshift(['… ', false]);
  if (end < text.length) pieces.push([' …', false]);
  return pieces;
}

// The whole text, with those words marked.
export function markWords(text, finder) {
  return cut(text, 0, text.length, finder.find(text));
}
