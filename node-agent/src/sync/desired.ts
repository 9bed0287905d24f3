import type { weir } from '@weir/proto/bundle.js';
import { addDigest, type Digest, emptyDigest } from '@weir/proto/digest.ts';
import { type Item, type ItemKind, itemKind } from '@weir/proto/item.ts';
import type { Bundle } from '../bundle.ts';
import { AgentError } from '../errors.ts';
import { checkDirections } from './check-directions.ts';
import type { CheckedItem } from './check-item.ts';
import { itemName, splitId } from './item-name.ts';
import { referencesOf } from './references.ts';

type Wire = typeof weir.bundle.v1;
type Messages<
  Name extends 'Endpoint' | 'Identity' | 'Prefix' | 'Selector' | 'Membership' | 'Table' | 'Service' | 'Mode',
> = Map<string, InstanceType<Wire[Name]>>;

/** An item: what it says, how it came (a field of Items), and its part of the digest. */
export interface Content {
  readonly item: CheckedItem;
  readonly field: Uint8Array;
  readonly digest: Digest;
}

/** Puts content in the place of what has that kind and key, or takes that away. */
export interface Step {
  readonly kind: ItemKind;
  /** As latin1 text. */
  readonly key: string;
  readonly next: Content | undefined;
}

/** A checked change, ready to be carried out. */
export interface Revision {
  readonly revision: number;
  readonly digest: Digest;
  /** At most one of a kind and key. */
  readonly steps: readonly Step[];
}

/** The bundle that the agent means to enforce; a checked change alters it in place. */
export class Desired implements Bundle {
  /** 0: there never was a bundle. */
  revision = 0;
  digest: Digest = emptyDigest;
  readonly endpoints: Messages<'Endpoint'> = new Map();
  readonly identities: Messages<'Identity'> = new Map();
  readonly prefixes: Messages<'Prefix'> = new Map();
  readonly selectors: Messages<'Selector'> = new Map();
  readonly memberships: Messages<'Membership'> = new Map();
  readonly tables: Messages<'Table'> = new Map();
  readonly services: Messages<'Service'> = new Map();
  readonly #modes: Messages<'Mode'> = new Map();
  readonly #contents: Readonly<Record<ItemKind, Map<string, Content>>> = {
    1: new Map(),
    2: new Map(),
    3: new Map(),
    4: new Map(),
    5: new Map(),
    6: new Map(),
    7: new Map(),
    8: new Map(),
  };
  readonly #messages: Readonly<Record<ItemKind, { delete(key: string): boolean }>> = {
    1: this.endpoints,
    2: this.identities,
    3: this.prefixes,
    4: this.selectors,
    5: this.memberships,
    6: this.tables,
    7: this.services,
    8: this.#modes,
  };
  /** How many items refer to an id. */
  readonly #references = new Map<string, number>();

  get observe(): boolean {
    return this.#modes.get('')?.observe ?? false;
  }

  /** Number of items. */
  get size(): number {
    return Object.values(this.#contents).reduce((sum, contents) => sum + contents.size, 0);
  }

  /** What has this kind and key. */
  get(kind: ItemKind, key: string): Content | undefined {
    return this.#contents[kind].get(key);
  }

  /** How many items refer to this id. */
  referencesTo(id: string): number {
    return this.#references.get(id) ?? 0;
  }

  /** All items as fields of Items, what others refer to first. */
  encoded(): Uint8Array[] {
    const { identity, selector, table, prefix, membership, endpoint, service, mode } = itemKind;
    const order = [identity, selector, table, prefix, membership, endpoint, service, mode];
    return order.flatMap((kind) => Array.from(this.#contents[kind].values(), ({ field }) => field));
  }

  /**
   * Adds an item of a whole bundle and counts it into the digest. Throws an AgentError `sync-violation` where it is
   * there already. What it refers to may come later: see checkReferences.
   */
  add({ kind, key: bytes, id, field, digest }: Item, item: CheckedItem): void {
    const key = id.slice(2);
    if (this.get(kind, key)) throw new AgentError('sync-violation', `two items ${itemName(kind, bytes)}`);
    this.#put({ kind, key, next: { item, field, digest } });
    this.digest = addDigest(this.digest, digest);
  }

  /** Throws an AgentError `sync-violation` where an item refers to what is not there. */
  checkReferences(): void {
    for (const id of this.#references.keys()) {
      const [kind, key] = splitId(id);
      if (!this.get(kind, key)) {
        throw new AgentError('sync-violation', `${itemName(kind, Buffer.from(key, 'latin1'))} is missing`);
      }
    }
    for (const endpoint of this.endpoints.values()) checkDirections(endpoint, (key) => this.tables.get(key));
  }

  /** Carries out a checked change; what it returns takes it back. */
  commit({ revision, digest, steps }: Revision): Revision {
    const back = steps.map(({ kind, key }) => ({ kind, key, next: this.get(kind, key) }));
    const undo = { revision: this.revision, digest: this.digest, steps: back };
    for (const step of steps) this.#put(step);
    this.revision = revision;
    this.digest = digest;
    return undo;
  }

  #put({ kind, key, next }: Step): void {
    const former = this.get(kind, key);
    if (former) this.#refer(former.item, -1);
    if (next) {
      this.#contents[kind].set(key, next);
      this.#setMessage(key, next.item);
      this.#refer(next.item, 1);
    } else {
      this.#contents[kind].delete(key);
      this.#messages[kind].delete(key);
    }
  }

  #refer(item: CheckedItem, count: number): void {
    for (const id of referencesOf(item)) {
      const sum = this.referencesTo(id) + count;
      if (sum === 0) this.#references.delete(id);
      else this.#references.set(id, sum);
    }
  }

  #setMessage(key: string, item: CheckedItem): void {
    switch (item.kind) {
      case 1:
        this.endpoints.set(key, item.message);
        return;
      case 2:
        this.identities.set(key, item.message);
        return;
      case 3:
        // The same bytes for all prefixes of an identity, and not a view of the message for each: there are many.
        item.message.identity = this.#keyOf(item.message.identity);
        this.prefixes.set(key, item.message);
        return;
      case 4:
        this.selectors.set(key, item.message);
        return;
      case 5:
        this.memberships.set(key, item.message);
        return;
      case 6:
        this.tables.set(key, item.message);
        return;
      case 7:
        this.services.set(key, item.message);
        return;
      case 8:
        this.#modes.set(key, item.message);
        return;
    }
  }

  #keyOf(identity: Uint8Array): Uint8Array {
    return this.identities.get(Buffer.from(identity).toString('latin1'))?.key ?? identity;
  }
}
