import { done, later, type Outcome } from '../controller/controller.ts';
import type { PolicyObject } from '../source/kube/object-facts.ts';
import { field, metaOf, type ObjectMeta } from '../source/kube/object-meta.ts';
import {
  type Condition,
  differenceOf,
  type Finding,
  mergeConditions,
  readConditions,
  wholeSeconds,
} from './condition.ts';
import { Lanes } from './lanes.ts';
import { policyConditionTypes } from './policy-findings.ts';
import { hasStatus, policyPath } from './policy-kinds.ts';
import type { VersionKeeper } from './version-keeper.ts';
import type { Urgency } from './write-gate.ts';
import { mergePatch, pass, type Writing } from './writing.ts';

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
  /** Keeps the conditions of kinds that have no status. */
  readonly versions: VersionKeeper;
}

interface Stored {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly conditions: readonly Condition[];
}

/** Between two writes that change texts alone. */
const calmMs = 10_000;
const settleMs = 20;

/** Writes the conditions of policies. */
export class PolicyKeeper {
  readonly #options: PolicyKeeperOptions;
  readonly #lanes: Lanes;
  /** As the API server has them, of policies that have been looked at. */
  readonly #stored = new Map<string, Stored>();
  readonly #wrote = new Map<string, number>();

  constructor(options: PolicyKeeperOptions) {
    this.#options = options;
    this.#lanes = new Lanes({
      writing: options,
      name: 'policy-status',
      settleMs,
      reconcile: (key, urgency) => this.#reconcile(key, urgency),
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
    this.#lanes.enqueue(key, 'routine');
  }

  /** Undefined: the policy is gone. */
  follow(key: string, object: PolicyObject | undefined): void {
    if (!object) {
      this.#stored.delete(key);
      this.#wrote.delete(key);
      return;
    }
    this.#set(key, object, object.status);
  }

  #set(key: string, { uid, resourceVersion }: ObjectMeta, status: unknown): void {
    const former = this.#stored.get(key);
    // The watch may tell what was before our last write.
    if (former?.uid === uid && Number(former.resourceVersion) >= Number(resourceVersion)) return;
    this.#stored.set(key, { uid, resourceVersion, conditions: readConditions(status) });
  }

  #conditions(key: string, object: PolicyObject): readonly Condition[] | undefined {
    return hasStatus(object.ref.kind)
      ? this.#stored.get(key)?.conditions
      : this.#options.versions.conditions(key);
  }

  async #reconcile(key: string, urgency: Urgency): Promise<Outcome> {
    const object = this.#options.object(key);
    const stored = object && this.#conditions(key, object);
    // A policy without a status is told with its version, once that is stored.
    if (!object || !stored) return done;
    const { findings, recheckMs, isPassing } = this.#options.finding(key, stored);
    const rest = recheckMs === undefined ? done : later(recheckMs);
    if (isPassing) return rest;
    switch (differenceOf(stored, findings, policyConditionTypes, object.generation)) {
      case 'none':
        return rest;
      case 'state': {
        if (urgency === 'urgent') return this.#write(key);
        this.#lanes.enqueue(key, 'urgent');
        return done;
      }
      case 'text': {
        const { monotonic } = this.#options;
        const left = (this.#wrote.get(key) ?? Number.NEGATIVE_INFINITY) + calmMs - monotonic();
        return left > 0 ? later(Math.min(left, recheckMs ?? left)) : this.#write(key, 'routine');
      }
    }
  }

  /** What is written is found after the wait for a turn, so that it is the newest. */
  async #write(key: string, urgency: Urgency = 'urgent'): Promise<Outcome> {
    if (!(await pass(this.#options, urgency))) return done;
    const object = this.#options.object(key);
    const stored = object && this.#conditions(key, object);
    if (!object || !stored) return done;
    const { findings, recheckMs } = this.#options.finding(key, stored);
    const { generation } = object;
    if (differenceOf(stored, findings, policyConditionTypes, generation) === 'none') return done;
    const now = wholeSeconds(this.#options.clock());
    const conditions = mergeConditions(stored, findings, policyConditionTypes, generation, now);
    if (hasStatus(object.ref.kind)) await this.#patch(key, object, conditions);
    else await this.#options.versions.writeConditions(key, conditions);
    this.#wrote.set(key, this.#options.monotonic());
    return recheckMs === undefined ? done : later(recheckMs);
  }

  /** A list is replaced as a whole, also others' conditions: so nobody may have written since. */
  async #patch(
    key: string,
    { ref, uid, generation }: PolicyObject,
    conditions: readonly unknown[],
  ): Promise<void> {
    const resourceVersion = this.#stored.get(key)?.resourceVersion;
    const answer = await this.#options.request({
      method: 'PATCH',
      path: `${policyPath(ref)}/status`,
      contentType: mergePatch,
      body: { metadata: { uid, resourceVersion }, status: { observedGeneration: generation, conditions } },
    });
    this.#set(key, metaOf(answer), field(answer, 'status'));
  }
}
