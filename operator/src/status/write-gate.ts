import { setTimeout as sleep } from 'node:timers/promises';
import { type Rate, TokenBucket } from '../controller/token-bucket.ts';
import { FairTurns } from './fair-turns.ts';
import { type Urgency, urgencies } from './urgency.ts';

/** Ends a write: it was answered, or there is none. */
export type Release = () => void;

/** How many of the writes of a second are for those that begin at once, and for those that are on their way. */
const parts = { burst: 1 / 25, onTheirWay: 4 / 25 };

/**
 * Lets all writes of one operator through at a bounded rate. What is on its way is bounded too, and both together are
 * the rate: so an API server that stands still for a while does not get more in the second after that.
 */
export class WriteGate {
  readonly #bucket: TokenBucket;
  readonly #mostOnTheirWay: number;
  readonly #turns = new FairTurns();
  readonly #waiting = new Map<Urgency, Waiter[]>(urgencies.map((urgency) => [urgency, []]));
  readonly #signal: AbortSignal;
  #onTheirWay = 0;
  #isOpening = false;

  /**
   * @param perSecond the most in any second
   * @param clock milliseconds, monotonic
   */
  constructor(perSecond: number, clock: () => number, signal: AbortSignal) {
    const burst = Math.max(1, Math.floor(perSecond * parts.burst));
    this.#mostOnTheirWay = Math.max(1, Math.floor(perSecond * parts.onTheirWay));
    const rate: Rate = { perSecond: Math.max(1, perSecond - burst - this.#mostOnTheirWay), burst };
    this.#bucket = new TokenBucket(rate, clock);
    this.#signal = signal;
    const refuse = () => {
      for (const waiters of this.#waiting.values()) for (const waiter of waiters.splice(0)) waiter(undefined);
    };
    signal.addEventListener('abort', refuse, { once: true });
  }

  /** Resolves when one write may go, whose end has to be told: undefined where the signal aborted before. */
  pass(urgency: Urgency): Promise<Release | undefined> {
    if (this.#signal.aborted) return Promise.resolve(undefined);
    const passed = new Promise<Release | undefined>((resolve) => this.#waiting.get(urgency)?.push(resolve));
    if (!this.#isOpening) void this.#open();
    return passed;
  }

  /** How many wait. */
  waiting(urgency: Urgency): number {
    return this.#waiting.get(urgency)?.length ?? 0;
  }

  async #open(): Promise<void> {
    this.#isOpening = true;
    while (this.#onTheirWay < this.#mostOnTheirWay && urgencies.some((one) => this.waiting(one) > 0)) {
      await sleep(this.#bucket.take(), undefined, { signal: this.#signal }).catch(() => undefined);
      const next = this.#turns.next((urgency) => this.waiting(urgency) > 0);
      // None where the signal has aborted.
      if (next) this.#waiting.get(next)?.shift()?.(this.#begin());
    }
    this.#isOpening = false;
  }

  #begin(): Release {
    let isOver = false;
    this.#onTheirWay += 1;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#onTheirWay -= 1;
      if (!this.#isOpening) void this.#open();
    };
  }
}

type Waiter = (passed: Release | undefined) => void;
