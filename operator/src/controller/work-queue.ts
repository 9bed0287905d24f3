import { type BackoffMs, backoffMs } from '../backoff.ts';
import { type Rate, TokenBucket } from './token-bucket.ts';

/** What a queue tells; each call is cheap. */
export interface QueueMetrics {
  /** Keys that are ready and nobody works on. */
  depth(keys: number): void;
  /** A key was taken, so many milliseconds after it was due. */
  waited(ms: number): void;
  retried(): void;
}

export interface WorkQueueOptions {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Of one key that fails again and again; 50 ms to 5 min unless told. */
  readonly retryMs?: BackoffMs;
  /** Of all keys that fail; 10 a second and 100 at once unless told. */
  readonly retryRate?: Rate;
  /** How long an added key waits for more of the same, in milliseconds; 0 unless told. */
  readonly coalesceMs?: number;
  readonly metrics?: QueueMetrics;
}

interface Delayed {
  readonly due: number;
  readonly timer: NodeJS.Timeout;
  /** It has failed: nothing brings it forward. */
  readonly isHeld: boolean;
}

/**
 * Keys to work on, each at most once in the queue and in one pair of hands: a key that is added while it is worked
 * on comes back when that is done.
 */
export class WorkQueue {
  readonly #options: WorkQueueOptions;
  readonly #bucket: TokenBucket;
  /** Ready, oldest first, with the time since when. */
  readonly #ready = new Map<string, number>();
  readonly #processing = new Set<string>();
  /** Added while they were worked on. */
  readonly #again = new Set<string>();
  readonly #delayed = new Map<string, Delayed>();
  readonly #failures = new Map<string, number>();
  #waiting: ((key: string | undefined) => void)[] = [];
  #closed = false;

  constructor(options: WorkQueueOptions) {
    this.#options = options;
    this.#bucket = new TokenBucket(options.retryRate ?? { perSecond: 10, burst: 100 }, options.clock);
  }

  /** Ready keys. */
  get depth(): number {
    return this.#ready.size;
  }

  /** Something about the key has changed. @param ms how long it may wait for more of the same; `coalesceMs` unless told */
  add(key: string, ms = this.#options.coalesceMs ?? 0): void {
    this.addAfter(key, ms);
  }

  /** Adds it after so many milliseconds; of several delays of one key the soonest counts, but one that failed waits. */
  addAfter(key: string, ms: number): void {
    if (this.#closed || this.#ready.has(key) || this.#again.has(key)) return;
    if (this.#delayed.get(key)?.isHeld) return;
    if (ms <= 0) {
      this.#due(key);
      return;
    }
    const former = this.#delayed.get(key);
    if (former && former.due <= this.#options.clock() + ms) return;
    this.#delay(key, ms, false);
  }

  /**
   * Adds it after a wait that grows with each call for the key, until `forget`; changes of the key, also while it was
   * worked on, don't shorten the wait. @returns the wait in milliseconds
   */
  retry(key: string): number {
    const { random, metrics, retryMs = { first: 50, most: 300_000 } } = this.#options;
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    metrics?.retried();
    const ms = backoffMs(failures, retryMs, random) + this.#bucket.take();
    if (this.#closed) return ms;
    this.#again.delete(key);
    if (ms > 0) this.#delay(key, ms, true);
    else this.#due(key);
    return ms;
  }

  /** The key's work could not begin: it is due as soon as it is out of the caller's hands. */
  again(key: string): void {
    this.#options.metrics?.retried();
    this.addAfter(key, 0);
  }

  /** The key's work was done, so that its next failure is a first one. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** The next key, which is the caller's until `done`; undefined once the queue is closed. */
  take(): Promise<string | undefined> {
    const [first] = this.#ready;
    if (this.#closed) return Promise.resolve(undefined);
    if (first === undefined) return new Promise((resolve) => this.#waiting.push(resolve));
    const [key, since] = first;
    this.#ready.delete(key);
    this.#hand(key, since);
    return Promise.resolve(key);
  }

  /** The caller has ended working on the key. */
  done(key: string): void {
    this.#processing.delete(key);
    if (this.#again.delete(key)) this.#due(key);
  }

  /** Nothing is handed out any more. */
  close(): void {
    this.#closed = true;
    for (const { timer } of this.#delayed.values()) clearTimeout(timer);
    this.#delayed.clear();
    this.#ready.clear();
    this.#again.clear();
    for (const resolve of this.#waiting.splice(0)) resolve(undefined);
    this.#options.metrics?.depth(0);
  }

  #delay(key: string, ms: number, isHeld: boolean): void {
    clearTimeout(this.#delayed.get(key)?.timer);
    const timer = setTimeout(() => this.#due(key), ms);
    this.#delayed.set(key, { due: this.#options.clock() + ms, timer, isHeld });
  }

  #due(key: string): void {
    clearTimeout(this.#delayed.get(key)?.timer);
    this.#delayed.delete(key);
    if (this.#closed || this.#ready.has(key)) return;
    if (this.#processing.has(key)) {
      this.#again.add(key);
      return;
    }
    const now = this.#options.clock();
    const taker = this.#waiting.shift();
    if (taker) {
      this.#hand(key, now);
      taker(key);
      return;
    }
    this.#ready.set(key, now);
    this.#options.metrics?.depth(this.#ready.size);
  }

  #hand(key: string, since: number): void {
    const { clock, metrics } = this.#options;
    this.#processing.add(key);
    metrics?.depth(this.#ready.size);
    metrics?.waited(clock() - since);
  }
}
