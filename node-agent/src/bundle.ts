import type { weir } from '@weir/proto/bundle.js';
import type { Digest } from '@weir/proto/digest.ts';
import type { ItemMessage } from '@weir/proto/item.ts';

type Wire = typeof weir.bundle.v1;

/**
 * All that this node enforces, as the operator says it. Maps are keyed by the item's key (see ItemRef in the
 * protocol) as a latin1 text.
 */
export interface Bundle {
  readonly revision: number;
  readonly digest: Digest;
  readonly endpoints: ReadonlyMap<string, InstanceType<Wire['Endpoint']>>;
  readonly identities: ReadonlyMap<string, InstanceType<Wire['Identity']>>;
  readonly prefixes: Many<InstanceType<Wire['Prefix']>>;
  readonly selectors: ReadonlyMap<string, InstanceType<Wire['Selector']>>;
  readonly memberships: Many<InstanceType<Wire['Membership']>>;
  readonly tables: ReadonlyMap<string, InstanceType<Wire['Table']>>;
  readonly services: ReadonlyMap<string, InstanceType<Wire['Service']>>;
  /** Nothing is dropped: all verdicts are made and told. */
  readonly observe: boolean;
}

/** Messages by key, of which there are so many that they are not kept decoded. */
export interface Many<Message> {
  readonly size: number;
  has(key: string): boolean;
  values(): Iterable<Message>;
}

/** What turns one bundle into the next; an upsert replaces the item of the same kind and key. */
export interface BundleChange {
  /** The bundle after the change. */
  readonly bundle: Bundle;
  /** True where the bundle is not the former one plus this change: build all anew. */
  readonly whole: boolean;
  readonly upserts: readonly ItemMessage[];
  readonly removes: readonly { readonly kind: number; readonly key: Uint8Array }[];
}
