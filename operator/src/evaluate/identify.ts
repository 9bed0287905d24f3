import type { Prefix } from '../model/address.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { Node, Pod } from '../model/endpoint.ts';
import { ownerOf } from './address-owner.ts';
import { runsApiServer, servesApi } from './api-server.ts';
import { type EffectiveLabel, podLabels, reservedLabels } from './effective-labels.ts';
import type { Packet, ReservedName, Side } from './side.ts';

/** Who a peer is to one subject. */
export type PeerIdentity = (
  | { readonly kind: 'pod'; readonly pod: Pod }
  /** `node` is undefined where only the entity is given. */
  | { readonly kind: 'node'; readonly node: Node | undefined; readonly isLocal: boolean }
  /** In the cluster, neither a pod nor a node. */
  | { readonly kind: 'special' }
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
      return identifyEntity(state, subject, side.entity);
    case 'pod':
      return identifyPod(state, subject, side.pod, addressFor(subject, side.pod, packet));
    case 'address':
      return identifyAddress(state, subject, side.address);
  }
}

function identifyAddress(state: ClusterState, subject: Pod, address: Prefix): PeerIdentity {
  const owner = ownerOf(state, address);
  switch (owner.kind) {
    case 'pod':
      return identifyPod(state, subject, owner.pod, address);
    case 'node':
      return identifyNode(state, owner.node, subject.node === owner.node.name, address);
    case 'special':
      return { kind: 'special', labels: reservedLabels(owner.special.entity), address };
    case 'world': {
      const world = `world-ipv${address.family}`;
      const labels = servesApi(state, address)
        ? reservedLabels('kube-apiserver', world)
        : reservedLabels(world);
      return { kind: 'world', labels, address };
    }
  }
}

/** A pod in its node's network is the node. */
function identifyPod(state: ClusterState, subject: Pod, pod: Pod, address: Prefix | undefined): PeerIdentity {
  if (!pod.hostNetwork) return { kind: 'pod', pod, labels: podLabels(state, pod), address };
  const node = pod.cluster === undefined ? state.nodes.get(pod.node) : undefined;
  return identifyNode(state, node, pod.cluster === undefined && pod.node === subject.node, address);
}

function identifyNode(
  state: ClusterState,
  node: Node | undefined,
  isLocal: boolean,
  address: Prefix | undefined,
): PeerIdentity {
  const name = isLocal ? 'host' : 'remote-node';
  const labels =
    node && runsApiServer(state, node) ? reservedLabels(name, 'kube-apiserver') : reservedLabels(name);
  return { kind: 'node', node, isLocal, labels, address };
}

/** An entity that is given without an address. The API server is on another node then. */
function identifyEntity(state: ClusterState, subject: Pod, entity: ReservedName): PeerIdentity {
  switch (entity) {
    case 'host':
      return identifyNode(state, state.nodes.get(subject.node), true, undefined);
    case 'remote-node':
      return identifyNode(state, undefined, false, undefined);
    case 'kube-apiserver': {
      const labels = reservedLabels('remote-node', 'kube-apiserver');
      return { kind: 'node', node: undefined, isLocal: false, labels, address: undefined };
    }
    case 'health':
    case 'ingress':
    case 'init':
    case 'unmanaged':
      return { kind: 'special', labels: reservedLabels(entity), address: undefined };
  }
}

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
