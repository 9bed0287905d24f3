/** Waits that double from try to try, each shortened by chance so that many agents don't come at once. */
export class Backoff {
  readonly #first: number;
  readonly #most: number;
  readonly #random: () => number;
  #tries = 0;

  /**
   * @param first milliseconds before the second try
   * @param most milliseconds at most
   * @param random from 0 to 1
   */
  constructor(first: number, most: number, random: () => number) {
    this.#first = first;
    this.#most = most;
    this.#random = random;
  }

  /** Milliseconds to wait now: between half and the whole of the present step. */
  next(): number {
    const step = Math.min(this.#most, this.#first * 2 ** Math.min(this.#tries, 30));
    this.#tries += 1;
    return step * (0.5 + this.#random() / 2);
  }

  /** How often next was called since the last reset. */
  get tries(): number {
    return this.#tries;
  }

  reset(): void {
    this.#tries = 0;
  }
}
