import { done, later, type Outcome } from '../controller/controller.ts';
import { field, metaOf, type ObjectMeta, text } from '../source/kube/object-meta.ts';
import { type ObjectChange, Reflector, type ReflectorState } from '../source/kube/reflector.ts';
import { type KubeResource, pathOf } from '../source/kube/resources.ts';
import {
  type BundleFinding,
  type BundleStatus,
  bundleDifference,
  bundlePatch,
  mergeBundleStatus,
  readBundleStatus,
} from './bundle-status.ts';
import { Lanes } from './lanes.ts';
import type { Urgency } from './write-gate.ts';
import { mergePatch, pass, type Writing } from './writing.ts';

export const bundleResource: KubeResource<'PolicyBundle'> = {
  kind: 'PolicyBundle',
  group: 'weir.dev',
  version: 'v1alpha1',
  plural: 'policybundles',
  optional: true,
};

/** One as the API server has it. */
interface StoredBundle {
  readonly uid: string;
  /** The API server's versions are numbers that grow. */
  readonly version: number;
  /** Of the Node that owns it. */
  readonly owner: string;
  readonly status: BundleStatus;
}

export interface BundleKeeperOptions extends Writing {
  /** Uid of the Node object; undefined: there is none. */
  readonly nodeUid: (node: string) => string | undefined;
  /** Undefined: nothing can be said yet. */
  readonly finding: (node: string, stored: BundleStatus | undefined) => BundleFinding | undefined;
  /** After how many milliseconds time alone may change the finding; undefined: never. */
  readonly recheckMs: (node: string) => number | undefined;
}

const path = pathOf(bundleResource);
/** Between two writes that change numbers alone. */
const calmMs = 5_000;
/** How long a change waits for what follows it at once: most are applied within that. */
const settleMs = 300;
/** How often what can't be said yet is looked at again. */
const unknownMs = 5_000;

/** One PolicyBundle for every Node, owned by it, that says what the node enforces. */
export class BundleKeeper {
  readonly #options: BundleKeeperOptions;
  readonly #reflector: Reflector<StoredBundle>;
  readonly #lanes: Lanes;
  readonly #stored = new Map<string, StoredBundle>();
  readonly #wrote = new Map<string, number>();
  readonly #stop = new AbortController();
  #following: Promise<void> = Promise.resolve();

  constructor(options: BundleKeeperOptions) {
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
    this.#lanes = new Lanes({
      writing: options,
      name: 'policybundle',
      settleMs,
      reconcile: (node, urgency) => this.#reconcile(node, urgency),
    });
  }

  start(): void {
    this.#following = this.#reflector.run(this.#stop.signal);
    this.#lanes.start();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#lanes.stop();
    await this.#following;
  }

  /** Something about the node has changed. */
  changed(node: string): void {
    this.#lanes.enqueue(node, 'routine');
  }

  /** All that the API server has; asked when this operator begins to lead. */
  get names(): Iterable<string> {
    return this.#stored.keys();
  }

  storedStatus(node: string): BundleStatus | undefined {
    return this.#stored.get(node)?.status;
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
      this.changed(name);
    }
  }

  async #reconcile(node: string, urgency: Urgency): Promise<Outcome> {
    if (this.#reflector.state.kind !== 'watching') return done;
    const owner = this.#options.nodeUid(node);
    const stored = this.#stored.get(node);
    if (stored && stored.owner !== owner) return this.#remove(node, stored);
    if (owner === undefined) return done;
    if (!stored) return this.#create(node, owner);
    const finding = this.#options.finding(node, stored.status);
    if (!finding) return later(unknownMs);
    switch (bundleDifference(stored.status, finding)) {
      case 'none':
        return this.#rest(node);
      case 'state': {
        if (urgency === 'urgent') return this.#write(node, urgency);
        this.#lanes.enqueue(node, 'urgent');
        return done;
      }
      case 'text': {
        const left = (this.#wrote.get(node) ?? Number.NEGATIVE_INFINITY) + calmMs - this.#options.monotonic();
        const recheckMs = this.#options.recheckMs(node) ?? left;
        return left > 0 ? later(Math.min(left, recheckMs)) : this.#write(node, 'routine');
      }
    }
  }

  #rest(node: string): Outcome {
    const ms = this.#options.recheckMs(node);
    return ms === undefined ? done : later(ms);
  }

  async #create(node: string, owner: string): Promise<Outcome> {
    if (!(await pass(this.#options, 'urgent'))) return done;
    const created = await this.#options.request({
      method: 'POST',
      path,
      body: {
        apiVersion: 'weir.dev/v1alpha1',
        kind: 'PolicyBundle',
        metadata: {
          name: node,
          labels: { 'app.kubernetes.io/managed-by': 'weir-operator' },
          ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: node, uid: owner }],
        },
      },
    });
    this.#stored.set(node, readStored(created, metaOf(created)));
    return later(1);
  }

  async #remove(node: string, { uid }: StoredBundle): Promise<Outcome> {
    if (!(await pass(this.#options, 'routine'))) return done;
    await this.#options.request({
      method: 'DELETE',
      path: `${path}/${node}`,
      body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
    });
    this.#stored.delete(node);
    this.#wrote.delete(node);
    return later(1);
  }

  /** What is written is found after the wait for a turn, so that it is the newest. */
  async #write(node: string, urgency: Urgency): Promise<Outcome> {
    const { request, clock, monotonic, finding } = this.#options;
    if (!(await pass(this.#options, urgency))) return done;
    const stored = this.#stored.get(node);
    const found = stored && finding(node, stored.status);
    if (!stored || !found || bundleDifference(stored.status, found) === 'none') return done;
    const status = mergeBundleStatus(stored.status, found, clock());
    const answer = await request({
      method: 'PATCH',
      path: `${path}/${node}/status`,
      contentType: mergePatch,
      body: { metadata: { uid: stored.uid }, status: bundlePatch(status) },
    });
    this.#stored.set(node, readStored(answer, metaOf(answer)));
    this.#wrote.set(node, monotonic());
    return this.#rest(node);
  }
}

function readStored(value: unknown, { uid, resourceVersion }: ObjectMeta): StoredBundle {
  const owners = field(field(value, 'metadata'), 'ownerReferences');
  const owner = Array.isArray(owners) ? owners.find((one) => text(one, 'kind') === 'Node') : undefined;
  return {
    uid,
    version: Number(resourceVersion),
    owner: text(owner, 'uid'),
    status: readBundleStatus(field(value, 'status')),
  };
}
