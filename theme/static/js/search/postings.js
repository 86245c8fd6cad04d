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
  }

  // The next 32 bits; after the last come zeros.
  get next() {
    const { bytes, at } = this;
    const place = at >> 3;
    const shift = at & 7;
    const word = (bytes[place] << 24) | (bytes[place + 1] << 16) | (bytes[place + 2] << 8) | bytes[place + 3];
    return (word << shift) | (bytes[place + 4] >> (8 - shift));
  }

  // The number of so many bits, which are not more than 31.
  read(count) {
    const number = count ? this.next >>> (32 - count) : 0;
    this.at += count;
    return number;
  }

  // How many zeros stand before the next one.
  skip() {
    let zeros = 0;
    let more = Math.clz32(this.next);
    while (more === 32) {
      zeros += 32;
      this.at += 32;
      if (this.at > 8 * this.bytes.length) throw new Error('A file of the search index ends too soon.');
      more = Math.clz32(this.next);
    }
    this.at += more + 1;
    return zeros + more;
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

// One row, code by code: `[gap, count, length]`.
function readRow(bits, gapBits, lengthBits) {
  const gap = (bits.skip() << gapBits) + bits.read(gapBits);
  return [gap, bits.skip() + 1, bits.readNumber(lengthBits)];
}

// Nearly every row fits into the next 32 bits, which are then fetched once: that takes a third of the time.
function readRows(bits, total, [shortest, lengthBits]) {
  const held = bits.readNumber();
  const gapBits = chooseGap(total, held);
  const entries = new Int32Array(held);
  const counts = new Int32Array(held);
  const lengths = new Int32Array(held);
  const least = shortest - (1 << lengthBits);
  for (let place = 0, entry = -1; place < held; place += 1) {
    let word = bits.next;
    const high = Math.clz32(word);
    word <<= high + 1;
    const low = gapBits ? word >>> (32 - gapBits) : 0;
    word <<= gapBits;
    const more = Math.clz32(word);
    word <<= more + 1;
    const width = Math.clz32(word) + lengthBits;
    const size = high + gapBits + more + 2 + 2 * width - lengthBits + 1;
    if (size < WIDEST) {
      word <<= width - lengthBits + 1;
      entry += 1 + (high << gapBits) + low;
      counts[place] = more + 1;
      lengths[place] = least + ((1 << width) | (width ? word >>> (32 - width) : 0));
      bits.at += size;
    } else {
      const [gap, count, length] = readRow(bits, gapBits, lengthBits);
      entry += 1 + gap;
      counts[place] = count;
      lengths[place] = least + length;
    }
    entries[place] = entry;
  }
  return { entries, counts, lengths };
}

function weigh(rarity, counts, lengths, average, boost) {
  const weights = new Float64Array(counts.length);
  for (let place = 0; place < counts.length; place += 1) {
    const count = counts[place];
    const saturated = ((K1 + 1) * count) / (K1 * (1 - B + B * (lengths[place] / average)) + count);
    weights[place] = Math.floor(rarity * saturated * boost * SCALE + 0.5);
  }
  return weights;
}

// The postings of one term: `[{ field, entries, weights }, …]`; `total` is how many entries there are.
export function readPostings(bytes, total, { lengths, boosts }) {
  const bits = new Bits(bytes);
  const fields = [];
  let held = 0;
  for (let isLast = 0; !isLast;) {
    const field = bits.read(3);
    isLast = bits.read(1);
    if (!lengths[field]) throw new Error('A file of the search index speaks of no known field.');
    const found = readRows(bits, total, lengths[field]);
    held += found.entries.length;
    fields.push({ field, ...found });
  }
  const rarity = Math.log1p(Math.abs((total - held + 0.5) / (held + 0.5)));
  return fields.map(({ field, entries, counts, lengths: longs }) => (
    { field, entries, weights: weigh(rarity, counts, longs, lengths[field][2], boosts[field]) }
  ));
}

// Sorted terms: before each stands a capital for the letters that it shares with the one before, A for none.
export function readTerms(text) {
  let term = '';
  return Array.from(text.matchAll(/([A-Z])([^A-Z]*)/g), ([, shared, rest]) => {
    term = term.slice(0, shared.charCodeAt(0) - 65) + rest;
    return term;
  });
}

// The terms of a shard, each with what `readPostings` reads.
export function readShard(buffer) {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] !== MARK) throw new Error('A file of the search index is not what it should be.');
  let place = HEAD + ((bytes[1] << 16) | (bytes[2] << 8) | bytes[3]);
  const terms = readTerms(new TextDecoder().decode(bytes.subarray(HEAD, place))).map((term) => {
    let size = 0;
    let shift = 0;
    for (; bytes[place] & 0x80; place += 1, shift += 7) size |= (bytes[place] & 0x7f) << shift;
    size |= bytes[place] << shift;
    place += 1;
    return [term, size];
  });
  return new Map(terms.map(([name, size]) => {
    place += size;
    return [name, bytes.subarray(place - size, place)];
  }));
}
