import { done, later, type Outcome } from '../controller/controller.ts';
import { policyKey } from '../model/cluster.ts';
import type { PolicyRef } from '../model/policy.ts';
import { metaOf } from '../source/kube/object-meta.ts';
import { type ObjectChange, Reflector, type ReflectorState } from '../source/kube/reflector.ts';
import { type KubeResource, pathOf } from '../source/kube/resources.ts';
import type { AcceptedVersions, Version } from './accepted-versions.ts';
import type { Condition } from './condition.ts';
import { Lanes } from './lanes.ts';
import {
  readVersion,
  type StoredVersion,
  statusAnnotation,
  versionLabel,
  versionObject,
} from './stored-version.ts';
import type { Urgency } from './write-gate.ts';
import { mergePatch, pass, type Writing } from './writing.ts';

export const versionResource: KubeResource<'ControllerRevision'> = {
  kind: 'ControllerRevision',
  group: 'apps',
  version: 'v1',
  plural: 'controllerrevisions',
  optional: false,
};

export interface VersionKeeperOptions extends Writing {
  readonly versions: AcceptedVersions;
  /** For the versions of policies of cluster scope. */
  readonly namespace: string;
  /** Whether all policies are known, so that one that is not known is gone. */
  readonly synced: () => boolean;
  /** Another version of the policy is stored. */
  readonly onStored: (ref: PolicyRef) => void;
  /** What is stored of the policy's status has changed. */
  readonly onStatus: (ref: PolicyRef) => void;
}

const settleMs = 100;

/** Keeps the newest accepted version of every policy in the API server, and no older one. */
export class VersionKeeper {
  readonly #options: VersionKeeperOptions;
  readonly #reflector: Reflector<StoredVersion | undefined>;
  readonly #lanes: Lanes;
  /** By policy, then by name. */
  readonly #stored = new Map<string, Map<string, StoredVersion>>();
  /** Which policy, by "namespace/name". */
  readonly #owners = new Map<string, PolicyRef>();
  readonly #stop = new AbortController();
  #following: Promise<void> = Promise.resolve();
  #listed = (): void => undefined;

  constructor(options: VersionKeeperOptions) {
    this.#options = options;
    this.#reflector = new Reflector<StoredVersion | undefined>({
      client: options.client,
      resource: versionResource,
      labelSelector: `${versionLabel}=true`,
      decode: readVersion,
      onChanges: (changes) => this.#follow(changes),
      onState: (state) => this.#onState(state),
      random: options.random,
      clock: options.monotonic,
    });
    this.#lanes = new Lanes({
      writing: options,
      name: 'accepted-version',
      settleMs,
      reconcile: (key, urgency) => this.#reconcile(key, urgency),
    });
  }

  /** Resolves when all stored versions are known: nothing may be compiled before. */
  async start(): Promise<void> {
    this.#lanes.start();
    const listed = new Promise<void>((resolve) => {
      this.#listed = resolve;
    });
    this.#following = this.#reflector.run(this.#stop.signal);
    await Promise.race([listed, this.#following]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#lanes.stop();
    await this.#following;
  }

  /** Why stored versions are not known; undefined: they are. */
  get failure(): string | undefined {
    const { state } = this.#reflector;
    if (state.kind === 'watching') return undefined;
    return state.kind === 'failing' ? state.reason : 'not read yet';
  }

  /** The policy has changed. @param urgency of storing what is accepted */
  changed(key: string, urgency: Urgency): void {
    this.#lanes.enqueue(key, urgency);
  }

  /** Policies of which versions are stored. */
  get keys(): Iterable<string> {
    return this.#stored.keys();
  }

  /** What is stored of the policy's status; undefined: there is no version that could have it. */
  conditions(key: string): readonly Condition[] | undefined {
    return this.#newest(key, this.#options.versions.object(key)?.uid)?.conditions;
  }

  /** @returns false where there is nothing to write it on. Throws an ApiError. */
  async writeConditions(key: string, conditions: readonly unknown[]): Promise<boolean> {
    const newest = this.#newest(key, this.#options.versions.object(key)?.uid);
    if (!newest) return false;
    const annotations = { [statusAnnotation]: JSON.stringify({ conditions }) };
    const answer = await this.#options.request({
      method: 'PATCH',
      path: pathOfVersion(newest),
      contentType: mergePatch,
      body: { metadata: { uid: newest.uid, annotations } },
    });
    this.#set(readVersion(answer, metaOf(answer)));
    return true;
  }

  #onState(state: ReflectorState): void {
    if (state.kind === 'watching') this.#listed();
    if (state.kind === 'failing')
      this.#options.log.warn('accepted versions can not be read', { reason: state.reason });
  }

  #follow(changes: readonly ObjectChange<StoredVersion | undefined>[]): void {
    for (const change of changes) {
      if (change.kind === 'set') this.#set(change.value);
      else this.#delete(`${change.meta.namespace}/${change.meta.name}`);
    }
  }

  #set(stored: StoredVersion | undefined): void {
    if (!stored) return;
    const key = policyKey(stored.ref);
    const ofPolicy = this.#stored.get(key) ?? new Map<string, StoredVersion>();
    const former = ofPolicy.get(stored.name);
    // The watch may tell what was before our last write.
    if (former?.uid === stored.uid && Number(former.resourceVersion) >= Number(stored.resourceVersion))
      return;
    ofPolicy.set(stored.name, stored);
    this.#stored.set(key, ofPolicy);
    this.#owners.set(`${stored.namespace}/${stored.name}`, stored.ref);
    this.#tell(stored.ref, former?.version);
  }

  #delete(name: string): void {
    const ref = this.#owners.get(name);
    if (!ref) return;
    this.#owners.delete(name);
    const key = policyKey(ref);
    const ofPolicy = this.#stored.get(key);
    ofPolicy?.delete(name.slice(name.indexOf('/') + 1));
    if (ofPolicy?.size === 0) this.#stored.delete(key);
    this.#tell(ref, undefined);
  }

  #tell(ref: PolicyRef, former: Version | undefined): void {
    const { versions, onStored, onStatus } = this.#options;
    const key = policyKey(ref);
    const newest = this.#newest(key, versions.object(key)?.uid);
    versions.store(ref, newest?.version);
    // What is kept twice is too much memory.
    if (newest?.version.content !== undefined)
      this.#stored
        .get(key)
        ?.set(newest.name, { ...newest, version: { ...newest.version, content: undefined } });
    if (newest && newest.version.hash !== former?.hash) onStored(ref);
    onStatus(ref);
    this.changed(key, 'routine');
  }

  /** Of the object that the policy is now; of any where it is not known. */
  #newest(key: string, uid: string | undefined): StoredVersion | undefined {
    let newest: StoredVersion | undefined;
    for (const one of this.#stored.get(key)?.values() ?? []) {
      const isOwn = uid === undefined || one.version.uid === uid;
      if (isOwn && one.version.generation >= (newest?.version.generation ?? 0)) newest = one;
    }
    return newest;
  }

  async #reconcile(key: string, urgency: Urgency): Promise<Outcome> {
    const { versions, synced } = this.#options;
    if (this.#reflector.state.kind !== 'watching' || !synced()) return done;
    const object = versions.object(key);
    const newest = object && this.#newest(key, object.uid);
    for (const one of this.#stored.get(key)?.values() ?? [])
      if (one.version.uid !== object?.uid) return this.#remove(one);
    if (versions.unstored(key)) return this.#create(key, urgency);
    for (const one of this.#stored.get(key)?.values() ?? []) if (one !== newest) return this.#remove(one);
    return done;
  }

  async #create(key: string, urgency: Urgency): Promise<Outcome> {
    const { request, versions, namespace } = this.#options;
    if (!(await pass(this.#options, urgency))) return done;
    const ref = versions.object(key)?.ref;
    const version = versions.unstored(key);
    if (!ref || !version) return later(1);
    const body = versionObject(ref, version, namespace);
    const folder = `/apis/apps/v1/namespaces/${ref.namespace || namespace}/${versionResource.plural}`;
    const created = await request({ method: 'POST', path: folder, body });
    this.#set(readVersion(created, metaOf(created)));
    return later(1);
  }

  async #remove(stored: StoredVersion): Promise<Outcome> {
    if (!(await pass(this.#options, 'routine'))) return done;
    await this.#options.request({
      method: 'DELETE',
      path: pathOfVersion(stored),
      body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: stored.uid } },
    });
    this.#delete(`${stored.namespace}/${stored.name}`);
    return later(1);
  }
}

function pathOfVersion({ namespace, name }: StoredVersion): string {
  return pathOf(versionResource).replace(
    /\/controllerrevisions$/,
    `/namespaces/${namespace}/controllerrevisions/${name}`,
  );
}
