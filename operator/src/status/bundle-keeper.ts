import { done, later, type Outcome } from '../controller/controller.ts';
import {
  type BundleFinding,
  type BundleStatus,
  bundleDifference,
  mergeBundleStatus,
} from './bundle-status.ts';
import { BundleStore } from './bundle-store.ts';
import { Lanes, type Need, write } from './lanes.ts';
import { bundleCreation, bundleRemoval, bundleUpdate, type StoredBundle } from './stored-bundle.ts';
import type { Urgency } from './urgency.ts';
import type { Writing } from './writing.ts';

export interface BundleKeeperOptions extends Writing {
  /** Uid of the Node object; undefined: there is none. */
  readonly nodeUid: (node: string) => string | undefined;
  /** Undefined: nothing can be said yet. */
  readonly finding: (node: string, stored: BundleStatus | undefined) => BundleFinding | undefined;
  /** After how many milliseconds time alone may change the finding; undefined: never. */
  readonly recheckMs: (node: string) => number | undefined;
}

/** Between two writes that change numbers alone. */
const calmMs = 5_000;
/** How long a change waits for what follows it at once: most are applied within that. */
const settleMs = 300;
/** How often what can't be said yet is looked at again. */
const unknownMs = 5_000;

/** One PolicyBundle for every Node, owned by it, that says what the node enforces. */
export class BundleKeeper {
  readonly #options: BundleKeeperOptions;
  readonly #store: BundleStore;
  readonly #lanes: Lanes;
  /** When a node's status was written last, in milliseconds, monotonic. */
  readonly #wrote = new Map<string, number>();

  constructor(options: BundleKeeperOptions) {
    this.#options = options;
    this.#store = new BundleStore({ ...options, onChange: (node) => this.changed(node) });
    this.#lanes = new Lanes({
      writing: options,
      name: 'policybundle',
      settleMs,
      urgencies: ['node', 'routine'],
      look: (node) => this.#look(node),
      write: (node) => this.#write(node),
    });
  }

  start(): void {
    this.#store.start();
    this.#lanes.start();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#store.stop(), this.#lanes.stop()]);
  }

  /** Something about the node has changed. */
  changed(node: string): void {
    this.#lanes.changed(node);
  }

  /** Nodes that have a PolicyBundle, also where there is no such Node any more. */
  get nodes(): Iterable<string> {
    return this.#store.nodes;
  }

  storedStatus(node: string): BundleStatus | undefined {
    return this.#store.get(node)?.status;
  }

  /** Writes of the urgency that wait for somebody to take them. */
  depth(urgency: Urgency): number {
    return this.#lanes.depth(urgency);
  }

  #look(node: string): Need {
    if (!this.#store.isCurrent) return later(unknownMs);
    const owner = this.#options.nodeUid(node);
    const stored = this.#store.get(node);
    if (stored && stored.owner !== owner) return write(owner === undefined ? 'routine' : 'node');
    if (owner === undefined) return done;
    if (!stored) return write('node');
    const finding = this.#options.finding(node, stored.status);
    if (!finding) return later(unknownMs);
    switch (bundleDifference(stored.status, finding)) {
      case 'none':
        return this.#rest(node);
      case 'state':
        return write('node');
      case 'text':
        return this.#calm(node);
    }
  }

  #rest(node: string): Outcome {
    const ms = this.#options.recheckMs(node);
    return ms === undefined ? done : later(ms);
  }

  #calm(node: string): Need {
    const left = (this.#wrote.get(node) ?? Number.NEGATIVE_INFINITY) + calmMs - this.#options.monotonic();
    return left > 0 ? later(Math.min(left, this.#options.recheckMs(node) ?? left)) : write('routine');
  }

  async #write(node: string): Promise<Outcome> {
    const owner = this.#options.nodeUid(node);
    const stored = this.#store.get(node);
    if (stored && stored.owner !== owner) return this.#remove(node, stored);
    if (owner === undefined) return done;
    return stored ? this.#update(node, stored) : this.#create(node, owner);
  }

  async #create(node: string, owner: string): Promise<Outcome> {
    this.#store.set(node, await this.#options.write('bundle', bundleCreation(node, owner)));
    return later(1);
  }

  async #remove(node: string, { uid }: StoredBundle): Promise<Outcome> {
    await this.#options.write('bundle', bundleRemoval(node, uid));
    this.#store.delete(node);
    this.#wrote.delete(node);
    return later(1);
  }

  async #update(node: string, stored: StoredBundle): Promise<Outcome> {
    const { clock, monotonic, finding } = this.#options;
    const found = finding(node, stored.status);
    if (!found) return later(unknownMs);
    // Another lane has written it; it has to be looked at again all the same.
    if (bundleDifference(stored.status, found) === 'none') return this.#rest(node);
    const status = mergeBundleStatus(stored.status, found, clock());
    this.#store.set(node, await this.#options.write('bundle', bundleUpdate(node, stored.uid, status)));
    this.#wrote.set(node, monotonic());
    return this.#rest(node);
  }
}
