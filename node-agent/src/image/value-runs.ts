import { at, grown, imageBytes } from './words.ts';

/** The runs of values of wide nodes, with room that was given back. */
export class ValueRuns {
  #values = new Uint32Array(64);
  #count = 0;
  #free = new Map<number, number[]>();
  #freeCount = 0;

  get bytes(): Uint8Array {
    return imageBytes(this.#values, this.#count);
  }

  /** Values in runs that are not free. */
  get used(): number {
    return this.#count - this.#freeCount;
  }

  /** Whether a quarter of the room is not used. */
  get isWasteful(): boolean {
    return this.#freeCount > 4096 && this.#freeCount * 4 > this.#count;
  }

  clear(): void {
    this.#count = 0;
    this.#free = new Map();
    this.#freeCount = 0;
  }

  /** First index of a run of these values. */
  add(values: Uint32Array<ArrayBuffer>): number {
    const base = this.#room(values.length);
    this.#values.set(values, base);
    return base;
  }

  at(index: number): number {
    return at(this.#values, index);
  }

  free(base: number, length: number): void {
    const runs = this.#free.get(length);
    if (runs) runs.push(base);
    else this.#free.set(length, [base]);
    this.#freeCount += length;
  }

  #room(length: number): number {
    const free = this.#free.get(length)?.pop();
    if (free !== undefined) {
      this.#freeCount -= length;
      return free;
    }
    const base = this.#count;
    this.#count += length;
    this.#values = grown(this.#values, this.#count);
    return base;
  }
}
