import type { Digest } from '@weir/proto/digest.ts';
import type { BundleChange } from '../bundle.ts';
import { AgentError } from '../errors.ts';
import type { AppliedResult, Counts } from './applied-result.ts';
import type { Incoming, IncomingDelta } from './assemble.ts';
import type { Desired } from './desired.ts';
import type { Enforced } from './last-good-format.ts';
import { limits } from './limits.ts';
import { prepareChange } from './prepare-change.ts';

/** The end of one attempt. */
export interface Attempt {
  /** That was tried. */
  readonly revision: number;
  /** Of what is enforced now; undefined: nothing. */
  readonly digest: Digest | undefined;
  readonly durationNs: number;
  readonly result: AppliedResult;
}

export interface ApplyOptions {
  /** What is enforced at the start; the queue alters it. */
  readonly desired: Desired;
  /** Makes it so. The bundle in the change stays as it is until the promise is settled, and no longer. */
  readonly onChange: (change: BundleChange) => Promise<AppliedResult>;
  readonly onAttempt: (attempt: Attempt) => void;
  /** The next in the queue does not follow from what is here: the queue is empty now and a snapshot is needed. */
  readonly onViolation: (error: AgentError) => void;
  /** Milliseconds with fractions, monotonic. */
  readonly clock: () => number;
}

interface Entry {
  readonly incoming: Incoming;
  /** By the clock, of its last chunk. */
  readonly arrived: number;
}

/** A change that the bundle already has in it, and how to take it out again. */
interface Trial {
  readonly change: BundleChange;
  readonly undo: () => void;
}

const noCounts: Counts = { endpoints: 0, tables: 0, prefixes: 0, uncovered: 0 };

/** Applies what has come in order, one at a time; a bundle that could not be applied is taken back. */
export class ApplyQueue {
  readonly #options: ApplyOptions;
  #desired: Desired;
  #entries: Entry[] = [];
  #running: Promise<void> | undefined;
  /** After a failure the receiver's own state may be between two bundles. */
  #rebuild = false;
  #counts = noCounts;

  constructor(options: ApplyOptions) {
    this.#options = options;
    this.#desired = options.desired;
  }

  /** What is enforced; undefined while that is changing or where there is nothing. */
  capture(): Enforced | undefined {
    const { revision, digest } = this.#desired;
    if (this.#running !== undefined || revision === 0) return undefined;
    return { revision, digest, fields: this.#desired.encoded() };
  }

  /** Whether something is being applied. */
  get busy(): boolean {
    return this.#running !== undefined;
  }

  /** Settled when nothing is being applied. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /** Revision and digest of what is enforced, while the queue is idle. */
  get enforced(): { readonly revision: number; readonly digest: Digest | undefined } {
    const { revision, digest } = this.#desired;
    return { revision, digest: revision === 0 ? undefined : digest };
  }

  /** Throws an AgentError `sync-violation` where the operator is too far ahead. */
  push(incoming: Incoming): void {
    if (this.#entries.length >= limits.queue) {
      this.clear();
      throw new AgentError('sync-violation', `more than ${limits.queue} revisions ahead`);
    }
    this.#entries.push({ incoming, arrived: this.#options.clock() });
    this.#running ??= this.#run();
  }

  /** Forgets what has not begun. */
  clear(): void {
    this.#entries = [];
  }

  async #run(): Promise<void> {
    // Not before push has returned.
    await undefined;
    for (let entry = this.#entries.shift(); entry; entry = this.#entries.shift()) await this.#apply(entry);
    this.#running = undefined;
  }

  async #apply({ incoming, arrived }: Entry): Promise<void> {
    const { onViolation, onAttempt, clock } = this.#options;
    let trial: Trial;
    try {
      trial = this.#try(incoming);
    } catch (thrown) {
      this.clear();
      onViolation(AgentError.from(thrown, 'sync-violation'));
      return;
    }
    const { revision } = trial.change.bundle;
    const result = await this.#call(trial.change);
    this.#rebuild = result.kind === 'refused';
    this.#counts = result.counts;
    if (result.kind === 'refused') {
      trial.undo();
      this.clear();
    }
    const durationNs = Math.max(0, Math.round((clock() - arrived) * 1e6));
    onAttempt({ revision, digest: this.enforced.digest, durationNs, result });
  }

  async #call(change: BundleChange): Promise<AppliedResult> {
    try {
      return await this.#options.onChange(change);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown.message : String(thrown);
      return { kind: 'refused', error: error || 'failed without a message', counts: this.#counts };
    }
  }

  #try(incoming: Incoming): Trial {
    if (incoming.kind === 'delta') return this.#tryDelta(incoming);
    const former = this.#desired;
    this.#desired = incoming.bundle;
    return {
      change: { bundle: incoming.bundle, whole: true, upserts: [], removes: [] },
      undo: () => {
        this.#desired = former;
      },
    };
  }

  #tryDelta(incoming: IncomingDelta): Trial {
    const desired = this.#desired;
    const revision = prepareChange(desired, incoming);
    const back = desired.commit(revision);
    const upserts = revision.steps.flatMap(({ next }) => (next ? [next.item] : []));
    const removes = revision.steps
      .filter(({ next }) => !next)
      .map(({ kind, key }) => ({ kind, key: Buffer.from(key, 'latin1') }));
    return {
      change: { bundle: desired, whole: this.#rebuild, upserts, removes },
      undo: () => {
        desired.commit(back);
      },
    };
  }
}
