import { addressByte, type KeyList, type Keys } from './key-list.ts';
import { valueNode } from './layout.ts';
import { NodePool, type Skip } from './node-pool.ts';
import type { PrefixColumns } from './prefix-columns.ts';
import { at, imageBytes } from './words.ts';

/** Most bytes that a node of IPv6 skips. */
const mostSkipped = 7;
const rootBytes = 2;

/** The search structure of one family: a root for 16 bits, then a byte a node. See bpf/include/image.h. */
export class Trie {
  readonly #pool: NodePool;
  readonly #root = new Uint32Array(65_536);
  /** What each entry of the root would be without the prefixes longer than 16 bits. */
  readonly #outer = new Uint32Array(65_536);
  /** One buffer of values for each depth. */
  readonly #values = Array.from({ length: 16 }, () => new Uint32Array(256));
  readonly #former = Array.from({ length: 16 }, () => new Uint32Array(256));
  #columns: PrefixColumns;

  constructor(family: 4 | 6, columns: PrefixColumns) {
    this.#pool = new NodePool(family);
    this.#columns = columns;
    this.build(columns);
  }

  get root(): Uint8Array {
    return imageBytes(this.#root, this.#root.length);
  }

  get nodes(): Uint8Array {
    return this.#pool.nodes;
  }

  get values(): Uint8Array {
    return this.#pool.values;
  }

  get used(): { readonly nodes: number; readonly values: number } {
    return this.#pool.used;
  }

  /** Builds all anew. */
  build(columns: PrefixColumns): void {
    this.#columns = columns;
    this.#pool.clear();
    this.#root.fill(0);
    this.#paintOuter();
    this.#root.set(this.#outer);
    for (let row = 0; row < columns.size; ) {
      const end = this.#groupEnd(row, columns.size, rootBytes);
      if (at(columns.length, row) > 16 || end > row + 1) this.#buildRoot(row, end);
      row = end;
    }
  }

  #buildRoot(from: number, to: number): void {
    const entry = at(this.#columns.address, from * this.#columns.words) >>> 16;
    const start = this.#skipShort(from, to, rootBytes);
    this.#root[entry] = this.#node(start, to, rootBytes, at(this.#outer, entry));
  }

  /** Builds what lies at and under the changed prefixes, which are sorted. */
  update(columns: PrefixColumns, changed: KeyList): void {
    this.#columns = columns;
    if (changed.size * 4 > columns.size || this.#pool.isWasteful) {
      this.build(columns);
      return;
    }
    const former = this.#outer.slice();
    if (this.#hasShort(changed)) this.#renewOuter(former);
    for (let first = 0; first < changed.size; ) {
      const entry = at(changed.address, first * changed.words) >>> 16;
      let end = first;
      while (end < changed.size && at(changed.address, end * changed.words) >>> 16 === entry) end++;
      const start = this.#firstLonger(changed, first, end, rootBytes);
      if (start < end && former[entry] === this.#outer[entry]) this.#updateRoot(entry, changed, start, end);
      first = end;
    }
  }

  /** Builds the entries of the root anew around which a prefix of at most 16 bits has changed. */
  #renewOuter(former: Uint32Array<ArrayBuffer>): void {
    this.#paintOuter();
    for (let entry = 0; entry < former.length; entry++)
      if (former[entry] !== this.#outer[entry]) this.#rebuildRoot(entry);
  }

  #hasShort(changed: KeyList): boolean {
    for (let index = 0; index < changed.size; index++) if (at(changed.length, index) <= 16) return true;
    return false;
  }

  #rebuildRoot(entry: number): void {
    this.#pool.freeAll(at(this.#root, entry));
    const [from, to] = this.#rootRows(entry);
    this.#root[entry] = this.#node(from, to, rootBytes, at(this.#outer, entry));
  }

  #updateRoot(entry: number, changed: KeyList, first: number, end: number): void {
    const [from, to] = this.#rootRows(entry);
    const inherited = at(this.#outer, entry);
    this.#root[entry] = this.#renew(
      at(this.#root, entry),
      { from, to, byte: rootBytes, inherited },
      { keys: changed, from: first, to: end },
    );
  }

  /** Rows longer than 16 bits under an entry of the root. */
  #rootRows(entry: number): readonly [number, number] {
    const { words, address, size } = this.#columns;
    const bound = (prefix: number) => {
      let low = 0;
      let high = size;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (at(address, middle * words) >>> 16 < prefix) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    const to = bound(entry + 1);
    return [this.#skipShort(bound(entry), to, rootBytes), to];
  }

  #paintOuter(): void {
    const columns = this.#columns;
    for (let row = 0; row < columns.size; ) {
      const length = at(columns.length, row);
      if (length > 16) {
        row = this.#groupEnd(row, columns.size, rootBytes);
        continue;
      }
      const entry = at(columns.address, row * columns.words) >>> 16;
      this.#outer.fill(at(columns.value, row), entry, entry + 2 ** (16 - length));
      row++;
    }
  }

  /** First row in [row, to) whose first `bytes` bytes are not those of `row`. */
  #groupEnd(row: number, to: number, bytes: number): number {
    const columns = this.#columns;
    let step = 1;
    while (row + step < to && sharesBytes(columns, row, row + step, bytes)) step *= 2;
    let low = row + (step >> 1);
    let high = Math.min(row + step, to);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sharesBytes(columns, row, middle, bytes)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** First row in [from, to) that is longer than `bytes` bytes; the shorter ones come first. */
  #skipShort(from: number, to: number, bytes: number): number {
    return this.#firstLonger(this.#columns, from, to, bytes);
  }

  #firstLonger(keys: Keys, from: number, to: number, bytes: number): number {
    let index = from;
    while (index < to && at(keys.length, index) <= bytes * 8) index++;
    return index;
  }

  /** The value for rows [from, to), all longer than `byte` bytes and equal in them. */
  #node(from: number, to: number, byte: number, inherited: number): number {
    if (from === to) return inherited;
    const skip = this.#skip(from, to, byte, inherited);
    const depth = byte + skip.bytes;
    const values = (this.#values[depth] as Uint32Array<ArrayBuffer>).fill(inherited);
    const columns = this.#columns;
    for (let row = from; row < to; ) {
      const index = addressByte(columns.address, row * columns.words, depth);
      const length = at(columns.length, row) - depth * 8;
      if (length <= 8) {
        values.fill(at(columns.value, row), index, index + 2 ** (8 - length));
        row++;
        continue;
      }
      const end = this.#groupEnd(row, to, depth + 1);
      values[index] = this.#node(row, end, depth + 1, at(values, index));
      row = end;
    }
    return this.#pool.add(values, skip);
  }

  #skip(from: number, to: number, byte: number, miss: number): Skip {
    let bytes = 0;
    let keyHigh = 0;
    let keyLow = 0;
    if (this.#pool.family === 6) {
      const { address, length } = this.#columns;
      const first = from * 4;
      const last = (to - 1) * 4;
      const most = Math.min(mostSkipped, Math.ceil(at(length, from) / 8) - 1 - byte);
      for (; bytes < most; bytes++) {
        const value = addressByte(address, first, byte + bytes);
        if (value !== addressByte(address, last, byte + bytes)) break;
        keyHigh = (keyHigh << 8) | (keyLow >>> 24);
        keyLow = ((keyLow << 8) | value) >>> 0;
      }
    }
    return { bytes, keyHigh, keyLow, miss };
  }

  /** As #node, but keeps what the changed keys do not touch of a former value. */
  #renew(former: number, rows: Rows, changed: KeyRange): number {
    const { from, to, byte, inherited } = rows;
    const isNode = former >= valueNode;
    const skip = from < to ? this.#skip(from, to, byte, inherited) : undefined;
    if (!isNode || !skip || !this.#pool.skips(former, skip)) {
      this.#pool.freeAll(former);
      return this.#node(from, to, byte, inherited);
    }
    const depth = byte + skip.bytes;
    const old = this.#former[depth] as Uint32Array<ArrayBuffer>;
    this.#pool.read(former, old);
    this.#pool.free(former);
    const values = (this.#values[depth] as Uint32Array<ArrayBuffer>).fill(inherited);
    const marks = this.#mark(changed, depth);
    this.#renewGroups(rows, depth, { old, values, marks, changed });
    for (let index = 0; index < 256; index++) {
      const value = at(old, index);
      if (value >= valueNode && value !== values[index] && !marks.handled.has(index))
        this.#pool.freeAll(value);
    }
    return this.#pool.add(values, skip);
  }

  #renewGroups(rows: Rows, depth: number, renewal: Renewal): void {
    const { old, values, marks, changed } = renewal;
    const columns = this.#columns;
    for (let row = rows.from; row < rows.to; ) {
      const index = addressByte(columns.address, row * columns.words, depth);
      const length = at(columns.length, row) - depth * 8;
      if (length <= 8) {
        values.fill(at(columns.value, row), index, index + 2 ** (8 - length));
        row++;
        continue;
      }
      const end = this.#groupEnd(row, rows.to, depth + 1);
      const inside = marks.inside.get(index);
      if (marks.covered[index] === 1) values[index] = this.#node(row, end, depth + 1, at(values, index));
      else if (inside) {
        marks.handled.add(index);
        values[index] = this.#renew(
          at(old, index),
          { from: row, to: end, byte: depth + 1, inherited: at(values, index) },
          { keys: changed.keys, from: inside[0], to: inside[1] },
        );
      } else values[index] = at(old, index);
      row = end;
    }
  }

  /** Which values of a node the changed keys cover, and which they lie inside of. */
  #mark(changed: KeyRange, depth: number): Marks {
    const covered = new Uint8Array(256);
    const inside = new Map<number, readonly [number, number]>();
    const { keys } = changed;
    for (let key = changed.from; key < changed.to; key++) {
      const index = addressByte(keys.address, key * keys.words, depth);
      const length = at(keys.length, key) - depth * 8;
      if (length <= 0) covered.fill(1);
      else if (length <= 8) covered.fill(1, index, index + 2 ** (8 - length));
      else inside.set(index, [inside.get(index)?.[0] ?? key, key + 1]);
    }
    return { covered, inside, handled: new Set() };
  }
}

/** Rows [from, to), all longer than `byte` bytes and equal in them, inside an address block with a value. */
interface Rows {
  readonly from: number;
  readonly to: number;
  readonly byte: number;
  readonly inherited: number;
}

interface KeyRange {
  readonly keys: KeyList;
  readonly from: number;
  readonly to: number;
}

interface Marks {
  readonly covered: Uint8Array<ArrayBuffer>;
  readonly inside: ReadonlyMap<number, readonly [number, number]>;
  /** Values that a deeper renewal has taken over. */
  readonly handled: Set<number>;
}

interface Renewal {
  readonly old: Uint32Array<ArrayBuffer>;
  readonly values: Uint32Array<ArrayBuffer>;
  readonly marks: Marks;
  readonly changed: KeyRange;
}

/** Whether two keys are equal in their first bytes. */
function sharesBytes(keys: Keys, i: number, j: number, bytes: number): boolean {
  for (let word = 0; word * 4 < bytes; word++) {
    const difference = at(keys.address, i * keys.words + word) ^ at(keys.address, j * keys.words + word);
    const bits = Math.min(32, (bytes - word * 4) * 8);
    if (difference >>> (32 - bits) !== 0) return false;
  }
  return true;
}
