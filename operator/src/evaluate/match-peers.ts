import type { ClusterState } from '../model/cluster.ts';
import type { CidrPeer, Entity, NodesPeer, Peer, Peers } from '../model/policy.ts';
import { contains } from './contains.ts';
import type { PeerIdentity } from './identify.ts';
import { isInScope } from './is-in-scope.ts';
import { matchCidrGroup } from './match-cidr-group.ts';
import { matchServices } from './match-services.ts';
import type { PeerMatch } from './peer-match.ts';
import { selects } from './selects.ts';

export function matchPeers(state: ClusterState, peers: Peers, peer: PeerIdentity): PeerMatch {
  switch (peers.kind) {
    case 'any':
      return 'identity';
    case 'none':
      return 'none';
    case 'list': {
      const matches = peers.peers.map((wanted) => matchPeer(state, wanted, peer));
      if (matches.includes('identity')) return 'identity';
      return matches.includes('address') ? 'address' : 'none';
    }
  }
}

function matchPeer(state: ClusterState, wanted: Peer, peer: PeerIdentity): PeerMatch {
  switch (wanted.kind) {
    case 'endpoints':
      return selects(wanted.selector, peer.labels) ? 'identity' : 'none';
    case 'cidr':
      return matchCidr(wanted, peer) ? 'address' : 'none';
    case 'cidr-group':
      return isInScope(wanted.scope, peer) && matchCidrGroup(state, wanted, peer.address)
        ? 'address'
        : 'none';
    case 'entity':
      return matchEntity(wanted.entity, peer) ? 'identity' : 'none';
    case 'nodes':
      return matchNodes(wanted, peer) ? 'identity' : 'none';
    case 'services':
      return matchServices(state, wanted, peer);
  }
}

function matchCidr({ block, except, scope }: CidrPeer, peer: PeerIdentity): boolean {
  const { address } = peer;
  if (address === undefined || !isInScope(scope, peer)) return false;
  return contains(block, address) && !except.some((hole) => contains(hole, address));
}

function matchNodes({ selector, includeLocal }: NodesPeer, peer: PeerIdentity): boolean {
  if (peer.kind !== 'node' || peer.node === undefined || (peer.isLocal && !includeLocal)) return false;
  const labels = Array.from(peer.node.labels, ([key, value]) => ({ source: 'node' as const, key, value }));
  return selects(selector, labels);
}

function matchEntity(entity: Entity, peer: PeerIdentity): boolean {
  switch (entity) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'world':
      return peer.kind === 'world';
    case 'cluster':
      return isOfCluster(peer) && !(peer.kind === 'pod' && peer.pod.cluster !== undefined);
    case 'cluster-mesh':
      return isOfCluster(peer);
    case 'host':
    case 'remote-node':
    case 'kube-apiserver':
    case 'health':
    case 'init':
    case 'unmanaged':
    case 'ingress':
      return hasLabel(peer, entity);
  }
}

/** All but the world; the API server is always of the cluster, wherever it runs. */
const isOfCluster = (peer: PeerIdentity): boolean =>
  peer.kind !== 'world' || hasLabel(peer, 'kube-apiserver');

const hasLabel = (peer: PeerIdentity, name: string): boolean =>
  peer.labels.some(({ source, key }) => source === 'reserved' && key === name);
