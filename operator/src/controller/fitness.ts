/** Whether a candidate could serve if it led, and for how long it could not. */
export class Fitness {
  readonly #failure: () => string | undefined;
  readonly #clock: () => number;
  readonly #patienceMs: number;
  #unfitSince: number | undefined;

  /**
   * @param failure why it could not serve now; undefined: it could
   * @param clock milliseconds, monotonic
   * @param patienceMs how long it may be unable before that counts
   */
  constructor(failure: () => string | undefined, clock: () => number, patienceMs: number) {
    this.#failure = failure;
    this.#clock = clock;
    this.#patienceMs = patienceMs;
  }

  /** Why it can't serve now; undefined: it can. */
  look(): string | undefined {
    const failure = this.#failure();
    this.#unfitSince = failure === undefined ? undefined : (this.#unfitSince ?? this.#clock());
    return failure;
  }

  /** Why it has not been able to serve for too long; undefined: it can, or soon may. */
  get lastingFailure(): string | undefined {
    const failure = this.look();
    return this.isPast(this.#unfitSince ?? this.#clock()) ? failure : undefined;
  }

  /** What is repaired by whoever leads has so long again. */
  restart(): void {
    this.#unfitSince = undefined;
  }

  isPast(since: number): boolean {
    return this.#clock() - since >= this.#patienceMs;
  }
}
