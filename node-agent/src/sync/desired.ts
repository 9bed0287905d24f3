import { addDigest, type Digest, emptyDigest } from '@weir/proto/digest.ts';
import { type Item, type ItemKind, itemKind } from '@weir/proto/item.ts';
import type { Bundle } from '../bundle.ts';
import { AgentError } from '../errors.ts';
import { checkDirections } from './check-directions.ts';
import type { CheckedItem } from './check-item.ts';
import { itemName, splitId } from './item-name.ts';
import { KeptItems } from './kept-items.ts';
import { PackedItems } from './packed-items.ts';
import { referencesOf } from './references.ts';

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

/** Items of one kind, by their keys as latin1 texts. */
interface Contents {
  readonly size: number;
  has(key: string): boolean;
  get(key: string): Content | undefined;
  set(key: string, content: Content): void;
  delete(key: string): void;
  /** In the order in which they came, as latin1 texts. */
  fields(): Iterable<string>;
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
  readonly #kept = {
    1: new KeptItems((item) => (item.kind === 1 ? item.message : undefined)),
    2: new KeptItems((item) => (item.kind === 2 ? item.message : undefined)),
    4: new KeptItems((item) => (item.kind === 4 ? item.message : undefined)),
    6: new KeptItems((item) => (item.kind === 6 ? item.message : undefined)),
    7: new KeptItems((item) => (item.kind === 7 ? item.message : undefined)),
    8: new KeptItems((item) => (item.kind === 8 ? item.message : undefined)),
  } as const;
  readonly endpoints = this.#kept[1].messages;
  readonly identities = this.#kept[2].messages;
  readonly prefixes = new PackedItems((item) => (item.kind === 3 ? item.message : undefined));
  readonly selectors = this.#kept[4].messages;
  readonly memberships = new PackedItems((item) => (item.kind === 5 ? item.message : undefined));
  readonly tables = this.#kept[6].messages;
  readonly services = this.#kept[7].messages;
  readonly #contents: Readonly<Record<ItemKind, Contents>> = {
    ...this.#kept,
    3: this.prefixes,
    5: this.memberships,
  };
  /** How many items refer to an id. */
  readonly #references = new Map<string, number>();

  get observe(): boolean {
    return this.#kept[8].messages.get('')?.observe ?? false;
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

  /** All items as fields of Items, what others refer to first; each as a latin1 text. */
  encoded(): string[] {
    const { identity, selector, table, prefix, membership, endpoint, service, mode } = itemKind;
    const order = [identity, selector, table, prefix, membership, endpoint, service, mode];
    return order.flatMap((kind) => [...this.#contents[kind].fields()]);
  }

  /**
   * Adds an item of a whole bundle and counts it into the digest. Throws an AgentError `sync-violation` where it is
   * there already. What it refers to may come later: see checkReferences.
   */
  add(encoded: Item, item: CheckedItem): void {
    const { kind, id, field, digest } = encoded;
    const key = id.slice(2);
    const contents = this.#contents[kind];
    if (contents.has(key)) throw new AgentError('sync-violation', `two items ${itemName(kind, encoded.key)}`);
    contents.set(key, { item, field, digest });
    this.#refer(item, 1);
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
      this.#refer(next.item, 1);
    } else {
      this.#contents[kind].delete(key);
    }
  }

  #refer(item: CheckedItem, count: number): void {
    for (const id of referencesOf(item)) {
      const sum = this.referencesTo(id) + count;
      if (sum === 0) this.#references.delete(id);
      else this.#references.set(id, sum);
    }
  }
}
