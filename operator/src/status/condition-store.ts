import type { PolicyObject } from '../source/kube/object-facts.ts';
import { field, metaOf, type ObjectMeta } from '../source/kube/object-meta.ts';
import { type Condition, readConditions } from './condition.ts';
import { hasStatus, policyPath } from './policy-kinds.ts';
import { versionUpdate } from './stored-version.ts';
import type { VersionStore } from './version-store.ts';
import { mergePatch, type Writing } from './writing.ts';

/** As the API server has them. */
interface Stored {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly conditions: readonly Condition[];
}

/** Conditions of policies where they are kept: in their status or, of kinds that have none, with their accepted version. */
export class ConditionStore {
  readonly #write: Writing['write'];
  readonly #versions: VersionStore;
  /** Of kinds that have a status. */
  readonly #stored = new Map<string, Stored>();

  constructor(write: Writing['write'], versions: VersionStore) {
    this.#write = write;
    this.#versions = versions;
  }

  /** Undefined: the policy is gone. */
  follow(key: string, object: PolicyObject | undefined): void {
    if (!object) this.#stored.delete(key);
    else this.#set(key, object, object.status);
  }

  /** Undefined: there is nothing yet that could have them. */
  conditions(key: string, { ref }: PolicyObject): readonly Condition[] | undefined {
    return hasStatus(ref.kind) ? this.#stored.get(key)?.conditions : this.#versions.newest(key)?.conditions;
  }

  /** Replaces all of them. Throws an ApiError, a conflict where somebody else has written since they were read. */
  async put(key: string, object: PolicyObject, conditions: readonly unknown[]): Promise<void> {
    if (hasStatus(object.ref.kind)) return this.#patch(key, object, conditions);
    const version = this.#versions.newest(key);
    if (version) this.#versions.set(await this.#write('policy', versionUpdate(version, conditions)));
  }

  /** A list is replaced as a whole, also others' conditions: so nobody may have written since. */
  async #patch(
    key: string,
    { ref, uid, generation }: PolicyObject,
    conditions: readonly unknown[],
  ): Promise<void> {
    const resourceVersion = this.#stored.get(key)?.resourceVersion;
    const answer = await this.#write('policy', {
      method: 'PATCH',
      path: `${policyPath(ref)}/status`,
      contentType: mergePatch,
      body: { metadata: { uid, resourceVersion }, status: { observedGeneration: generation, conditions } },
    });
    this.#set(key, metaOf(answer), field(answer, 'status'));
  }

  #set(key: string, { uid, resourceVersion }: ObjectMeta, status: unknown): void {
    const former = this.#stored.get(key);
    // The watch may tell what was before our last write.
    if (former?.uid === uid && Number(former.resourceVersion) >= Number(resourceVersion)) return;
    this.#stored.set(key, { uid, resourceVersion, conditions: readConditions(status) });
  }
}
