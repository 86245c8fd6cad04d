// Which terms does a query ask for, and where do they stand in a text?
//
// The rules of policy_tools/search/analyser.py and stemmer.py, word for word: what Python indexes, this asks for.
// Tests hold the two to the same answers. Files of this folder are joined to one script when a site is built.

const LONGEST_TERM = 40;
const LONGEST_PREFIX = 4;
const SHORTEST_STEM = 3;
const LONGEST_PHRASE = 8;
const TOKEN = /[\p{L}\p{N}]+(?:['’.,\-\u2010][\p{L}\p{N}]+)*/gu;
const PLACED_TOKEN = /[\p{L}\p{N}\p{M}]+(?:['’.,\-\u2010\u2011][\p{L}\p{N}\p{M}]+)*/gu;
const PLAIN = /^[a-z]+$/;
const NOTHING = { asked: '', terms: [], word: '' };
const OTHER = { asked: ' ', terms: [], word: '' };
const NOT_ASCII = /[^\0-\x7f]/;
const SUM = /^(\d+(?:\.\d+)?)(?:tn|bn|m|k)$/;
const NUMBER = /^\d+(?:\.\d+)?$/;
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const UNITS = new Map([
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

export function fold(text) {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
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

  // What a query would ask for at each place of a text, as often as it stands there. Where only `terms` matter, a word
  // that can be none of them is not read: `OTHER` stands in its place.
  listSequence(text, terms) {
    return this.find(text, terms && this.listLetters(terms)).flatMap((place) => place.asked || []);
  }

  // The letters with which a word begins that one of the terms is made of: nothing but spelling changes a first letter.
  listLetters(terms) {
    return new Set([...terms, ...this.spellings.keys()].map((term) => term.slice(term.indexOf(':') + 1)[0]));
  }

  // Whether a run can hold such a word: one of plain letters has the first of them.
  canBe(token, letters) {
    return letters.has(token[0]) || !PLAIN.test(token);
  }

  // Where in a text words stand that one of the terms was made of: `[start, end, term]` of each.
  listPlaces(text, terms) {
    const places = [];
    const letters = this.listLetters(terms);
    for (const match of text.matchAll(PLACED_TOKEN)) {
      if (!this.canBe(match[0].toLowerCase(), letters)) continue;
      const found = this.readWritten(match[0]).find((term) => terms.has(term));
      if (found !== undefined) places.push([match.index, match.index + match[0].length, found]);
    }
    return places;
  }

  // Every term of a run as it is written, in all languages.
  readWritten(written) {
    let found = this.written.get(written);
    if (!found) {
      found = this.readToken(fold(written)).flatMap((place) => [...place.terms, ...this.plain(place.word)]);
      this.written.set(written, found);
    }
    return found;
  }

  find(text, letters) {
    const found = [];
    let before = '';
    for (const token of fold(text).match(TOKEN) ?? []) {
      const unit = UNITS.get(token);
      if (unit && NUMBER.test(before)) {
        const asked = before + unit;
        found[found.length - 1] = { asked, terms: [...found.at(-1).terms, ...this.terms(token), asked], word: '' };
      } else if (letters && !this.canBe(token, letters)) {
        found.push(this.stop.has(token) ? NOTHING : OTHER);
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
    return word && !/\p{N}/u.test(word) ? this.languages.map((language) => `${language}:${word}`) : [];
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
    if (/\p{N}/u.test(word)) return [word];
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
