// Which terms does a query ask for, and where do they stand in a text?
//
// The rules of policy_tools/search/analyser.py and stemmer.py, word for word: what Python indexes, this asks for.
// Tests hold the two to the same answers. Files of this folder are joined to one script when a site is built.

const LONGEST_TERM = 40;
const LONGEST_PREFIX = 4;
const SHORTEST_STEM = 3;
const LONGEST_PHRASE = 8;
const NOT_ASCII = /[^\0-\x7f]/;
// Expressions for the letters of all scripts, and those for a text whose letters are these few, which a browser makes
// ready in a tenth of the time: the first answer waits for it.
const ALL_SCRIPTS = { token: /[\p{L}\p{N}]+(?:['’.,\-\u2010][\p{L}\p{N}]+)*/gu, ending: /[\p{L}\p{N}]*$/u, number: /\p{N}/u, marks: /\p{M}/gu };
const ENGLISH = { token: /[a-z0-9]+(?:['’.,\-\u2010][a-z0-9]+)*/g, ending: /[a-z0-9]*$/, number: /[0-9]/, marks: /(?!)/ };
const IS_ENGLISH = /^[\0-\x7f£\u2010-\u2016\u2018-\u203a€]*$/;
const SUM = /^(\d+(?:\.\d+)?)(?:tn|bn|m|k)$/;
const NUMBER = /^\d+(?:\.\d+)?$/;
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
export const UNITS = new Map([
  ['trillion', 'tn'], ['trillions', 'tn'], ['tn', 'tn'],
  ['billion', 'bn'], ['billions', 'bn'], ['bn', 'bn'],
  ['million', 'm'], ['millions', 'm'], ['mn', 'm'],
]);

// Stems ------------------------------------------------------------------------------------------------------

const CONSONANTS = '[^aeiou][^aeiouy]*';
const VOWELS = '[aeiouy][aeiou]*';
const ONE_OR_MORE = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}`);
const EXACTLY_ONE = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}(?:${VOWELS})?$`);
const TWO_OR_MORE = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}${VOWELS}${CONSONANTS}`);
const HAS_VOWEL = new RegExp(`^(?:${CONSONANTS})?[aeiouy]`);
const SHORT = new RegExp(`^${CONSONANTS}[aeiouy][^aeiouwxy]$`);
const DOUBLED = /([^aeiouylsz])\1$/;

const STEP_2 = new Map(Object.entries({
  ational: 'ate', tional: 'tion', enci: 'ence', anci: 'ance', izer: 'ize', bli: 'ble', alli: 'al', entli: 'ent', eli: 'e',
  ousli: 'ous', ization: 'ize', ation: 'ate', ator: 'ate', alism: 'al', iveness: 'ive', fulness: 'ful', ousness: 'ous',
  aliti: 'al', iviti: 'ive', biliti: 'ble', logi: 'log',
}));
const STEP_3 = new Map(Object.entries({ icate: 'ic', ative: '', alize: 'al', iciti: 'ic', ical: 'ic', ful: '', ness: '' }));
const STEP_4 = new Set(
  'al ance ence er ic able ible ant ement ment ent ou ism ate iti ous ive ize'.split(' '),
);

function dropPlural(word) {
  if (/.(?:ss|i)es$/.test(word)) return word.slice(0, -2);
  return /.[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

function mend(word) {
  if (/(?:at|bl|iz)$/.test(word)) return `${word}e`;
  if (DOUBLED.test(word)) return word.slice(0, -1);
  return SHORT.test(word) ? `${word}e` : word;
}

function dropPast(word) {
  if (/.eed$/.test(word)) return ONE_OR_MORE.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const ending = /.(ed|ing)$/.exec(word);
  if (!ending) return word;
  const rest = word.slice(0, -ending[1].length);
  return HAS_VOWEL.test(rest) ? mend(rest) : word;
}

function replaceEnding(word, endings) {
  for (let length = Math.min(7, word.length - 1); length > 2; length -= 1) {
    const replacement = endings.get(word.slice(-length));
    if (replacement !== undefined) {
      const rest = word.slice(0, -length);
      return ONE_OR_MORE.test(rest) ? rest + replacement : word;
    }
  }
  return word;
}

function dropSuffix(word) {
  for (let length = Math.min(5, word.length - 1); length > 1; length -= 1) {
    if (STEP_4.has(word.slice(-length))) {
      const rest = word.slice(0, -length);
      return TWO_OR_MORE.test(rest) ? rest : word;
    }
  }
  if (/.[st]ion$/.test(word)) {
    const rest = word.slice(0, -3);
    return TWO_OR_MORE.test(rest) ? rest : word;
  }
  return word;
}

function dropFinalE(word) {
  if (word.length > 1 && word.endsWith('e')) {
    const rest = word.slice(0, -1);
    if (TWO_OR_MORE.test(rest) || (EXACTLY_ONE.test(rest) && !SHORT.test(rest))) word = rest;
  }
  return word.endsWith('ll') && TWO_OR_MORE.test(word) ? word.slice(0, -1) : word;
}

export function stem(word) {
  if (word.length < 3) return word;
  const startsWithY = word[0] === 'y';
  if (startsWithY) word = `Y${word.slice(1)}`;
  word = dropPast(dropPlural(word));
  if (word.length > 2 && /[^aeiou]y$/.test(word)) word = `${word.slice(0, -1)}i`;
  word = dropFinalE(dropSuffix(replaceEnding(replaceEnding(word, STEP_2), STEP_3)));
  return startsWithY ? `y${word.slice(1)}` : word;
}

// Words ------------------------------------------------------------------------------------------------------

function expressionsFor(text) {
  return IS_ENGLISH.test(text) ? ENGLISH : ALL_SCRIPTS;
}

export function fold(text) {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  const apart = text.normalize('NFKD');
  return apart.replace(expressionsFor(apart).marks, '').toLowerCase();
}

// The runs of letters, digits and the signs between them, folded.
export function splitWords(text) {
  const folded = fold(text);
  return folded.match(expressionsFor(folded).token) ?? [];
}

// The letters and digits with which a text ends, folded.
export function readEnding(text) {
  const folded = fold(text);
  return expressionsFor(folded).ending.exec(folded)[0];
}

function hasNumber(word) {
  return expressionsFor(word).number.test(word);
}

function splitPart(part) {
  part = part.replaceAll('’', "'");
  if (part.endsWith("'s")) part = part.slice(0, -2);
  part = part.replaceAll("'", '');
  if (NUMBER.test(part)) return [part];
  const pieces = part.split('.');
  if (pieces.every((piece) => Array.from(piece).length === 1)) return [pieces.join('')];
  return pieces.filter(Boolean);
}

function split(token) {
  if (!/['’.,]/.test(token)) return [token];
  if (GROUPED.test(token)) return [token.replaceAll(',', '')];
  return token.split(',').flatMap(splitPart);
}

function cutWord(word) {
  return word.length > LONGEST_TERM ? Array.from(word).slice(0, LONGEST_TERM).join('') : word;
}

// The analyser of one index: its word list, its glossary and its languages besides English, as the directory has them.
export class Analyser {
  constructor({ words, phrases, languages }) {
    this.languages = languages;
    this.stop = new Set(words.stop.split(' '));
    this.weak = new Set(words.weak.split(' '));
    this.endings = words.endings;
    this.spellings = new Map(Object.entries(words.spellings));
    this.phrases = new Map(Object.entries(phrases));
    this.read = new Map();
    this.written = new Map();
  }

  // The terms that a query asks for, each once, in its order; a phrase that the glossary knows is one term.
  listAsked(text) {
    return this.listAskedWords(text).flatMap(([term]) => term || []);
  }

  // As `listAsked`, with the words, and with stop words, which another language may ask for: `[term, word]` of each.
  listAskedWords(text) {
    const places = this.find(text);
    const asked = places.flatMap((place) => place.asked || []);
    const listed = new Map();
    const put = (key, value) => listed.has(key) || listed.set(key, value);
    let number = 0;
    let nextFree = 0;
    for (const place of places) {
      if (!place.asked) {
        put(` ${place.word}`, ['', place.word]);
        continue;
      }
      if (number === nextFree) {
        const [length, term] = this.match(asked, number);
        nextFree += length;
        put(term, [term, term === place.asked ? place.word : '']);
      }
      number += 1;
    }
    return [...listed.values()];
  }

  // What a query would ask for at each place of a text, as often as it stands there.
  listSequence(text) {
    return this.find(text).flatMap((place) => place.asked || []);
  }

  // Every term of a run as it is written, in all languages.
  readWritten(written) {
    let found = this.written.get(written);
    if (!found) {
      found = this.find(written).flatMap((place) => [...place.terms, ...this.plain(place.word)]);
      this.written.set(written, found);
    }
    return found;
  }

  find(text) {
    const found = [];
    let before = '';
    for (const token of splitWords(text)) {
      const unit = UNITS.get(token);
      if (unit && NUMBER.test(before)) {
        const asked = before + unit;
        found[found.length - 1] = { asked, terms: [...found.at(-1).terms, ...this.terms(token), asked], word: '' };
      } else {
        found.push(...this.readToken(token));
      }
      before = token;
    }
    return found;
  }

  match(asked, place) {
    for (let length = Math.min(LONGEST_PHRASE, asked.length - place); length > 0; length -= 1) {
      const term = this.phrases.get(asked.slice(place, place + length).join(' '));
      if (term !== undefined) return [length, term];
    }
    return [1, asked[place]];
  }

  // A word as other languages of the index hold it: as it stands, under the language's code.
  plain(word) {
    return word && this.languages.length && !hasNumber(word) ? this.languages.map((language) => `${language}:${word}`) : [];
  }

  // What one run of letters, digits and the signs between them holds: the place of each word, `{ asked, terms, word }`.
  readToken(token) {
    let found = this.read.get(token);
    if (found) return found;
    found = [];
    let before = '';
    for (const piece of token.split(/[-\u2010]/)) {
      const words = split(piece);
      words.forEach((word, index) => {
        const terms = this.terms(word);
        if (index === 0 && before && Array.from(before).length <= LONGEST_PREFIX) terms.push(...this.terms(before + word));
        found.push({ asked: terms[0] ?? '', terms, word: cutWord(word) });
      });
      before = words.at(-1) ?? '';
    }
    this.read.set(token, found);
    return found;
  }

  terms(word) {
    if (this.stop.has(word)) return [];
    word = cutWord(word);
    const sum = SUM.exec(word);
    if (sum) return [word, sum[1]];
    if (hasNumber(word)) return [word];
    return [stem(this.respell(word))];
  }

  respell(word) {
    const spelling = this.spellings.get(word);
    if (spelling) return spelling;
    for (const [ending, other] of this.endings) {
      if (word.endsWith(ending) && word.length >= ending.length + SHORTEST_STEM) {
        return word.slice(0, -ending.length) + other;
      }
    }
    return word;
  }
}
