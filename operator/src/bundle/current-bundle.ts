import type { Digest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import { OperatorError } from '../errors.ts';
import type { BundleChange } from './bundle-change.ts';
import { itemsInOrder } from './items-in-order.ts';
import type { NodeBundle } from './node-bundle.ts';

export interface BundleContent {
  readonly node: string;
  readonly digest: Digest;
  /** Of the newest bundle. */
  readonly items: () => Iterable<Item>;
  /** Whether that is still the one with the digest. */
  readonly isCurrent: () => boolean;
}

/**
 * The newest bundle of a node. Its items are listed when they are first asked for: most are asked for their digest
 * alone. Throws an OperatorError `bundle-outdated` where the bundle has changed before that.
 */
export class CurrentBundle implements NodeBundle {
  readonly #content: BundleContent;
  #items: ReadonlyMap<string, Item> | undefined;

  constructor(content: BundleContent) {
    this.#content = content;
  }

  get node(): string {
    return this.#content.node;
  }

  get digest(): Digest {
    return this.#content.digest;
  }

  get items(): ReadonlyMap<string, Item> {
    this.#items ??= this.#list();
    return this.#items;
  }

  #list(): ReadonlyMap<string, Item> {
    const { node, items, isCurrent } = this.#content;
    if (!isCurrent())
      throw new OperatorError('bundle-outdated', `the bundle of node ${node} has changed since`);
    const byId = new Map<string, Item>();
    for (const item of items()) byId.set(item.id, item);
    return byId;
  }
}

/** The first bundle of a node as a change. As with the bundle, items must be asked for before they change. */
export class FirstChange implements BundleChange {
  readonly removes: readonly Item[] = [];
  readonly #bundle: NodeBundle;
  #upserts: readonly Item[] | undefined;

  constructor(bundle: NodeBundle) {
    this.#bundle = bundle;
  }

  get node(): string {
    return this.#bundle.node;
  }

  get digest(): Digest {
    return this.#bundle.digest;
  }

  get upserts(): readonly Item[] {
    this.#upserts ??= itemsInOrder(this.#bundle.items.values(), 'forwards');
    return this.#upserts;
  }
}
