import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@weir/log/log.ts';
import { type BackoffMs, backoffMs } from '../backoff.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { type QueueMetrics, WorkQueue, type WorkQueueOptions } from './work-queue.ts';

/** What became of one look at a key. */
export type Outcome =
  | { readonly kind: 'done' }
  /** All is as it should be for now; look again after so many milliseconds. */
  | { readonly kind: 'later'; readonly ms: number }
  /** Nothing was tried, so that it has neither failed nor not; look again after so many milliseconds. */
  | { readonly kind: 'untried'; readonly ms: number }
  /** Try again, with growing waits. Something thrown means the same. */
  | { readonly kind: 'failed'; readonly reason: string }
  /**
   * What all keys need is away: no key is tried for a while, and each at once when it is back. An ApiError that is
   * thrown and says that the API server serves nobody means the same.
   */
  | { readonly kind: 'away'; readonly reason: string };

export const done: Outcome = { kind: 'done' };
export const later = (ms: number): Outcome => ({ kind: 'later', ms });
export const untried = (ms: number): Outcome => ({ kind: 'untried', ms });
export const failed = (reason: string): Outcome => ({ kind: 'failed', reason });

export interface ControllerMetrics extends QueueMetrics {
  /** A look took so many milliseconds. */
  worked(ms: number, outcome: Outcome['kind']): void;
}

export interface ControllerOptions extends Omit<WorkQueueOptions, 'metrics'> {
  /** For the log. */
  readonly name: string;
  /**
   * Brings what the key names to what it should be, going by how things are now: it is not told what changed, and
   * it is called again without any change. The signal aborts when the controller stops.
   */
  readonly reconcile: (key: string, signal: AbortSignal) => Promise<Outcome>;
  /** How many keys are worked on at a time; 1 unless told. */
  readonly workers?: number;
  /** Before the next try of any key where the API server is away; 0.2 s to 5 s unless told. */
  readonly awayMs?: BackoffMs;
  readonly log: Log;
  readonly metrics?: ControllerMetrics;
}

/** Reconciles keys: each until it is as it should be, one at a time, several keys side by side. */
export class Controller {
  readonly #options: ControllerOptions;
  readonly #queue: WorkQueue;
  readonly #stop = new AbortController();
  /** Keys that are worked on, with the time since when. */
  readonly #since = new Map<string, number>();
  #workers: Promise<unknown> = Promise.resolve();
  /** How often in a row what all need was away, and until when nothing is tried. */
  #away = { times: 0, until: Number.NEGATIVE_INFINITY };

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#queue = new WorkQueue(options);
  }

  /** Keys that are added before are kept. */
  start(): void {
    const { workers = 1 } = this.#options;
    this.#workers = Promise.all(Array.from({ length: workers }, () => this.#work()));
  }

  /** Something that the key's reconciliation looks at has changed. @param ms as of the queue's `add` */
  enqueue(key: string, ms?: number): void {
    this.#queue.add(key, ms);
  }

  /** Resolves when no reconcile is running. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#queue.close();
    await this.#workers;
  }

  get depth(): number {
    return this.#queue.depth;
  }

  /** How long the longest reconcile that is running has been, in milliseconds. */
  get longestMs(): number {
    const first = Math.min(...this.#since.values());
    return Number.isFinite(first) ? this.#options.clock() - first : 0;
  }

  async #work(): Promise<void> {
    for (;;) {
      const key = await this.#queue.take();
      if (key === undefined) return;
      await this.#waitOut();
      const began = this.#options.clock();
      this.#since.set(key, began);
      const outcome = await this.#look(key);
      this.#since.delete(key);
      this.#options.metrics?.worked(this.#options.clock() - began, outcome.kind);
      this.#settle(key, outcome);
      this.#queue.done(key);
    }
  }

  async #look(key: string): Promise<Outcome> {
    try {
      return await this.#options.reconcile(key, this.#stop.signal);
    } catch (error) {
      if (this.#stop.signal.aborted) return done;
      const reason = error instanceof Error ? error.message : String(error);
      return error instanceof ApiError && error.away ? { kind: 'away', reason } : failed(reason);
    }
  }

  async #waitOut(): Promise<void> {
    const { signal } = this.#stop;
    for (;;) {
      const ms = this.#away.until - this.#options.clock();
      if (ms <= 0 || signal.aborted) return;
      await sleep(ms, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Workers that fail together count as one. @returns how long nothing is tried, in milliseconds */
  #wentAway(): number {
    const { clock, random, awayMs = { first: 200, most: 5_000 } } = this.#options;
    const now = clock();
    if (this.#away.until <= now) {
      const times = this.#away.times + 1;
      this.#away = { times, until: now + backoffMs(times, awayMs, random) };
    }
    return this.#away.until - now;
  }

  #settle(key: string, outcome: Outcome): void {
    if (outcome.kind !== 'away' && outcome.kind !== 'untried') this.#away.times = 0;
    switch (outcome.kind) {
      case 'done':
        this.#queue.forget(key);
        return;
      case 'later':
        this.#queue.forget(key);
        this.#queue.addAfter(key, outcome.ms);
        return;
      case 'untried':
        this.#queue.addAfter(key, outcome.ms);
        return;
      case 'failed':
        this.#warn(key, outcome.reason, this.#queue.retry(key));
        return;
      case 'away':
        this.#queue.again(key);
        this.#warn(key, outcome.reason, this.#wentAway());
        return;
    }
  }

  #warn(key: string, reason: string, ms: number): void {
    const { name: controller, log } = this.#options;
    log.warn('reconcile is tried again', { controller, key, reason, retryMs: Math.round(ms) });
  }
}
