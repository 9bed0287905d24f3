import type { Item } from '@weir/proto/item.ts';
import { SmallSet } from '../resolve/small-set.ts';
import { ItemLayer } from './item-layer.ts';
import type { NodeShare } from './node-share.ts';

/** A layer that several nodes hold. */
export class SharedLayer extends ItemLayer {
  /** Whether it is an identity with its prefixes; nodes that need all of these don't count them one by one. */
  readonly isIdentity: boolean;
  readonly holders = new SmallSet<NodeShare>();

  constructor(isIdentity: boolean, items: readonly Item[]) {
    super();
    this.isIdentity = isIdentity;
    for (const item of items) this.set(item);
  }
}
