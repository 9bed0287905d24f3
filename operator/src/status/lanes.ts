import { Controller, done, failed, type Outcome, untried } from '../controller/controller.ts';
import { ApiError } from '../source/kube/api-error.ts';
import type { Urgency } from './urgency.ts';
import type { Writing } from './writing.ts';

/** What a key needs: a write, or nothing for now. */
export type Need = Outcome | { readonly kind: 'write'; readonly urgency: Urgency };

export const write = (urgency: Urgency): Need => ({ kind: 'write', urgency });

export interface LanesOptions {
  readonly writing: Omit<Writing, 'client' | 'write' | 'clock'>;
  /** Of the controllers, which have "-look", or "-" and an urgency, behind it. */
  readonly name: string;
  /** How long an added key waits for more of the same, in milliseconds. */
  readonly settleMs: number;
  /** Of the needs that there may be. */
  readonly urgencies: readonly Urgency[];
  /** What the key needs as things are now. */
  readonly look: (key: string) => Need;
  /**
   * Writes what the key needs now, by one request at most, since it has one turn. It may be nothing any more. Not
   * called while this operator does not lead.
   */
  readonly write: (key: string) => Promise<Outcome>;
}

/** Before a key that is being written is looked at again. */
const busyMs = 5;
/** Of a key whose write fails again and again; the first is as long as a watch takes to tell what has changed. */
const retryMs = { first: 100, most: 30_000 };
/** Few of those that fail are written at a time as it is: none has to wait for what others have used up. */
const retryRate = { perSecond: 1_000, burst: 1_000 };
/** How many keys that failed when they were written last are written at a time: they may all wait for an answer. */
const mostFailed = 2;
/** Before one more of them is looked at again. */
const failedMs = 500;
/** How many of one lane may wait at the gate, which lets no more at a time through. */
const writers = 8;

interface Failure {
  /** How many writes of all keys had been answered by then. */
  readonly answers: number;
  /** It is not that the API server was away, or that somebody else was first. */
  readonly isOwn: boolean;
}

/**
 * Looks at keys as soon as they change, and has a lane of its own for the writes of each urgency: those that wait for
 * their turn are never in the way of others, or of looking. A key is written by one at a time.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #looking: Controller;
  readonly #lanes: ReadonlyMap<Urgency, Controller>;
  readonly #busy = new Set<string>();
  /** Keys whose last write failed. */
  readonly #failed = new Map<string, Failure>();
  #retrying = 0;

  constructor(options: LanesOptions) {
    this.#options = options;
    this.#looking = this.#controller('look', options.settleMs, 1, async (key) => this.#look(key));
    this.#lanes = new Map(
      options.urgencies.map((urgency) => [
        urgency,
        this.#controller(urgency, 0, writers, (key) => this.#write(key, urgency)),
      ]),
    );
  }

  start(): void {
    for (const one of this.#controllers) one.start();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#controllers.map((one) => one.stop()));
  }

  /**
   * Something about the key has changed. What a standby is told it looks at when it leads.
   *
   * @param ms how long it may wait for more of the same; `settleMs` unless told
   */
  changed(key: string, ms = this.#options.settleMs): void {
    if (this.#options.writing.leading()) this.#looking.enqueue(key, ms);
  }

  /** Writes of the urgency that wait for somebody to take them; those that wait for their turn are at the gate. */
  depth(urgency: Urgency): number {
    return this.#lanes.get(urgency)?.depth ?? 0;
  }

  get #controllers(): readonly Controller[] {
    return [this.#looking, ...this.#lanes.values()];
  }

  #controller(
    suffix: string,
    coalesceMs: number,
    workers: number,
    reconcile: (key: string) => Promise<Outcome>,
  ): Controller {
    const { writing } = this.#options;
    const name = `${this.#options.name}-${suffix}`;
    const metrics = writing.metrics(name);
    const { monotonic: clock, random, log } = writing;
    return new Controller({
      ...{ name, clock, random, log, workers, coalesceMs, retryMs, retryRate, reconcile },
      ...(metrics && { metrics }),
    });
  }

  #look(key: string): Outcome {
    const { writing, look } = this.#options;
    if (!writing.leading()) return done;
    const need = look(key);
    if (need.kind !== 'write') return need;
    this.#lanes.get(need.urgency)?.enqueue(key);
    return done;
  }

  async #write(key: string, urgency: Urgency): Promise<Outcome> {
    const { writing, look } = this.#options;
    if (!writing.leading()) return done;
    const need = look(key);
    if (need.kind !== 'write') {
      this.#failed.delete(key);
      return need;
    }
    if (need.urgency !== urgency) {
      this.#lanes.get(need.urgency)?.enqueue(key);
      return done;
    }
    if (!this.#failed.get(key)?.isOwn) return this.#passAndWrite(key, urgency);
    if (this.#retrying >= mostFailed) return untried(failedMs);
    this.#retrying += 1;
    try {
      return await this.#passAndWrite(key, urgency);
    } finally {
      this.#retrying -= 1;
    }
  }

  async #passAndWrite(key: string, urgency: Urgency): Promise<Outcome> {
    const { writing } = this.#options;
    const release = await writing.gate.pass(urgency);
    try {
      return release && writing.leading() ? await this.#writeAlone(key) : done;
    } finally {
      release?.();
    }
  }

  async #writeAlone(key: string): Promise<Outcome> {
    if (this.#busy.has(key)) return untried(busyMs);
    this.#busy.add(key);
    const { answers } = this.#options.writing;
    const before = this.#failed.get(key)?.answers ?? answers();
    try {
      const outcome = await this.#options.write(key);
      this.#failed.delete(key);
      return outcome;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.#outcomeOf(key, error, before);
    } finally {
      this.#busy.delete(key);
    }
  }

  /** @param before how many writes had been answered when this one began, or failed before */
  #outcomeOf(key: string, error: ApiError, before: number): Outcome {
    const answers = this.#options.writing.answers();
    // It is gone, which the watch tells, or there is nothing that could be written to.
    if (error.notFound) {
      this.#failed.delete(key);
      return done;
    }
    // Where others were answered meanwhile it is this key's own trouble, and not that of the API server.
    const isAway = error.away && answers === before;
    this.#failed.set(key, { answers, isOwn: !isAway && !error.conflict });
    return isAway ? { kind: 'away', reason: error.message } : failed(error.message);
  }
}
