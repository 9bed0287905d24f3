import type { Prefix } from '../model/address.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import { ownerOf } from './address-owner.ts';
import { type EffectiveLabel, podLabels, reservedLabels } from './effective-labels.ts';
import type { Packet, ReservedName, Side } from './side.ts';

/** Who a peer is to one subject. */
export type PeerIdentity = (
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'reserved'; readonly name: ReservedName }
  | { readonly kind: 'world' }
) & {
  readonly labels: readonly EffectiveLabel[];
  /** The address that its packets carry; undefined for an entity that has none. */
  readonly address: Prefix | undefined;
};

/** Who `side` is, seen from a pod on the node `subject.node`. */
export function identify(state: ClusterState, subject: Pod, side: Side, packet: Packet): PeerIdentity {
  switch (side.kind) {
    case 'entity':
      return reserved(side.entity, undefined);
    case 'pod':
      return identifyPod(state, subject, side.pod, addressFor(subject, side.pod, packet));
    case 'address': {
      const { address } = side;
      const owner = ownerOf(state, address);
      if (owner.kind === 'pod') return identifyPod(state, subject, owner.pod, address);
      if (owner.kind === 'node') return reserved(nodeSeenFrom(subject, owner.node.name), address);
      return { kind: 'world', labels: reservedLabels(`world-ipv${address.family}`), address };
    }
  }
}

function identifyPod(state: ClusterState, subject: Pod, pod: Pod, address: Prefix | undefined): PeerIdentity {
  if (pod.hostNetwork) return reserved(nodeSeenFrom(subject, pod.node), address);
  return { kind: 'pod', pod, labels: podLabels(state, pod), address };
}

const nodeSeenFrom = (subject: Pod, node: string): ReservedName =>
  subject.node === node ? 'host' : 'remote-node';

/** The API server of a cluster runs on another node, as far as labels tell. */
const reserved = (name: ReservedName, address: Prefix | undefined): PeerIdentity => ({
  kind: 'reserved',
  name,
  labels: name === 'kube-apiserver' ? reservedLabels(name, 'remote-node') : reservedLabels(name),
  address,
});

/** The peer's address in the family that the packet has; IPv4 where both are possible. */
function addressFor(subject: Pod, peer: Pod, { protocol, family }: Packet): Prefix | undefined {
  const wanted = family ?? (protocol === 'ICMP' ? 4 : protocol === 'ICMPv6' ? 6 : undefined);
  const possible = peer.addresses.filter((address) =>
    wanted !== undefined
      ? address.family === wanted
      : subject.addresses.some((own) => own.family === address.family),
  );
  return possible.find((address) => address.family === 4) ?? possible[0];
}
