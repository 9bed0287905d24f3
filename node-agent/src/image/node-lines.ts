import { at, grown, imageBytes } from './words.ts';

/** 32-bit words of half a cache line. */
export const halfWords = 8;

/** Cache lines that hold nodes, each a whole line or a half, with room that was given back. Places count halves. */
export class NodeLines {
  words = new Uint32Array(halfWords * 128);
  #count = 0;
  #freeLines: number[] = [];
  /** Halves whose other half is used. */
  readonly #freeHalves = new Set<number>();

  get bytes(): Uint8Array {
    return imageBytes(this.words, this.#count * 2 * halfWords);
  }

  /** Halves that are not free. */
  get used(): number {
    return (this.#count - this.#freeLines.length) * 2 - this.#freeHalves.size;
  }

  /** Whether a quarter of the room is not used. */
  get isWasteful(): boolean {
    const free = this.#count * 2 - this.used;
    return free > 2048 && free * 2 > this.#count;
  }

  clear(): void {
    this.#count = 0;
    this.#freeLines = [];
    this.#freeHalves.clear();
  }

  takeLine(): number {
    const line = this.#freeLines.pop() ?? this.#count++;
    this.words = grown(this.words, this.#count * 2 * halfWords);
    return line * 2;
  }

  takeHalf(): number {
    for (const half of this.#freeHalves) {
      this.#freeHalves.delete(half);
      return half;
    }
    const line = this.takeLine();
    this.#freeHalves.add(line + 1);
    return line;
  }

  freeLine(place: number): void {
    this.#freeLines.push(place >>> 1);
  }

  freeHalf(place: number): void {
    if (this.#freeHalves.delete(place ^ 1)) this.freeLine(place & ~1);
    else this.#freeHalves.add(place);
  }

  at(place: number, word: number): number {
    return at(this.words, place * halfWords + word);
  }
}
