import { nodeLarge, nodePlace, nodeWide, valueNode } from './layout.ts';
import { readMark, writeMarks } from './marks.ts';
import { halfWords, NodeLines } from './node-lines.ts';
import type { Spans } from './spans.ts';
import { at } from './words.ts';

/** Words of a node. */
const word = {
  key: 0,
  marks: 2,
  smallValues: 4,
  largeValues: 6,
  changes: 2,
  counts: 10,
  miss: 11,
  wideValues: 16,
};
const lineWords = 16;
const smallMarks = 3;
/** Most changes of value in a node that is not wide. */
export const mostMarks = 6;

/** What a run of skipped bytes must be; the key's upper word has no more than 24 bits. */
export interface Skip {
  readonly bytes: number;
  readonly keyHigh: number;
  readonly keyLow: number;
}

/** What a node is beside its values: `isWide` tells one byte apart, else it is two. */
export interface NodeShape {
  readonly skip: Skip;
  readonly isWide: boolean;
}

const wideLines = (values: number): number => 1 + Math.ceil(values / lineWords);

const upperKey = ({ bytes, keyHigh }: Skip): number => ((bytes << 24) | keyHigh) >>> 0;

/** The inner nodes of one family and the values of the wide ones. See bpf/include/image.h. */
export class NodePool {
  readonly #lines = new NodeLines();
  readonly #changes = new Uint32Array(8);

  get nodes(): Uint8Array {
    return this.#lines.bytes;
  }

  /** Halves of lines that are not free. */
  get used(): number {
    return this.#lines.used;
  }

  /** Whether a quarter of the room is not used: time to build anew. */
  get isWasteful(): boolean {
    return this.#lines.isWasteful;
  }

  clear(): void {
    this.#lines.clear();
  }

  /** Stores a node and gives its value; where all is as around it, no node is needed. */
  add(spans: Spans, { skip, isWide }: NodeShape): number {
    if (spans.size === 1) return at(spans.values, 0);
    const value = isWide ? this.#addWide(spans) : this.#addNarrow(spans);
    const offset = (value & nodePlace) * halfWords;
    this.#lines.words[offset + word.key] = skip.keyLow;
    this.#lines.words[offset + word.key + 1] = upperKey(skip);
    return value;
  }

  #addNarrow(spans: Spans): number {
    const isLarge = spans.size - 1 > smallMarks;
    const place = isLarge ? this.#lines.takeLines(1) : this.#lines.takeHalf();
    const { words } = this.#lines;
    const offset = place * halfWords;
    const marks = spans.starts.subarray(1, spans.size);
    writeMarks(words, offset + word.marks, isLarge ? mostMarks : smallMarks, marks);
    const values = offset + (isLarge ? word.largeValues : word.smallValues);
    words.set(spans.values.subarray(0, spans.size), values);
    return (place | valueNode | (isLarge ? nodeLarge : 0)) >>> 0;
  }

  #addWide(spans: Spans): number {
    const first = spans.starts[1] === 0 ? 1 : 0;
    const place = this.#lines.takeLines(wideLines(spans.size - first));
    const { words } = this.#lines;
    const offset = place * halfWords;
    this.#changes.fill(0);
    for (let span = first; span < spans.size; span++) {
      const byte = Math.max(0, spans.starts[span] as number);
      this.#changes[byte >> 5] = at(this.#changes, byte >> 5) | (1 << (byte & 31));
    }
    words.set(this.#changes, offset + word.changes);
    words.set(spans.values.subarray(first, spans.size), offset + word.wideValues);
    words[offset + word.counts] = countsBefore(this.#changes);
    words[offset + word.miss] = at(spans.values, 0);
    return (place | valueNode | nodeWide) >>> 0;
  }

  /** The values of a node that are nodes, by where they are in its window. */
  children(value: number): Map<number, number> {
    const found = new Map<number, number>();
    this.#eachValue(value, (start, child) => {
      if (child >= valueNode) found.set(start, child);
    });
    return found;
  }

  /** Gives the start and the value of each run of equal values but the first of a node that is not wide. */
  #eachValue(value: number, give: (start: number, value: number) => void): void {
    const place = value & nodePlace;
    const { words } = this.#lines;
    const offset = place * halfWords;
    if ((value & nodeWide) !== 0) {
      let index = word.wideValues;
      for (let part = 0; part < 8; part++)
        for (let bits = this.#lines.at(place, word.changes + part); bits !== 0; bits &= bits - 1)
          give(part * 32 + 31 - Math.clz32(bits & -bits), this.#lines.at(place, index++));
      return;
    }
    const isLarge = (value & nodeLarge) !== 0;
    for (let index = 0; index < (isLarge ? mostMarks : smallMarks); index++) {
      const mark = readMark(words, offset + word.marks, index);
      if (mark < 0) return;
      give(mark, this.#lines.at(place, (isLarge ? word.largeValues : word.smallValues) + index + 1));
    }
  }

  /** Whether a node has this shape. */
  fits(value: number, { skip, isWide }: NodeShape): boolean {
    const place = value & nodePlace;
    return (
      ((value & nodeWide) !== 0) === isWide &&
      this.#lines.at(place, word.key) === skip.keyLow &&
      this.#lines.at(place, word.key + 1) === upperKey(skip)
    );
  }

  /** Gives back one node. */
  free(value: number): void {
    const place = value & nodePlace;
    if ((value & nodeWide) !== 0) {
      let length = 0;
      this.#eachValue(value, () => length++);
      this.#lines.freeLines(place, wideLines(length));
    } else if ((value & nodeLarge) !== 0) this.#lines.freeLines(place, 1);
    else this.#lines.freeHalf(place);
  }

  /** Gives back a node and all below it. */
  freeAll(value: number): void {
    if (value < valueNode) return;
    for (const child of this.children(value).values()) this.freeAll(child);
    this.free(value);
  }
}

/** A byte for each 64 bits: how many bits are set before them. */
function countsBefore(changes: Uint32Array<ArrayBuffer>): number {
  let counts = 0;
  let count = 0;
  for (let part = 0; part < 8; part++) {
    if (part % 2 === 0) counts |= count << (part * 4);
    for (let bits = at(changes, part); bits !== 0; bits &= bits - 1) count++;
  }
  return counts >>> 0;
}
