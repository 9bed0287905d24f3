import type { CidrPeer, Entity, Peer, Peers } from '../model/policy.ts';
import { contains } from './contains.ts';
import type { PeerIdentity } from './identify.ts';
import { selects } from './selects.ts';

export function matchPeers(peers: Peers, peer: PeerIdentity): boolean {
  switch (peers.kind) {
    case 'any':
      return true;
    case 'none':
      return false;
    case 'list':
      return peers.peers.some((wanted) => matchPeer(wanted, peer));
  }
}

function matchPeer(wanted: Peer, peer: PeerIdentity): boolean {
  switch (wanted.kind) {
    case 'endpoints':
      return selects(wanted.selector, peer.labels);
    case 'cidr':
      return matchCidr(wanted, peer);
    case 'entity':
      return matchEntity(wanted.entity, peer);
  }
}

function matchCidr({ block, except, scope }: CidrPeer, { kind, address }: PeerIdentity): boolean {
  if (address === undefined) return false;
  if (scope === 'external' && kind !== 'world') return false;
  return contains(block, address) && !except.some((hole) => contains(hole, address));
}

function matchEntity(entity: Entity, peer: PeerIdentity): boolean {
  switch (entity) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'world':
      return peer.kind === 'world';
    case 'host':
      return hasLabel(peer, 'host');
    case 'remote-node':
      return hasLabel(peer, 'remote-node');
    case 'cluster':
      return peer.kind === 'reserved' || (peer.kind === 'pod' && peer.pod.cluster === undefined);
  }
}

const hasLabel = (peer: PeerIdentity, name: string): boolean =>
  peer.labels.some(({ source, key }) => source === 'reserved' && key === name);
