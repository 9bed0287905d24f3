import { hash } from 'node:crypto';
import { weir } from '@weir/proto/bundle.js';
import { emptyDigest } from '@weir/proto/digest.ts';
import { encodeItem, type ItemMessage, itemKind } from '@weir/proto/item.ts';
import type { Bundle, BundleChange } from '../../bundle.ts';
import type { Binding } from '../image.ts';

const v1 = weir.bundle.v1;

/** 16 bytes for a name. */
export const key16 = (name: string): Uint8Array =>
  new Uint8Array(hash('sha256', name, 'buffer').subarray(0, 16));

/** All items of a node, to be changed at will; `takeChange` says what has changed. */
export class NodeState {
  readonly #items = new Map<string, ItemMessage>();
  #upserts = new Map<string, ItemMessage>();
  #removes = new Map<string, ItemMessage>();
  readonly bindings: Binding[] = [];
  localAddresses: Uint8Array[] = [];
  #isFirst = true;

  set(item: ItemMessage): void {
    const { id } = encodeItem(item);
    this.#items.set(id, item);
    this.#upserts.set(id, item);
    this.#removes.delete(id);
  }

  remove(item: ItemMessage): void {
    const { id } = encodeItem(item);
    if (!this.#items.delete(id)) return;
    this.#upserts.delete(id);
    this.#removes.set(id, item);
  }

  get bundle(): Bundle {
    const messages = <T>(kind: number, create: (message: ItemMessage['message']) => T): Map<string, T> => {
      const found = new Map<string, T>();
      for (const [id, item] of this.#items)
        if (item.kind === kind) found.set(id.slice(2), create(item.message));
      return found;
    };
    return {
      revision: 1,
      digest: emptyDigest,
      endpoints: messages(itemKind.endpoint, (message) => v1.Endpoint.create(message)),
      identities: messages(itemKind.identity, (message) => v1.Identity.create(message)),
      prefixes: messages(itemKind.prefix, (message) => v1.Prefix.create(message)),
      selectors: messages(itemKind.selector, (message) => v1.Selector.create(message)),
      memberships: messages(itemKind.membership, (message) => v1.Membership.create(message)),
      tables: messages(itemKind.table, (message) => v1.Table.create(message)),
      observe: false,
    };
  }

  /** What has changed since the last call. */
  takeChange(): BundleChange {
    const change = {
      bundle: this.bundle,
      whole: this.#isFirst,
      upserts: [...this.#upserts.values()],
      removes: [...this.#removes.values()].map((item) => ({ kind: item.kind, key: encodeItem(item).key })),
    };
    this.#isFirst = false;
    this.#upserts = new Map();
    this.#removes = new Map();
    return change;
  }
}
