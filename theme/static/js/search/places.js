// Where in a text do the words stand that a query was taken to ask for?
//
// One expression passes over the words that can be none of them: reading each word would take a browser many times as
// long, and answers wait for it.

import { UNITS, splitWords } from './analyser.js';

const JOINERS = "'’.,\\-\\u2010\\u2011"; // what may stand within a word
const ANY_LETTERS = '\\p{L}\\p{N}\\p{M}';
// The same letters, digits and marks where a text has no others: an expression of these is made in a tenth of the time.
const LATIN_LETTERS = 'A-Za-z0-9\\xaa\\xb2\\xb3\\xb5\\xb9\\xba\\xbc-\\xbe\\xc0-\\xd6\\xd8-\\xf6\\xf8-\\u02c1';
const IS_LATIN = /^[\0-\u02c1\u2000-\u206f\u20a0-\u20bf]*$/;
const PLAIN = /^[a-z0-9]+$/;
const BEGINNING = 2;
const HAS_NUMBER = /^\d/;
const UNIT = /^\s+([a-z]+)/i; // what follows a number
const LONGEST_UNIT = 12;

// What finds the words of a text in these letters, but for runs of plain letters with another beginning.
function makeExpression(letters, beginnings, flags) {
  const starts = `(?<![${letters}]|[${letters}][${JOINERS}])`;
  const other = `(?!${beginnings})[A-Za-z0-9]+(?![${JOINERS}]?[${letters}])`;
  return new RegExp(`${starts}(?!${other})[${letters}]+(?:[${JOINERS}][${letters}]+)*`, flags);
}

// Whether the words of a phrase stand one after the other.
function hasRun(words, phrase) {
  return words.some((word, place) => word === phrase[0] && phrase.every((other, step) => words[place + step] === other));
}

export class WordFinder {
  // `terms` is a set of what the words were taken to mean.
  constructor(analyser, terms) {
    this.analyser = analyser;
    this.terms = terms;
    this.found = new Map();
  }

  // The first two letters of every word of plain letters that one of the terms is made of, as an expression: nothing but
  // spelling changes those, and a term of one letter has kept the first.
  get beginnings() {
    const begin = (term) => term.slice(term.indexOf(':') + 1).slice(0, BEGINNING);
    const found = new Set(Array.from(this.terms, begin));
    for (const [word, spelling] of this.analyser.spellings) if (found.has(begin(spelling))) found.add(begin(word));
    const plain = [...found].filter((beginning) => PLAIN.test(beginning));
    const inAnyCase = (letter) => (letter > '9' ? `[${letter}${letter.toUpperCase()}]` : letter);
    return plain.map((beginning) => Array.from(beginning, inAnyCase).join('')).join('|') || '(?!)';
  }

  // Where the words stand: `[start, end, term]` of each.
  find(text) {
    if (!this.found.has(text)) this.found.set(text, [...this.look(text)]);
    return this.found.get(text);
  }

  * look(text) {
    const isLatin = IS_LATIN.test(text);
    if (isLatin) this.latin ??= makeExpression(LATIN_LETTERS, this.beginnings, 'g');
    else this.any ??= makeExpression(ANY_LETTERS, this.beginnings, 'gu');
    for (const { 0: written, index } of text.matchAll(isLatin ? this.latin : this.any)) {
      const end = index + written.length;
      const term = this.analyser.readWritten(written).find((one) => this.terms.has(one));
      const place = term === undefined ? this.readSum(written, text.slice(end, end + LONGEST_UNIT)) : [written, term];
      if (place) yield [index, index + place[0].length, place[1]];
    }
  }

  // A sum that the terms hold, where one is written as a number and the word that follows: `[20 billion, 20bn]`.
  readSum(number, after) {
    const [unit, word] = HAS_NUMBER.test(number) ? UNIT.exec(after) ?? [] : [];
    const sum = number + UNITS.get(word?.toLowerCase());
    return this.terms.has(sum) ? [number + unit, sum] : undefined;
  }

  // Whether words that the terms are made of stand in a text as in a phrase, with nothing but stop words between. What a
  // number is asked for depends on the word that follows it, and whether "billion" is a word of its own on what stands
  // before: for a phrase with one of these, the text is read whole.
  holds(text, phrase) {
    if (phrase.some((term) => HAS_NUMBER.test(term) || UNITS.has(term))) return hasRun(this.analyser.listSequence(text), phrase);
    const words = [];
    let last = 0;
    for (const [start, end] of this.find(text)) {
      if (!this.isSilent(text.slice(last, start))) words.push('');
      words.push(...this.analyser.listSequence(text.slice(start, end)));
      last = end;
    }
    return hasRun(words, phrase);
  }

  // Whether nothing but stop words stands in a text.
  isSilent(text) {
    return splitWords(text).every((token) => this.analyser.readToken(token).every((place) => !place.asked));
  }
}
