import { setTimeout as sleep } from 'node:timers/promises';
import { type Rate, TokenBucket } from '../controller/token-bucket.ts';

/** `urgent`: somebody may wait for it; `routine`: numbers that go on, and what was there before. */
export type Urgency = 'urgent' | 'routine';

/** Even while urgent writes wait, one of so many is a routine one. */
const share = 4;

/** Lets all writes of one operator through at a bounded rate; the burst counts, so no second has more than the rate. */
export class WriteGate {
  readonly #bucket: TokenBucket;
  readonly #waiting: Record<Urgency, Waiter[]> = { urgent: [], routine: [] };
  readonly #signal: AbortSignal;
  #passed = 0;
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
    const passed = new Promise<boolean>((resolve) => this.#waiting[urgency].push(resolve));
    if (!this.#isOpening) void this.#open();
    return passed;
  }

  async #open(): Promise<void> {
    this.#isOpening = true;
    while (this.#depth > 0) {
      await sleep(this.#bucket.take(), undefined, { signal: this.#signal }).catch(() => undefined);
      if (this.#signal.aborted) break;
      this.#next()?.(true);
    }
    this.#isOpening = false;
    const { urgent, routine } = this.#waiting;
    if (this.#signal.aborted) for (const waiter of [...urgent.splice(0), ...routine.splice(0)]) waiter(false);
  }

  get #depth(): number {
    return this.#waiting.urgent.length + this.#waiting.routine.length;
  }

  #next(): Waiter | undefined {
    const { urgent, routine } = this.#waiting;
    this.#passed += 1;
    const [first, second] = this.#passed % share === 0 ? [routine, urgent] : [urgent, routine];
    return first.shift() ?? second.shift();
  }
}

type Waiter = (passed: boolean) => void;
