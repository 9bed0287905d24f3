import { addressByte, type KeyList, type Keys } from './key-list.ts';
import { valueNode } from './layout.ts';
import { mostMarks, NodePool, type NodeShape, type Skip } from './node-pool.ts';
import type { PrefixColumns } from './prefix-columns.ts';
import { Spans } from './spans.ts';
import { at, imageBytes } from './words.ts';

/** Most bytes that a node of IPv6 skips. */
const mostSkipped = 7;
const rootBytes = 2;

/** The search structure of one family: a root for 16 bits, then one or two bytes a node. See bpf/include/image.h. */
export class Trie {
  readonly #pool = new NodePool();
  readonly #root = new Uint32Array(65_536);
  /** What each entry of the root would be without the prefixes longer than 16 bits. */
  readonly #outer = new Uint32Array(65_536);
  /** Those of the node that is being made at each depth. */
  readonly #depths = Array.from({ length: 16 }, () => new Spans());
  readonly #trial = new Spans();
  #columns: PrefixColumns;

  constructor(columns: PrefixColumns) {
    this.#columns = columns;
    this.build(columns);
  }

  get root(): Uint8Array {
    return imageBytes(this.#root, this.#root.length);
  }

  get nodes(): Uint8Array {
    return this.#pool.nodes;
  }

  /** Halves of lines that nodes take. */
  get used(): number {
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
    this.#root[entry] = this.#node({ from: start, to, byte: rootBytes, inherited: at(this.#outer, entry) });
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
    this.#root[entry] = this.#node({ from, to, byte: rootBytes, inherited: at(this.#outer, entry) });
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

  /** The value for rows. */
  #node(rows: Rows): number {
    if (rows.from === rows.to) return rows.inherited;
    const shape = this.#shape(rows);
    return this.#pool.add(
      this.#spans(rows, shape, (child) => this.#node(child)),
      shape,
    );
  }

  #shape(rows: Rows): NodeShape {
    const skip = this.#skip(rows.from, rows.to, rows.byte);
    return { skip, isWide: this.#isWide(rows, rows.byte + skip.bytes) };
  }

  /** Whether more changes lie in the next two bytes than a node has marks for; a row brings at most two. */
  #isWide(rows: Rows, depth: number): boolean {
    if ((rows.to - rows.from) * 2 <= mostMarks) return false;
    const most = mostMarks + 1;
    const trial = this.#trial;
    trial.begin(rows.inherited);
    const apart = (_: Rows, index: number) => valueNode + index;
    for (let row = rows.from; row < rows.to && trial.size <= most; )
      row = this.#addBlock(trial, { row, to: rows.to, depth, bits: 16 }, apart);
    if (trial.size > most) return true;
    trial.finish(65_536);
    return trial.size > most;
  }

  /** The values along a node's window; `child` gives the value for the rows that go on behind it. */
  #spans(rows: Rows, { skip, isWide }: NodeShape, child: Child): Spans {
    const depth = rows.byte + skip.bytes;
    const bits = isWide ? 8 : 16;
    const spans = this.#depths[depth] as Spans;
    spans.begin(rows.inherited);
    for (let row = rows.from; row < rows.to; )
      row = this.#addBlock(spans, { row, to: rows.to, depth, bits }, child);
    spans.finish(2 ** bits);
    return spans;
  }

  /** Adds a row that ends in the window or all rows that go on behind it from one place; gives the row after. */
  #addBlock(spans: Spans, block: Block, child: Child): number {
    const { row, to, depth, bits } = block;
    const columns = this.#columns;
    const index = windowIndex(columns, row, depth, bits);
    const length = at(columns.length, row) - depth * 8;
    if (length <= bits) {
      spans.add(index, index + 2 ** (bits - length), at(columns.value, row));
      return row + 1;
    }
    const byte = depth + bits / 8;
    const end = this.#groupEnd(row, to, byte);
    const inherited = spans.around(index);
    spans.add(index, index + 1, child({ from: row, to: end, byte, inherited }, index));
    return end;
  }

  #skip(from: number, to: number, byte: number): Skip {
    let bytes = 0;
    let keyHigh = 0;
    let keyLow = 0;
    if (this.#columns.words === 4) {
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
    return { bytes, keyHigh, keyLow };
  }

  /** As #node, but keeps what the changed keys do not touch of a former value. */
  #renew(former: number, rows: Rows, changed: KeyRange): number {
    if (former < valueNode) return this.#node(rows);
    const shape = rows.from < rows.to ? this.#shape(rows) : undefined;
    if (!shape || !this.#pool.fits(former, shape)) {
      this.#pool.freeAll(former);
      return this.#node(rows);
    }
    const old = this.#pool.children(former);
    this.#pool.free(former);
    const marks = markKeys(changed, rows.byte + shape.skip.bytes, shape.isWide ? 8 : 16);
    const spans = this.#spans(rows, shape, (child, index) => {
      if (isCovered(marks, index)) return this.#node(child);
      const kept = old.get(index) ?? child.inherited;
      const inside = marks.inside.get(index);
      old.delete(index);
      if (!inside) return kept;
      return this.#renew(kept, child, { keys: changed.keys, from: inside[0], to: inside[1] });
    });
    for (const rest of old.values()) this.#pool.freeAll(rest);
    return this.#pool.add(spans, shape);
  }
}

/** Rows [from, to), all longer than `byte` bytes and equal in them, inside an address block with a value. */
interface Rows {
  readonly from: number;
  readonly to: number;
  readonly byte: number;
  readonly inherited: number;
}

type Child = (rows: Rows, index: number) => number;

/** The first of the rows up to `to` that are left in a window of `bits` bits behind `depth` bytes. */
interface Block {
  readonly row: number;
  readonly to: number;
  readonly depth: number;
  readonly bits: number;
}

interface KeyRange {
  readonly keys: KeyList;
  readonly from: number;
  readonly to: number;
}

/** What changed keys touch in a node's window. */
interface Marks {
  /** First and last place of blocks. */
  readonly covered: readonly (readonly [number, number])[];
  /** The keys that go on behind the window, by their place in it. */
  readonly inside: ReadonlyMap<number, readonly [number, number]>;
}

const isCovered = ({ covered }: Marks, index: number): boolean =>
  covered.some(([first, last]) => first <= index && index <= last);

function markKeys(changed: KeyRange, depth: number, bits: number): Marks {
  const covered: [number, number][] = [];
  const inside = new Map<number, readonly [number, number]>();
  const { keys } = changed;
  for (let key = changed.from; key < changed.to; key++) {
    const index = windowIndex(keys, key, depth, bits);
    const length = at(keys.length, key) - depth * 8;
    if (length <= 0) covered.push([0, 2 ** bits]);
    else if (length <= bits) covered.push([index, index + 2 ** (bits - length) - 1]);
    else inside.set(index, [inside.get(index)?.[0] ?? key, key + 1]);
  }
  return { covered, inside };
}

/** The bits of a key behind `depth` bytes as a number, 0 for those behind the address. */
function windowIndex(keys: Keys, key: number, depth: number, bits: number): number {
  const offset = key * keys.words;
  const first = addressByte(keys.address, offset, depth);
  if (bits === 8) return first;
  return (first << 8) | (depth + 1 < keys.words * 4 ? addressByte(keys.address, offset, depth + 1) : 0);
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
