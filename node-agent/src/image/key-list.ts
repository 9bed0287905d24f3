import { at, grown } from './words.ts';

/** 32-bit words of an address: 1 for IPv4, 4 for IPv6, the most significant first. */
export type AddressWords = 1 | 4;

/** Addresses with lengths, as columns: `address` has `words` elements for each key. */
export interface Keys {
  readonly words: AddressWords;
  readonly address: Uint32Array<ArrayBuffer>;
  readonly length: Uint32Array<ArrayBuffer>;
}

/** The first of these is the first byte of the address. */
export const addressByte = (address: Uint32Array<ArrayBuffer>, offset: number, byte: number): number =>
  (at(address, offset + (byte >> 2)) >>> (24 - (byte & 3) * 8)) & 255;

/** Bits of word `word` that a prefix of `length` bits covers. */
export function wordMask(word: number, length: number): number {
  const bits = length - word * 32;
  if (bits <= 0) return 0;
  return bits >= 32 ? 0xffff_ffff : (0xffff_ffff << (32 - bits)) >>> 0;
}

/** By address, then the shorter first, so that a prefix comes before what it contains. */
export function compareKeys(a: Keys, i: number, b: Keys, j: number): number {
  for (let word = 0; word < a.words; word++) {
    const left = at(a.address, i * a.words + word);
    const right = at(b.address, j * b.words + word);
    if (left !== right) return left < right ? -1 : 1;
  }
  return at(a.length, i) - at(b.length, j);
}

/** Whether key i of `a` is key j of `b` or a prefix of it. */
export function containsKey(a: Keys, i: number, b: Keys, j: number): boolean {
  const length = at(a.length, i);
  if (length > at(b.length, j)) return false;
  for (let word = 0; word < a.words; word++) {
    const difference = at(a.address, i * a.words + word) ^ at(b.address, j * b.words + word);
    if ((difference & wordMask(word, length)) !== 0) return false;
  }
  return true;
}

/** So many keys are made room for again and again. */
const mostKept = 4096;

/** A growing list of keys, each with an operation and its argument. */
export class KeyList implements Keys {
  readonly words: AddressWords;
  address = new Uint32Array(64);
  length = new Uint32Array(64);
  operation = new Uint32Array(64);
  argument = new Uint32Array(64);
  size = 0;

  constructor(words: AddressWords) {
    this.words = words;
  }

  clear(): void {
    this.size = 0;
    if (this.length.length <= mostKept) return;
    // A whole bundle's are not had again soon.
    this.address = new Uint32Array(mostKept * this.words);
    this.length = new Uint32Array(mostKept);
    this.operation = new Uint32Array(mostKept);
    this.argument = new Uint32Array(mostKept);
  }

  /** Adds a key from its bytes in network order. */
  pushBytes(bytes: Uint8Array, length: number, operation: number, argument: number): void {
    const offset = this.#room();
    for (let word = 0; word < this.words; word++) {
      const byte = word * 4;
      const value =
        (at(bytes as Uint8Array<ArrayBuffer>, byte) << 24) |
        (at(bytes as Uint8Array<ArrayBuffer>, byte + 1) << 16) |
        (at(bytes as Uint8Array<ArrayBuffer>, byte + 2) << 8) |
        at(bytes as Uint8Array<ArrayBuffer>, byte + 3);
      this.address[offset + word] = value & wordMask(word, length);
    }
    this.#add(length, operation, argument);
  }

  /** Adds key `index` of another list. */
  pushKey(keys: Keys, index: number): void {
    const offset = this.#room();
    for (let word = 0; word < this.words; word++)
      this.address[offset + word] = at(keys.address, index * this.words + word);
    this.#add(at(keys.length, index), 0, 0);
  }

  #room(): number {
    const offset = this.size * this.words;
    this.address = grown(this.address, offset + this.words);
    this.length = grown(this.length, this.size + 1);
    this.operation = grown(this.operation, this.size + 1);
    this.argument = grown(this.argument, this.size + 1);
    return offset;
  }

  #add(length: number, operation: number, argument: number): void {
    this.length[this.size] = length;
    this.operation[this.size] = operation;
    this.argument[this.size] = argument;
    this.size++;
  }

  /** Indices in ascending order of their keys; equal keys keep their order. */
  sorted(): Uint32Array<ArrayBuffer> {
    const order = new Uint32Array(this.size);
    for (let index = 0; index < this.size; index++) order[index] = index;
    if (this.size < 4096) return order.sort((a, b) => compareKeys(this, a, this, b) || a - b);
    return this.#radixSorted(order);
  }

  #radixSorted(first: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
    let order = radixPass(first, (index) => at(this.length, index));
    for (let word = this.words - 1; word >= 0; word--) {
      order = radixPass(order, (index) => at(this.address, index * this.words + word) & 0xffff);
      order = radixPass(order, (index) => at(this.address, index * this.words + word) >>> 16);
    }
    return order;
  }
}

/** Stable counting sort by one digit of 16 bits. */
function radixPass(
  order: Uint32Array<ArrayBuffer>,
  digit: (index: number) => number,
): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(65_537);
  for (const index of order) next[digit(index) + 1] = at(next, digit(index) + 1) + 1;
  for (let value = 1; value < next.length; value++) next[value] = at(next, value) + at(next, value - 1);
  const result = new Uint32Array(order.length);
  for (const index of order) {
    const place = at(next, digit(index));
    next[digit(index)] = place + 1;
    result[place] = index;
  }
  return result;
}
