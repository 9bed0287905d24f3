import { valueIndex, valueNode } from './layout.ts';
import { at, grown, imageBytes } from './words.ts';

/** 32-bit words of a node of each family. */
const nodeWords = { 4: 10, 6: 14 } as const;
const word = { base: 8, counts: 9, key: 10, miss: 12, skip: 13 } as const;

/** What a run of skipped bytes must be, and what an address gets where it is not. */
export interface Skip {
  readonly bytes: number;
  readonly keyHigh: number;
  readonly keyLow: number;
  readonly miss: number;
}

/** The inner nodes of one family and their runs of values, with room that was given back. */
export class NodePool {
  readonly family: 4 | 6;
  readonly #stride: number;
  #nodes: Uint32Array<ArrayBuffer>;
  #values = new Uint32Array(64);
  #nodeCount = 0;
  #valueCount = 0;
  #freeNodes: number[] = [];
  #freeRuns = new Map<number, number[]>();
  #freeValues = 0;
  /** What #compress found. */
  readonly #changes = new Uint32Array(8);
  readonly #run256 = new Uint32Array(256);
  #counts = 0;

  constructor(family: 4 | 6) {
    this.family = family;
    this.#stride = nodeWords[family];
    this.#nodes = new Uint32Array(this.#stride * 64);
  }

  get nodes(): Uint8Array {
    return imageBytes(this.#nodes, this.#nodeCount * this.#stride);
  }

  get values(): Uint8Array {
    return imageBytes(this.#values, this.#valueCount);
  }

  /** What is not free: nodes, and values in their runs. */
  get used(): { readonly nodes: number; readonly values: number } {
    return {
      nodes: this.#nodeCount - this.#freeNodes.length,
      values: this.#valueCount - this.#freeValues,
    };
  }

  /** Whether a quarter of the room is not used: time to build anew. */
  get isWasteful(): boolean {
    const nodes = this.#freeNodes.length > 1024 && this.#freeNodes.length * 4 > this.#nodeCount;
    return nodes || (this.#freeValues > 4096 && this.#freeValues * 4 > this.#valueCount);
  }

  clear(): void {
    this.#nodeCount = 0;
    this.#valueCount = 0;
    this.#freeNodes = [];
    this.#freeRuns = new Map();
    this.#freeValues = 0;
  }

  /** Stores a node with these 256 values and gives its value; all equal to `skip.miss`, they need no node. */
  add(values: Uint32Array<ArrayBuffer>, skip: Skip): number {
    const length = this.#compress(values);
    if (length === 1 && at(values, 0) === skip.miss) return skip.miss;
    const node = this.#freeNodes.pop() ?? this.#nodeCount++;
    this.#nodes = grown(this.#nodes, (node + 1) * this.#stride);
    const offset = node * this.#stride;
    const base = this.#run(length);
    for (let index = 0; index < length; index++) this.#values[base + index] = at(this.#run256, index);
    for (let part = 0; part < 8; part++) this.#nodes[offset + part] = at(this.#changes, part);
    this.#nodes[offset + word.base] = base;
    this.#nodes[offset + word.counts] = this.#counts;
    if (this.family === 6) {
      this.#nodes[offset + word.key] = skip.keyLow;
      this.#nodes[offset + word.key + 1] = skip.keyHigh;
      this.#nodes[offset + word.miss] = skip.miss;
      this.#nodes[offset + word.skip] = skip.bytes;
    }
    return (node | valueNode) >>> 0;
  }

  /** Finds where the values change: bitmap, running counts and the run of values; gives the run's length. */
  #compress(values: Uint32Array<ArrayBuffer>): number {
    let former = ~at(values, 0);
    let length = 0;
    let counts = 0;
    for (let part = 0; part < 8; part++) {
      if (part > 0 && part % 2 === 0) counts |= length << (part * 4);
      let bits = 0;
      for (let bit = 0; bit < 32; bit++) {
        const value = at(values, part * 32 + bit);
        if (value === former) continue;
        former = value;
        bits |= 1 << bit;
        this.#run256[length++] = value;
      }
      this.#changes[part] = bits;
    }
    this.#counts = counts;
    return length;
  }

  #run(length: number): number {
    const free = this.#freeRuns.get(length)?.pop();
    if (free !== undefined) {
      this.#freeValues -= length;
      return free;
    }
    const base = this.#valueCount;
    this.#valueCount += length;
    this.#values = grown(this.#values, this.#valueCount);
    return base;
  }

  /** Reads a node's 256 values. */
  read(value: number, into: Uint32Array<ArrayBuffer>): void {
    const offset = (value & valueIndex) * this.#stride;
    let place = at(this.#nodes, offset + word.base) - 1;
    for (let byte = 0; byte < 256; byte++) {
      if ((at(this.#nodes, offset + (byte >> 5)) >>> (byte & 31)) & 1) place++;
      into[byte] = at(this.#values, place);
    }
  }

  /** Whether a node skips exactly these bytes. */
  skips(value: number, skip: Skip): boolean {
    if (this.family === 4) return skip.bytes === 0;
    const offset = (value & valueIndex) * this.#stride;
    return (
      this.#nodes[offset + word.skip] === skip.bytes &&
      this.#nodes[offset + word.key] === skip.keyLow &&
      this.#nodes[offset + word.key + 1] === skip.keyHigh
    );
  }

  /** Gives back one node with its run of values. */
  free(value: number): void {
    const node = value & valueIndex;
    const offset = node * this.#stride;
    const length = this.#length(offset);
    const base = at(this.#nodes, offset + word.base);
    const runs = this.#freeRuns.get(length);
    if (runs) runs.push(base);
    else this.#freeRuns.set(length, [base]);
    this.#freeValues += length;
    this.#freeNodes.push(node);
  }

  /** Gives back a node and all below it. */
  freeAll(value: number): void {
    if (value < valueNode) return;
    const offset = (value & valueIndex) * this.#stride;
    const base = at(this.#nodes, offset + word.base);
    const length = this.#length(offset);
    for (let index = 0; index < length; index++) this.freeAll(at(this.#values, base + index));
    this.free(value);
  }

  #length(offset: number): number {
    let length = 0;
    for (let part = 0; part < 8; part++)
      for (let bits = at(this.#nodes, offset + part); bits !== 0; bits &= bits - 1) length++;
    return length;
  }
}
