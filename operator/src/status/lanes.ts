import { Controller, type ControllerOptions, done, later, type Outcome } from '../controller/controller.ts';
import { ApiError } from '../source/kube/api-error.ts';
import type { Urgency } from './write-gate.ts';
import type { Writing } from './writing.ts';

export interface LanesOptions {
  readonly writing: Writing;
  /** Of the controllers, which have "-urgent" and "-routine" behind it. */
  readonly name: string;
  /** How long an added routine key waits for more of the same, in milliseconds. */
  readonly settleMs: number;
  /** Brings the key to what it should be; not called while this operator does not lead. */
  readonly reconcile: (key: string, urgency: Urgency) => Promise<Outcome>;
}

/** Before a key that is in the other lane's hands is looked at again. */
const busyMs = 5;
/** Before a key that somebody else has changed is. */
const changedMs = 200;

/**
 * A controller for what somebody may wait for and one for all else, so that a crowd of the latter is never in the
 * way. A key is in one pair of hands at a time.
 */
export class Lanes {
  readonly #options: LanesOptions;
  readonly #controllers: Readonly<Record<Urgency, Controller>>;
  readonly #busy = new Set<string>();

  constructor(options: LanesOptions) {
    this.#options = options;
    this.#controllers = {
      urgent: this.#controller('urgent', 0),
      routine: this.#controller('routine', options.settleMs),
    };
  }

  start(): void {
    for (const one of Object.values(this.#controllers)) one.start();
  }

  async stop(): Promise<void> {
    await Promise.all(Object.values(this.#controllers).map((one) => one.stop()));
  }

  /** What a standby is told it looks at when it leads. */
  enqueue(key: string, urgency: Urgency): void {
    if (this.#options.writing.leading()) this.#controllers[urgency].enqueue(key);
  }

  #controller(urgency: Urgency, coalesceMs: number): Controller {
    const { writing, name } = this.#options;
    const full = `${name}-${urgency}`;
    const metrics = writing.metrics(full);
    const options: ControllerOptions = {
      name: full,
      clock: writing.monotonic,
      random: writing.random,
      log: writing.log,
      workers: 4,
      coalesceMs,
      reconcile: (key) => this.#reconcile(key, urgency),
    };
    return new Controller(metrics ? { ...options, metrics } : options);
  }

  async #reconcile(key: string, urgency: Urgency): Promise<Outcome> {
    const { writing, reconcile } = this.#options;
    if (!writing.leading()) return done;
    if (this.#busy.has(key)) return later(busyMs);
    this.#busy.add(key);
    try {
      return await reconcile(key, urgency);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // It is gone, which the watch tells, or there is nothing that could be written to.
      if (error.notFound) return done;
      // Another one, or newer: the watch will have told by then.
      if (error.conflict) return later(changedMs);
      throw error;
    } finally {
      this.#busy.delete(key);
    }
  }
}
