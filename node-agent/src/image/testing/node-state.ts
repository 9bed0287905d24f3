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
    const bundle = emptyBundle();
    for (const [id, item] of this.#items) addItem(bundle, id.slice(2), item);
    return bundle;
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

function emptyBundle() {
  return {
    revision: 1,
    digest: emptyDigest,
    endpoints: new Map<string, InstanceType<typeof v1.Endpoint>>(),
    identities: new Map<string, InstanceType<typeof v1.Identity>>(),
    prefixes: new Map<string, InstanceType<typeof v1.Prefix>>(),
    selectors: new Map<string, InstanceType<typeof v1.Selector>>(),
    memberships: new Map<string, InstanceType<typeof v1.Membership>>(),
    tables: new Map<string, InstanceType<typeof v1.Table>>(),
    services: new Map<string, InstanceType<typeof v1.Service>>(),
    observe: false,
  };
}

function addItem(bundle: ReturnType<typeof emptyBundle>, key: string, item: ItemMessage): void {
  switch (item.kind) {
    case itemKind.endpoint:
      bundle.endpoints.set(key, v1.Endpoint.create(item.message));
      return;
    case itemKind.identity:
      bundle.identities.set(key, v1.Identity.create(item.message));
      return;
    case itemKind.prefix:
      bundle.prefixes.set(key, v1.Prefix.create(item.message));
      return;
    case itemKind.selector:
      bundle.selectors.set(key, v1.Selector.create(item.message));
      return;
    case itemKind.membership:
      bundle.memberships.set(key, v1.Membership.create(item.message));
      return;
    case itemKind.table:
      bundle.tables.set(key, v1.Table.create(item.message));
      return;
    case itemKind.service:
      bundle.services.set(key, v1.Service.create(item.message));
      return;
    case itemKind.mode:
      throw new Error('bundles of these tests are enforced');
  }
}
