import type { Digest } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';

/** What turns a node's bundle into the next. */
export interface BundleChange {
  readonly node: string;
  /** New items and replacements of the same id; what others refer to comes first. */
  readonly upserts: readonly Item[];
  readonly removes: readonly Item[];
  /** Of the bundle after the change. */
  readonly digest: Digest;
}
