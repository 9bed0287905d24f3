import type { Pod } from '../model/endpoint.ts';
import type { Peers, RuleItem } from '../model/policy.ts';
import type { PeerIdentity } from './identify.ts';
import { matchPeers } from './match-peers.ts';
import { matchPorts } from './match-ports.ts';
import type { Packet } from './side.ts';

/** A packet that comes to the subject: a port's name means the subject's port. */
export const matchIngressItem = (item: RuleItem, packet: Packet, subject: Pod, from: PeerIdentity): boolean =>
  matchPeers(item.peers, from) && matchPorts(item.ports, packet, subject.ports);

/** A packet that goes to `to`: a port's name means that pod's port, and nothing for peers named by address. */
export function matchEgressItem(item: RuleItem, packet: Packet, to: PeerIdentity): boolean {
  const byNumber = matchPeers(item.peers, to) && matchPorts(item.ports, packet, []);
  if (byNumber || to.kind !== 'pod') return byNumber;
  return matchPeers(withoutBlocks(item.peers), to) && matchPorts(item.ports, packet, to.pod.ports);
}

const withoutBlocks = (peers: Peers): Peers =>
  peers.kind === 'list' ? { kind: 'list', peers: peers.peers.filter(({ kind }) => kind !== 'cidr') } : peers;
