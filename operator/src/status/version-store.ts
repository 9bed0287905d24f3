import { metaOf } from '../source/kube/object-meta.ts';
import { type ObjectChange, Reflector, type ReflectorState } from '../source/kube/reflector.ts';
import type { AcceptedVersions, Version } from './accepted-versions.ts';
import { readVersion, type StoredVersion, versionLabel, versionResource } from './stored-version.ts';
import { ownerKey, type VersionOwner } from './version-owner.ts';
import type { Writing } from './writing.ts';

export interface VersionStoreOptions extends Writing {
  /** Is told which one is stored. */
  readonly versions: AcceptedVersions;
  /** Another version is stored. */
  readonly onStored: (ref: VersionOwner) => void;
  /** Something of what is stored for it has changed. */
  readonly onChange: (ref: VersionOwner) => void;
}

/** The accepted versions that the API server has, by what they are versions of. */
export class VersionStore {
  readonly #options: VersionStoreOptions;
  readonly #reflector: Reflector<StoredVersion | undefined>;
  /** By owner, then by name. */
  readonly #stored = new Map<string, Map<string, StoredVersion>>();
  /** Whose, by "namespace/name". */
  readonly #owners = new Map<string, VersionOwner>();
  readonly #stop = new AbortController();
  #following: Promise<void> = Promise.resolve();
  #listed = (): void => undefined;

  constructor(options: VersionStoreOptions) {
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
  }

  /** Resolves when all of them are known. */
  async start(): Promise<void> {
    const listed = new Promise<void>((resolve) => {
      this.#listed = resolve;
    });
    this.#following = this.#reflector.run(this.#stop.signal);
    await Promise.race([listed, this.#following]);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#following;
  }

  /** Why they are not known; undefined: they are. */
  get failure(): string | undefined {
    const { state } = this.#reflector;
    if (state.kind === 'watching') return undefined;
    return state.kind === 'failing' ? state.reason : 'not read yet';
  }

  /** Keys of what versions are stored of. */
  get keys(): Iterable<string> {
    return this.#stored.keys();
  }

  /** All of one owner, also of one of that name that is gone. */
  of(key: string): readonly StoredVersion[] {
    return [...(this.#stored.get(key)?.values() ?? [])];
  }

  /** Of the object that it is now; of any where that is not known. */
  newest(key: string): StoredVersion | undefined {
    const uid = this.#options.versions.object(key)?.uid;
    let newest: StoredVersion | undefined;
    for (const one of this.#stored.get(key)?.values() ?? []) {
      const isOwn = uid === undefined || one.version.uid === uid;
      if (isOwn && one.version.generation >= (newest?.version.generation ?? 0)) newest = one;
    }
    return newest;
  }

  /** The API server's answer to a creation or an update. */
  set(answer: unknown): void {
    this.#set(readVersion(answer, metaOf(answer)));
  }

  delete({ namespace, name }: StoredVersion): void {
    this.#delete(`${namespace}/${name}`);
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
    const key = ownerKey(stored.ref);
    const ofOwner = this.#stored.get(key) ?? new Map<string, StoredVersion>();
    const former = ofOwner.get(stored.name);
    // The watch may tell what was before our last write.
    if (former?.uid === stored.uid && Number(former.resourceVersion) >= Number(stored.resourceVersion))
      return;
    ofOwner.set(stored.name, stored);
    this.#stored.set(key, ofOwner);
    this.#owners.set(`${stored.namespace}/${stored.name}`, stored.ref);
    this.#tell(stored.ref, former?.version);
  }

  #delete(name: string): void {
    const ref = this.#owners.get(name);
    if (!ref) return;
    this.#owners.delete(name);
    const key = ownerKey(ref);
    const ofOwner = this.#stored.get(key);
    ofOwner?.delete(name.slice(name.indexOf('/') + 1));
    if (ofOwner?.size === 0) this.#stored.delete(key);
    this.#tell(ref, undefined);
  }

  #tell(ref: VersionOwner, former: Version | undefined): void {
    const { versions, onStored, onChange } = this.#options;
    const key = ownerKey(ref);
    const newest = this.newest(key);
    versions.store(ref, newest?.version);
    // What is kept twice is too much memory.
    if (newest?.version.content !== undefined)
      this.#stored
        .get(key)
        ?.set(newest.name, { ...newest, version: { ...newest.version, content: undefined } });
    if (newest && newest.version.hash !== former?.hash) onStored(ref);
    onChange(ref);
  }
}
