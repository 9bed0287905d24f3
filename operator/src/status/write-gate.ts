import { setTimeout as sleep } from 'node:timers/promises';
import { type Rate, TokenBucket } from '../controller/token-bucket.ts';
import { FairTurns } from './fair-turns.ts';
import { type Urgency, urgencies } from './urgency.ts';

/** Lets all writes of one operator through at a bounded rate; the burst counts, so no second has more than the rate. */
export class WriteGate {
  readonly #bucket: TokenBucket;
  readonly #turns = new FairTurns();
  readonly #waiting = new Map<Urgency, Waiter[]>(urgencies.map((urgency) => [urgency, []]));
  readonly #signal: AbortSignal;
  #isOpening = false;

  /**
   * @param perSecond the most in any second
   * @param clock milliseconds, monotonic
   */
  constructor(perSecond: number, clock: () => number, signal: AbortSignal) {
    // Some room is left for requests that are on their way for different times.
    const burst = Math.max(1, Math.floor(perSecond / 12));
    const rate: Rate = { perSecond: Math.max(1, perSecond - 2 * burst), burst };
    this.#bucket = new TokenBucket(rate, clock);
    this.#signal = signal;
  }

  /** Resolves when a write may go: false where the signal aborted before. */
  pass(urgency: Urgency): Promise<boolean> {
    if (this.#signal.aborted) return Promise.resolve(false);
    const passed = new Promise<boolean>((resolve) => this.#waiting.get(urgency)?.push(resolve));
    if (!this.#isOpening) void this.#open();
    return passed;
  }

  /** How many wait. */
  waiting(urgency: Urgency): number {
    return this.#waiting.get(urgency)?.length ?? 0;
  }

  async #open(): Promise<void> {
    this.#isOpening = true;
    while (urgencies.some((urgency) => this.waiting(urgency) > 0)) {
      await sleep(this.#bucket.take(), undefined, { signal: this.#signal }).catch(() => undefined);
      if (this.#signal.aborted) break;
      const next = this.#turns.next((urgency) => this.waiting(urgency) > 0);
      if (next) this.#waiting.get(next)?.shift()?.(true);
    }
    this.#isOpening = false;
    if (!this.#signal.aborted) return;
    for (const waiters of this.#waiting.values()) for (const waiter of waiters.splice(0)) waiter(false);
  }
}

type Waiter = (passed: boolean) => void;
