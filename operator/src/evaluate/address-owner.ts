import type { Prefix } from '../model/address.ts';
import { type ClusterState, podKey } from '../model/cluster.ts';
import type { Node, Pod } from '../model/endpoint.ts';

/** Whose a whole address is. An address of neither a pod nor a node belongs to the world. */
export type AddressOwner =
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'world' };

/** A node's own address stays the node's, whatever a pod claims. */
export function ownerOf(state: ClusterState, address: Prefix): AddressOwner {
  const node = nodeAt(state, address);
  if (node) return { kind: 'node', node };
  const pod = podAt(state, address);
  return pod ? { kind: 'pod', pod } : { kind: 'world' };
}

/** Of two nodes with one address the one with the lesser name has it. */
function nodeAt(state: ClusterState, address: Prefix): Node | undefined {
  let owner: Node | undefined;
  for (const node of state.nodes.values()) {
    if (!holds(node.addresses, address)) continue;
    if (!owner || node.name < owner.name) owner = node;
  }
  return owner;
}

function podAt(state: ClusterState, address: Prefix): Pod | undefined {
  let owner: Pod | undefined;
  for (const pod of state.pods.values()) {
    if (pod.hostNetwork || pod.finished || !holds(pod.addresses, address)) continue;
    if (!owner || isLater(pod, owner)) owner = pod;
  }
  return owner;
}

/** Of two pods that claim one address the later created has it, then the greater uid, then (without uids) the greater key. */
function isLater(pod: Pod, other: Pod): boolean {
  if (pod.created !== other.created) return pod.created > other.created;
  return pod.uid !== other.uid ? pod.uid > other.uid : podKey(pod) > podKey(other);
}

const holds = (addresses: readonly Prefix[], address: Prefix): boolean =>
  addresses.some(({ text }) => text === address.text);
