import { at, grown, imageBytes } from './words.ts';

/** 32-bit words of half a cache line. */
export const halfWords = 8;

/**
 * Cache lines that hold nodes: half a line, or a block of lines. Places count halves. What is given back is used again
 * for the same number of lines; a block of two begins at an even line, since processors fetch such pairs together.
 */
export class NodeLines {
  words = new Uint32Array(halfWords * 128);
  #count = 0;
  /** Blocks by their number of lines. */
  #free = new Map<number, number[]>();
  #freeLines = 0;
  /** Halves whose other half is used. */
  readonly #freeHalves = new Set<number>();

  get bytes(): Uint8Array {
    return imageBytes(this.words, this.#count * 2 * halfWords);
  }

  /** Halves that are not free. */
  get used(): number {
    return (this.#count - this.#freeLines) * 2 - this.#freeHalves.size;
  }

  /** Whether a quarter of the room is not used. */
  get isWasteful(): boolean {
    const free = this.#count * 2 - this.used;
    return free > 2048 && free * 2 > this.#count;
  }

  clear(): void {
    this.#count = 0;
    this.#free = new Map();
    this.#freeLines = 0;
    this.#freeHalves.clear();
  }

  takeLines(lines: number): number {
    const free = this.#free.get(lines)?.pop();
    if (free !== undefined) {
      this.#freeLines -= lines;
      return free;
    }
    if (lines === 2 && this.#count % 2 === 1) this.freeLines(this.#add(1), 1);
    return this.#add(lines);
  }

  takeHalf(): number {
    for (const half of this.#freeHalves) {
      this.#freeHalves.delete(half);
      return half;
    }
    const line = this.takeLines(1);
    this.#freeHalves.add(line + 1);
    return line;
  }

  freeLines(place: number, lines: number): void {
    const free = this.#free.get(lines);
    if (free) free.push(place);
    else this.#free.set(lines, [place]);
    this.#freeLines += lines;
  }

  freeHalf(place: number): void {
    if (this.#freeHalves.delete(place ^ 1)) this.freeLines(place & ~1, 1);
    else this.#freeHalves.add(place);
  }

  at(place: number, word: number): number {
    return at(this.words, place * halfWords + word);
  }

  #add(lines: number): number {
    const place = this.#count * 2;
    this.#count += lines;
    this.words = grown(this.words, this.#count * 2 * halfWords);
    return place;
  }
}
