import type { Log } from '@weir/log/log.ts';
import { type QueueMetrics, WorkQueue, type WorkQueueOptions } from './work-queue.ts';

/** What became of one look at a key. */
export type Outcome =
  | { readonly kind: 'done' }
  /** All is as it should be for now; look again after so many milliseconds. */
  | { readonly kind: 'later'; readonly ms: number }
  /** Try again, with growing waits. Something thrown means the same. */
  | { readonly kind: 'failed'; readonly reason: string };

export const done: Outcome = { kind: 'done' };
export const later = (ms: number): Outcome => ({ kind: 'later', ms });
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

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#queue = new WorkQueue(options);
  }

  /** Keys that are added before are kept. */
  start(): void {
    const { workers = 1 } = this.#options;
    this.#workers = Promise.all(Array.from({ length: workers }, () => this.#work()));
  }

  /** Something that the key's reconciliation looks at has changed. */
  enqueue(key: string): void {
    this.#queue.add(key);
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
      return failed(error instanceof Error ? error.message : String(error));
    }
  }

  #settle(key: string, outcome: Outcome): void {
    const { name, log } = this.#options;
    switch (outcome.kind) {
      case 'done':
        this.#queue.forget(key);
        return;
      case 'later':
        this.#queue.forget(key);
        this.#queue.addAfter(key, outcome.ms);
        return;
      case 'failed': {
        const ms = this.#queue.retry(key);
        log.warn('reconcile is tried again', {
          controller: name,
          key,
          reason: outcome.reason,
          retryMs: Math.round(ms),
        });
        return;
      }
    }
  }
}
