import { done, later, type Outcome } from '../controller/controller.ts';
import type { AcceptedVersions } from './accepted-versions.ts';
import { Lanes, type Need, write } from './lanes.ts';
import { hasStatus } from './policy-kinds.ts';
import { type StoredVersion, versionCreation, versionRemoval } from './stored-version.ts';
import type { Urgency } from './urgency.ts';
import { isGroupObject, ownerKey } from './version-owner.ts';
import { VersionStore, type VersionStoreOptions } from './version-store.ts';

export interface VersionKeeperOptions extends VersionStoreOptions {
  readonly versions: AcceptedVersions;
  /** For the versions of objects of cluster scope. */
  readonly namespace: string;
  /** Whether all objects are known, so that one that is not known is gone. */
  readonly synced: () => boolean;
  /** Whether it has been changed just now. */
  readonly isFresh: (key: string) => boolean;
}

const settleMs = 20;
/** How often one is looked at of which it is not known what is stored. */
const unknownMs = 5_000;

/** Keeps the newest accepted version of every policy and CiliumCIDRGroup in the API server, and no older one. */
export class VersionKeeper {
  readonly store: VersionStore;
  readonly #options: VersionKeeperOptions;
  readonly #lanes: Lanes;

  constructor(options: VersionKeeperOptions) {
    this.#options = options;
    this.store = new VersionStore({
      ...options,
      onChange: (ref) => {
        options.onChange(ref);
        this.changed(ownerKey(ref));
      },
    });
    this.#lanes = new Lanes({
      writing: options,
      name: 'accepted-version',
      settleMs,
      urgencies: ['rescue', 'waited', 'version', 'older', 'routine'],
      look: (key) => this.#look(key),
      write: (key) => this.#write(key),
    });
  }

  /** Resolves when all stored versions are known: nothing may be compiled before. */
  async start(): Promise<void> {
    this.#lanes.start();
    await this.store.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.store.stop(), this.#lanes.stop()]);
  }

  /** It has changed. */
  changed(key: string): void {
    this.#lanes.changed(key);
  }

  /** Writes of the urgency that wait for somebody to take them. */
  depth(urgency: Urgency): number {
    return this.#lanes.depth(urgency);
  }

  #look(key: string): Need {
    const { versions, synced, isFresh } = this.#options;
    if (this.store.failure !== undefined || !synced()) return later(unknownMs);
    if (!versions.unstored(key)) return this.#superfluous(key) ? write('routine') : done;
    // As long as the object itself has it, the next operator finds it there.
    const object = versions.object(key);
    if (!object || object.refused.length > 0) return write('rescue');
    // Where the conditions are kept with the version, nobody learns of them before it is there.
    if (!isGroupObject(object) && !hasStatus(object.ref.kind))
      return write(isFresh(key) ? 'waited' : 'older');
    return write(isFresh(key) ? 'version' : 'routine');
  }

  async #write(key: string): Promise<Outcome> {
    const { versions, namespace } = this.#options;
    const object = versions.object(key);
    const superfluous = this.#superfluous(key);
    const version = versions.unstored(key);
    // It may have the name of the one to create.
    if (superfluous && this.#isInTheWay(key, superfluous)) return this.#remove(superfluous);
    if (object && version) {
      const creation = versionCreation(object.ref, version, namespace);
      this.store.set(await this.#options.write('version', creation));
      return later(1);
    }
    return superfluous ? this.#remove(superfluous) : done;
  }

  /** One that is to be removed, first of all those that are in the way. */
  #superfluous(key: string): StoredVersion | undefined {
    const uid = this.#options.versions.object(key)?.uid;
    const stored = this.store.of(key);
    const newest = uid === undefined ? undefined : this.store.newest(key);
    const superfluous = stored.filter((one) => one !== newest || one.version.uid !== uid);
    return superfluous.find((one) => this.#isInTheWay(key, one)) ?? superfluous[0];
  }

  /** Whether it is of a former object of this name, or says what is to be stored again. */
  #isInTheWay(key: string, { version: { uid, hash } }: StoredVersion): boolean {
    const { versions } = this.#options;
    return uid !== versions.object(key)?.uid || hash === versions.unstored(key)?.hash;
  }

  async #remove(stored: StoredVersion): Promise<Outcome> {
    await this.#options.write('version', versionRemoval(stored));
    this.store.delete(stored);
    return later(1);
  }
}
