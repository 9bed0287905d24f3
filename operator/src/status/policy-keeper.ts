import { done, later, type Outcome } from '../controller/controller.ts';
import type { PolicyObject } from '../source/kube/object-facts.ts';
import {
  type Condition,
  type Difference,
  differenceOf,
  type Finding,
  mergeConditions,
  wholeSeconds,
} from './condition.ts';
import { ConditionStore } from './condition-store.ts';
import { Lanes, type Need, write } from './lanes.ts';
import { policyConditionTypes } from './policy-findings.ts';
import type { Urgency } from './urgency.ts';
import type { VersionStore } from './version-store.ts';
import type { Writing } from './writing.ts';

/** What a policy's conditions are to say now. */
export interface PolicyFinding {
  readonly findings: readonly Finding[];
  /** After how many milliseconds time alone may change it; undefined: never. */
  readonly recheckMs: number | undefined;
  /** It will be another one in a moment, or can't be known yet, so that it need not be told. */
  readonly isPassing: boolean;
}

export interface PolicyKeeperOptions extends Writing {
  /** Undefined: it is gone. */
  readonly object: (key: string) => PolicyObject | undefined;
  readonly finding: (key: string, stored: readonly Condition[]) => PolicyFinding;
  /** Whether the policy has been changed just now. */
  readonly isFresh: (key: string) => boolean;
  /** Keeps the conditions of kinds that have no status. */
  readonly versions: VersionStore;
}

/** How what a policy's conditions are to say differs from what is stored. */
interface Comparison extends PolicyFinding {
  readonly object: PolicyObject;
  readonly stored: readonly Condition[];
  readonly difference: Difference;
}

/** Between two writes that change texts alone. */
const calmMs = 10_000;
const settleMs = 20;
const movedMs = 500;

/** Writes the conditions of policies. */
export class PolicyKeeper {
  readonly #options: PolicyKeeperOptions;
  readonly #store: ConditionStore;
  readonly #lanes: Lanes;
  /** When a policy's conditions were written last, in milliseconds, monotonic. */
  readonly #wrote = new Map<string, number>();

  constructor(options: PolicyKeeperOptions) {
    this.#options = options;
    this.#store = new ConditionStore(options.write, options.versions);
    this.#lanes = new Lanes({
      writing: options,
      name: 'policy-status',
      settleMs,
      urgencies: ['waited', 'older', 'routine'],
      look: (key) => this.#look(key),
      write: (key) => this.#write(key),
    });
  }

  start(): void {
    this.#lanes.start();
  }

  stop(): Promise<void> {
    return this.#lanes.stop();
  }

  /** The policy, or a node that it is for, has changed. */
  changed(key: string): void {
    this.#lanes.changed(key);
  }

  /** It may be for other nodes than before: of a policy of thousands of pods that is so all the time. */
  moved(key: string): void {
    this.#lanes.changed(key, movedMs);
  }

  /** Undefined: the policy is gone. */
  follow(key: string, object: PolicyObject | undefined): void {
    this.#store.follow(key, object);
    if (!object) this.#wrote.delete(key);
  }

  /** Writes of the urgency that wait for somebody to take them. */
  depth(urgency: Urgency): number {
    return this.#lanes.depth(urgency);
  }

  /** As the API server has them; undefined: it has none. */
  conditions(key: string): readonly Condition[] | undefined {
    const object = this.#options.object(key);
    return object && this.#store.conditions(key, object);
  }

  #look(key: string): Need {
    const seen = this.#compare(key);
    // A policy without a status is told with its version, once that is stored.
    if (!seen) return done;
    const { difference, isPassing, recheckMs } = seen;
    if (isPassing || difference === 'none') return recheckMs === undefined ? done : later(recheckMs);
    if (difference === 'state') return write(this.#options.isFresh(key) ? 'waited' : 'older');
    const left = (this.#wrote.get(key) ?? Number.NEGATIVE_INFINITY) + calmMs - this.#options.monotonic();
    return left > 0 ? later(Math.min(left, recheckMs ?? left)) : write('routine');
  }

  async #write(key: string): Promise<Outcome> {
    const seen = this.#compare(key);
    if (!seen) return done;
    const { object, stored, findings, difference, recheckMs } = seen;
    // Another lane has written it; it has to be looked at again all the same.
    if (difference === 'none') return recheckMs === undefined ? done : later(recheckMs);
    const now = wholeSeconds(this.#options.clock());
    const conditions = mergeConditions(stored, findings, policyConditionTypes, object.generation, now);
    await this.#store.put(key, object, conditions);
    this.#wrote.set(key, this.#options.monotonic());
    return recheckMs === undefined ? done : later(recheckMs);
  }

  #compare(key: string): Comparison | undefined {
    const object = this.#options.object(key);
    const stored = object && this.#store.conditions(key, object);
    if (!object || !stored) return undefined;
    const finding = this.#options.finding(key, stored);
    const difference = differenceOf(stored, finding.findings, policyConditionTypes, object.generation);
    return { ...finding, object, stored, difference };
  }
}
