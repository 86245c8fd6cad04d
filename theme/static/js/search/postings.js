// What is written in a file of terms?
//
// policy_tools/search/postings.py says how terms and postings stand in it; weights are lunr's, as
// policy_tools/search/index.py reckons them.

const MARK = 3;
const HEAD = 4;
const WIDEST = 32;
const K1 = 1.2;
const B = 0.75;
const SCALE = 1000;

// Reads codes from bits.
class Bits {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
    this.end = 8 * bytes.length;
  }

  // The number of so many bits.
  read(count) {
    const { bytes } = this;
    let { at } = this;
    let number = 0;
    for (const end = at + count; at < end; at += 1) number = (number << 1) | ((bytes[at >> 3] >> (7 - (at & 7))) & 1);
    this.at = at;
    return number;
  }

  // How many zeros stand before the next one.
  skip() {
    const { bytes } = this;
    const start = this.at;
    let at = start;
    while (!((bytes[at >> 3] >> (7 - (at & 7))) & 1)) {
      at += 1;
      if (at > this.end) throw new Error('A file of the search index ends too soon.');
    }
    this.at = at + 1;
    return at - start;
  }

  // A number written with its size; `bits` zeros are left out of it.
  readNumber(bits = 0) {
    const width = this.skip() + bits;
    return (1 << width) | this.read(width);
  }
}

function chooseGap(total, held) {
  let bits = 0;
  while (bits < WIDEST && held * 2 ** (bits + 1) * 100 <= total * 69) bits += 1;
  return bits;
}

function readPostings(bits, total, [shortest, lengthBits]) {
  const held = bits.readNumber();
  const gapBits = chooseGap(total, held);
  const entries = new Int32Array(held);
  const counts = new Int32Array(held);
  const lengths = new Int32Array(held);
  for (let place = 0, entry = -1; place < held; place += 1) {
    entry += 1 + (bits.skip() << gapBits) + bits.read(gapBits);
    entries[place] = entry;
    counts[place] = bits.skip() + 1;
    lengths[place] = shortest + bits.readNumber(lengthBits) - (1 << lengthBits);
  }
  return { entries, counts, lengths };
}

function weigh(rarity, counts, lengths, average, boost) {
  return Float64Array.from(counts, (count, place) => {
    const saturated = ((K1 + 1) * count) / (K1 * (1 - B + B * (lengths[place] / average)) + count);
    return Math.floor(rarity * saturated * boost * SCALE + 0.5);
  });
}

// The postings of one term: `[{ field, entries, weights }, …]`.
function readTerm(bits, total, { lengths, boosts }) {
  const fields = [];
  let held = 0;
  for (let isLast = 0; !isLast;) {
    const field = bits.read(3);
    isLast = bits.read(1);
    if (!lengths[field]) throw new Error('A file of the search index speaks of no known field.');
    const found = readPostings(bits, total, lengths[field]);
    held += found.entries.length;
    fields.push({ field, ...found });
  }
  const rarity = Math.log1p(Math.abs((total - held + 0.5) / (held + 0.5)));
  return fields.map(({ field, entries, counts, lengths: longs }) => (
    { field, entries, weights: weigh(rarity, counts, longs, lengths[field][2], boosts[field]) }
  ));
}

// The terms of a shard, each with its postings: `total` is how many entries there are.
export function readShard(buffer, total, directory) {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] !== MARK) throw new Error('A file of the search index is not what it should be.');
  const start = HEAD + ((bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
  const bits = new Bits(bytes.subarray(start));
  const found = new Map();
  let term = '';
  for (const [, shared, rest] of new TextDecoder().decode(bytes.subarray(HEAD, start)).matchAll(/([\x01-\x1f])([^\x01-\x1f]*)/g)) {
    term = term.slice(0, shared.charCodeAt(0) - 1) + rest;
    found.set(term, readTerm(bits, total, directory));
  }
  return found;
}
