import type { Digest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';

/** All that one node needs, in encoded form. */
export interface NodeBundle {
  readonly node: string;
  /** Of all items. */
  readonly digest: Digest;
  /** By id. */
  readonly items: ReadonlyMap<string, Item>;
}
