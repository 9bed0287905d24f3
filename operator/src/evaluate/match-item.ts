import type { ClusterState } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import type { Peers, Ports } from '../model/policy.ts';
import type { PeerIdentity } from './identify.ts';
import { matchPeers } from './match-peers.ts';
import { matchPorts } from './match-ports.ts';
import type { Direction, Packet } from './side.ts';

/** What one entry of a policy is about: these peers AND these ports. */
interface Item {
  readonly peers: Peers;
  readonly ports: Ports;
}

/** Whether a rule is about a packet between a pod and a peer. */
export type MatchItem = (item: Item) => boolean;

export const itemMatcher = (
  state: ClusterState,
  direction: Direction,
  { subject, peer, packet }: { readonly subject: Pod; readonly peer: PeerIdentity; readonly packet: Packet },
): MatchItem =>
  direction === 'ingress'
    ? (item) => matchIngress(state, item, packet, subject, peer)
    : (item) => matchEgress(state, item, packet, peer);

/** A packet that comes to the subject: a port's name means the subject's port. */
const matchIngress = (
  state: ClusterState,
  { peers, ports }: Item,
  packet: Packet,
  subject: Pod,
  from: PeerIdentity,
): boolean => matchPeers(state, peers, from) !== 'none' && matchPorts(ports, packet, subject.ports);

/** A packet that goes to `to`: a port's name means that pod's port, and nothing for peers named by address. */
function matchEgress(state: ClusterState, { peers, ports }: Item, packet: Packet, to: PeerIdentity): boolean {
  const match = matchPeers(state, peers, to);
  if (match === 'none') return false;
  const named = match === 'identity' && to.kind === 'pod' ? to.pod.ports : [];
  return matchPorts(withoutEnds(ports), packet, named);
}

/** A range from a named port on exists only where packets come in. */
const withoutEnds = (ports: Ports): Ports =>
  ports.kind === 'list'
    ? { ...ports, ports: ports.ports.map((port) => (port.kind === 'named' ? { ...port, last: 0 } : port)) }
    : ports;
