import { setTimeout as sleep } from 'node:timers/promises';
import { TokenBucket } from '../controller/token-bucket.ts';
import { FairTurns } from './fair-turns.ts';
import { type Urgency, urgencies } from './urgency.ts';

/** Ends a write: it was answered, or there is none. */
export type Release = () => void;

/** Of the most in a second: what goes on and on, what may be made up for at once, and what may be on its way. */
const parts = { steady: 9 / 10, burst: 1 / 5, onTheirWay: 4 / 25 };
/** A second, and a little more for clocks that differ. */
const windowMs = 1_010;

/**
 * Lets all writes of one operator through at a bounded rate. A write reaches the API server some time between its pass
 * and its release. So a pass waits while as many as may be in a second are on their way or were released within the last
 * one: then no second has more, also where the API server, or this program, stands still for a while.
 */
export class WriteGate {
  readonly #most: { readonly inASecond: number; readonly onTheirWay: number };
  readonly #clock: () => number;
  readonly #bucket: TokenBucket;
  readonly #turns = new FairTurns();
  readonly #waiting = new Map<Urgency, Waiter[]>(urgencies.map((urgency) => [urgency, []]));
  readonly #signal: AbortSignal;
  /** When writes were released, the oldest first. */
  #released: number[] = [];
  #onTheirWay = 0;
  #isOpening = false;

  /**
   * @param perSecond the most in any second
   * @param clock milliseconds, monotonic
   */
  constructor(perSecond: number, clock: () => number, signal: AbortSignal) {
    const part = (of: number): number => Math.max(1, Math.floor(perSecond * of));
    this.#most = { inASecond: perSecond, onTheirWay: part(parts.onTheirWay) };
    this.#clock = clock;
    this.#bucket = new TokenBucket({ perSecond: part(parts.steady), burst: part(parts.burst) }, clock);
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
    while (this.#onTheirWay < this.#most.onTheirWay && urgencies.some((one) => this.waiting(one) > 0)) {
      await this.#sleep(this.#bucket.take());
      for (let ms = this.#fullMs(); ms > 0; ms = this.#fullMs()) await this.#sleep(ms);
      const next = this.#turns.next((urgency) => this.waiting(urgency) > 0);
      // None where the signal has aborted.
      if (next) this.#waiting.get(next)?.shift()?.(this.#begin());
    }
    this.#isOpening = false;
  }

  /** What is due already does not wait for the rest of the program. */
  async #sleep(ms: number): Promise<void> {
    if (ms > 0 && !this.#signal.aborted)
      await sleep(ms, undefined, { signal: this.#signal }).catch(() => undefined);
  }

  /** How long until another write may begin, in milliseconds. */
  #fullMs(): number {
    const now = this.#clock();
    this.#released = this.#released.filter((at) => now - at < windowMs);
    const over = this.#onTheirWay + this.#released.length - this.#most.inASecond;
    const freed = over < 0 ? undefined : this.#released[over];
    return freed === undefined || this.#signal.aborted ? 0 : freed + windowMs - now;
  }

  #begin(): Release {
    let isOver = false;
    this.#onTheirWay += 1;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#onTheirWay -= 1;
      this.#released.push(this.#clock());
      if (!this.#isOpening) void this.#open();
    };
  }
}

type Waiter = (passed: Release | undefined) => void;
