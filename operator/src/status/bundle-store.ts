import { metaOf } from '../source/kube/object-meta.ts';
import { type ObjectChange, Reflector, type ReflectorState } from '../source/kube/reflector.ts';
import { bundleResource, readStored, type StoredBundle } from './stored-bundle.ts';
import type { Writing } from './writing.ts';

export interface BundleStoreOptions extends Writing {
  /** The node's PolicyBundle is another, there is one now, or there is none. */
  readonly onChange: (node: string) => void;
}

/** The PolicyBundles that the API server has, by node. */
export class BundleStore {
  readonly #options: BundleStoreOptions;
  readonly #reflector: Reflector<StoredBundle>;
  readonly #stored = new Map<string, StoredBundle>();
  readonly #stop = new AbortController();
  #following: Promise<void> = Promise.resolve();

  constructor(options: BundleStoreOptions) {
    this.#options = options;
    this.#reflector = new Reflector<StoredBundle>({
      client: options.client,
      resource: bundleResource,
      decode: readStored,
      onChanges: (changes) => this.#follow(changes),
      onState: (state) => this.#onState(state),
      random: options.random,
      clock: options.monotonic,
    });
  }

  start(): void {
    this.#following = this.#reflector.run(this.#stop.signal);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#following;
  }

  /** Whether it knows all of them. */
  get isCurrent(): boolean {
    return this.#reflector.state.kind === 'watching';
  }

  get nodes(): Iterable<string> {
    return this.#stored.keys();
  }

  get(node: string): StoredBundle | undefined {
    return this.#stored.get(node);
  }

  /** The API server's answer to a creation or an update. */
  set(node: string, answer: unknown): void {
    this.#stored.set(node, readStored(answer, metaOf(answer)));
  }

  delete(node: string): void {
    this.#stored.delete(node);
  }

  #onState(state: ReflectorState): void {
    if (state.kind === 'absent')
      this.#options.log.warn('PolicyBundles can not be kept: their CRD is not installed', {});
  }

  #follow(changes: readonly ObjectChange<StoredBundle>[]): void {
    for (const change of changes) {
      const { name } = change.meta;
      const stored = this.#stored.get(name);
      if (change.kind === 'gone') this.#stored.delete(name);
      // The watch may tell what was before our last write.
      else if (stored?.uid !== change.value.uid || stored.version < change.value.version)
        this.#stored.set(name, change.value);
      this.#options.onChange(name);
    }
  }
}
