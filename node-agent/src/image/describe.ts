import { weir } from '@weir/proto/bundle.js';
import { baseBlock } from './block-names.ts';
import { formatPrefix } from './format-prefix.ts';
import type { ImageState } from './image-state.ts';
import { hostIdentity, worldIdentity } from './slots.ts';
import { at } from './words.ts';

/** A peer, as a slot names it. */
export interface SlotDescription {
  readonly kind:
    | 'world'
    | 'host'
    | 'remote-node'
    | 'pod'
    | 'kube-apiserver'
    | 'health'
    | 'init'
    | 'unmanaged'
    | 'ingress';
  /** Number of the identity; 0 for the world, and for the host where the bundle does not name it. */
  readonly identity: number;
  /** "source:key=value". */
  readonly labels: readonly string[];
  /** Innermost block that a selector names around the address, for example "10.0.0.0/8"; empty: none. */
  readonly block: string;
}

export interface ImageDescription {
  /** The outcome of a cookie; undefined for 0 and for one that no table has any more. */
  outcome(cookie: number): weir.bundle.v1.IOutcome | undefined;
  /** Undefined for a slot that no address has any more. */
  slot(slot: number): SlotDescription | undefined;
}

const { Entity } = weir.bundle.v1;

/** Reads the state as it is at the time of each call. */
export const describeImage = (state: ImageState): ImageDescription => ({
  outcome: (cookie) => state.cookies.get(cookie),
  slot: (slot) => describeSlot(state, slot),
});

function describeSlot(state: ImageState, slot: number): SlotDescription | undefined {
  const { slots, identities } = state;
  if (slot >= slots.size || !slots.isUsed(slot)) return undefined;
  const index = at(slots.identity, slot);
  const block = blockText(state, at(slots.block, slot));
  if (index === worldIdentity) return { kind: 'world', identity: 0, labels: [], block };
  const identity = identities.at(index);
  return {
    kind: index === hostIdentity ? 'host' : (kinds.get(identity?.entity) ?? 'pod'),
    identity: identity?.number ?? 0,
    labels: identity?.labels ?? [],
    block,
  };
}

const kinds = new Map<weir.bundle.v1.Entity | null | undefined, SlotDescription['kind']>([
  [Entity.ENTITY_REMOTE_NODE, 'remote-node'],
  [Entity.ENTITY_KUBE_APISERVER, 'kube-apiserver'],
  [Entity.ENTITY_HEALTH, 'health'],
  [Entity.ENTITY_INIT, 'init'],
  [Entity.ENTITY_UNMANAGED, 'unmanaged'],
  [Entity.ENTITY_INGRESS, 'ingress'],
]);

function blockText(state: ImageState, block: number): string {
  if ((block === baseBlock[4] || block === baseBlock[6]) && !state.names.isNamed(block)) return '';
  for (const { columns } of [state.tables[4], state.tables[6]]) {
    const row = columns.block.subarray(0, columns.size).indexOf(block);
    if (row >= 0) return formatPrefix(columns, row);
  }
  return '';
}
