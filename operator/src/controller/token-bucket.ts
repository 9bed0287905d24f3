/** How many retries of all keys together are allowed: `burst` at once, and then so many a second. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Lets through a bounded rate; what is over it waits. */
export class TokenBucket {
  readonly #rate: Rate;
  readonly #clock: () => number;
  /** Negative: so many are waiting. */
  #tokens: number;
  #at: number;

  /** @param clock milliseconds, monotonic */
  constructor(rate: Rate, clock: () => number) {
    this.#rate = rate;
    this.#clock = clock;
    this.#tokens = rate.burst;
    this.#at = clock();
  }

  /** Takes a token, also one that is still to come. @returns milliseconds until it is there */
  take(): number {
    const { perSecond, burst } = this.#rate;
    const now = this.#clock();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) * perSecond) / 1000) - 1;
    this.#at = now;
    return Math.max(0, (-this.#tokens * 1000) / perSecond);
  }
}
