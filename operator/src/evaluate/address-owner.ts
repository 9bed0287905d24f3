import type { Prefix } from '../model/address.ts';
import { type ClusterState, podKey } from '../model/cluster.ts';
import type { Node, Pod } from '../model/endpoint.ts';
import type { SpecialAddress } from '../model/special-address.ts';
import { holds } from './contains.ts';

/** Whose a whole address is. What nobody in the cluster has belongs to the world. */
export type AddressOwner =
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'special'; readonly special: SpecialAddress }
  | { readonly kind: 'world' };

/** A node's own address stays the node's, whatever a pod claims; a pod goes before what no object of Kubernetes names. */
export function ownerOf(state: ClusterState, address: Prefix): AddressOwner {
  const node = nodeAt(state, address);
  if (node) return { kind: 'node', node };
  const pod = podAt(state, address);
  if (pod) return { kind: 'pod', pod };
  const special = specialAt(state, address);
  return special ? { kind: 'special', special } : { kind: 'world' };
}

/** Of two nodes with one address the one with the lesser name has it. */
const nodeAt = (state: ClusterState, address: Prefix): Node | undefined =>
  least([...state.nodes.values()].filter((node) => holds(node.addresses, address)));

const specialAt = (state: ClusterState, address: Prefix): SpecialAddress | undefined =>
  least([...state.specialAddresses.values()].filter((special) => special.address.text === address.text));

function least<T extends { readonly name: string }>(owners: readonly T[]): T | undefined {
  return owners.reduce<T | undefined>(
    (one, other) => (one && one.name < other.name ? one : other),
    undefined,
  );
}

function podAt(state: ClusterState, address: Prefix): Pod | undefined {
  let owner: Pod | undefined;
  for (const pod of state.pods.values()) {
    if (pod.hostNetwork || pod.finished || !holds(pod.addresses, address)) continue;
    if (!owner || isLater(pod, owner)) owner = pod;
  }
  return owner;
}

/**
 * Of two pods that claim one address the one that is not terminating has it, then who started later, then the greater
 * uid, then (without uids) the greater key.
 */
function isLater(pod: Pod, other: Pod): boolean {
  if (pod.terminating !== other.terminating) return other.terminating;
  if (pod.started !== other.started) return pod.started > other.started;
  return pod.uid !== other.uid ? pod.uid > other.uid : podKey(pod) > podKey(other);
}
