import { at } from './words.ts';

/** Blocks that lie around one address behind a byte, and the ground under them. */
const mostOpen = 20;
/** A value for each of 256 bytes, what is before them, and room for a block that ends and one that begins. */
const mostSpans = 260;

/**
 * The values along a window of the address as runs of equal ones: run i has `values[i]` from `starts[i]` on. Run 0 is
 * what the block around the window has; it starts before the window, so it is all there where nothing else is said.
 */
export class Spans {
  readonly starts = new Int32Array(mostSpans);
  readonly values = new Uint32Array(mostSpans);
  size = 0;
  readonly #ends = new Uint32Array(mostOpen);
  readonly #open = new Uint32Array(mostOpen);
  #depth = 0;

  begin(inherited: number): void {
    this.size = 1;
    this.starts[0] = -1;
    this.values[0] = inherited;
    this.#ends[0] = 0xffff_ffff;
    this.#open[0] = inherited;
    this.#depth = 0;
  }

  /** Value at `start` by the blocks so far; starts ascend. */
  around(start: number): number {
    this.#close(start);
    return at(this.#open, this.#depth);
  }

  /** A block [start, end) inside or behind those so far. */
  add(start: number, end: number, value: number): void {
    this.#close(start);
    this.#change(start, value);
    this.#depth++;
    this.#ends[this.#depth] = end;
    this.#open[this.#depth] = value;
  }

  /** Ends the window before `end`. */
  finish(end: number): void {
    this.#close(end - 1);
  }

  #close(start: number): void {
    while (at(this.#ends, this.#depth) <= start) {
      const end = at(this.#ends, this.#depth--);
      this.#change(end, at(this.#open, this.#depth));
    }
  }

  #change(start: number, value: number): void {
    if (this.starts[this.size - 1] === start) this.size--;
    if (this.values[this.size - 1] === value) return;
    this.starts[this.size] = start;
    this.values[this.size] = value;
    this.size++;
  }
}
