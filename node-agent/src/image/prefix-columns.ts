import { noBlock } from './block-names.ts';
import { type AddressWords, compareKeys, type Keys } from './key-list.ts';
import { at } from './words.ts';

/** No slot yet. */
export const noValue = 0xffff_ffff;

/** All prefixes of one family that mean something, sorted, as columns. */
export class PrefixColumns implements Keys {
  readonly words: AddressWords;
  readonly capacity: number;
  size = 0;
  readonly address: Uint32Array<ArrayBuffer>;
  readonly length: Uint32Array<ArrayBuffer>;
  /** Length of the longest prefix around it; noValue for /0. */
  readonly parent: Uint32Array<ArrayBuffer>;
  /** Its own identity; 0: none. */
  readonly identity: Uint32Array<ArrayBuffer>;
  /** 1: an address of this node. */
  readonly local: Uint32Array<ArrayBuffer>;
  /** Its own block; noBlock: none. */
  readonly block: Uint32Array<ArrayBuffer>;
  /** Identity of the addresses in it. */
  readonly innerIdentity: Uint32Array<ArrayBuffer>;
  /** Innermost block of the addresses in it. */
  readonly innerBlock: Uint32Array<ArrayBuffer>;
  /** Innermost block of those that concern the addresses of pods or nodes. */
  readonly innerOwners: Uint32Array<ArrayBuffer>;
  /** Value of the search for the addresses in it. */
  readonly value: Uint32Array<ArrayBuffer>;
  readonly #columns: readonly Uint32Array<ArrayBuffer>[];

  constructor(words: AddressWords, capacity: number) {
    this.words = words;
    this.capacity = capacity;
    const column = () => new Uint32Array(capacity);
    this.address = new Uint32Array(capacity * words);
    this.#columns = Array.from({ length: 9 }, column);
    [
      this.length,
      this.parent,
      this.identity,
      this.local,
      this.block,
      this.innerIdentity,
      this.innerBlock,
      this.innerOwners,
      this.value,
    ] = this.#columns as FixedColumns;
  }

  /** Appends rows [from, to) of another table. */
  append(source: PrefixColumns, from: number, to: number): void {
    if (from === to) return;
    const { words } = this;
    this.address.set(source.address.subarray(from * words, to * words), this.size * words);
    for (const [index, column] of this.#columns.entries())
      column.set((source.#columns[index] as Uint32Array).subarray(from, to), this.size);
    this.size += to - from;
  }

  /** Appends a row that means nothing yet. */
  appendKey(keys: Keys, index: number): void {
    const row = this.size++;
    for (let word = 0; word < this.words; word++)
      this.address[row * this.words + word] = at(keys.address, index * this.words + word);
    for (const column of this.#columns) column[row] = 0;
    this.length[row] = at(keys.length, index);
    this.parent[row] = noValue;
    this.block[row] = noBlock;
    this.value[row] = noValue;
  }

  /** First row in [from, to) that is not before key `index`. */
  lowerBound(keys: Keys, index: number, from = 0, to = this.size): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this, middle, keys, index) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

type Column = Uint32Array<ArrayBuffer>;
type FixedColumns = [Column, Column, Column, Column, Column, Column, Column, Column, Column];
