/**
 * Waits whose longest doubles from try to try; each is any part of that, by chance ("full jitter"), so that many agents
 * that were left at once spread over all of it.
 */
export class Backoff {
  readonly #first: number;
  readonly #most: number;
  readonly #random: () => number;
  #tries = 0;

  /**
   * @param first the longest wait before the second try, in milliseconds
   * @param most milliseconds at most
   * @param random from 0 to 1
   */
  constructor(first: number, most: number, random: () => number) {
    this.#first = first;
    this.#most = most;
    this.#random = random;
  }

  /** Milliseconds to wait now. */
  next(): number {
    const step = Math.min(this.#most, this.#first * 2 ** Math.min(this.#tries, 30));
    this.#tries += 1;
    return step * this.#random();
  }

  /** How often next was called since the last reset. */
  get tries(): number {
    return this.#tries;
  }

  reset(): void {
    this.#tries = 0;
  }
}
