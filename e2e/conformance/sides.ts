import type { Prefix } from '@weir/operator/src/model/address.ts';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import type { Pod } from '@weir/operator/src/model/endpoint.ts';
import { parseAddress } from './address.ts';
import { type CaseQuery, type CaseSide, isEndpointQuery } from './case.ts';
import { apiServerNode, entityAddresses } from './entity-objects.ts';

export type Family = 4 | 6;

/** Throws an Error for a name that the case does not have. */
export function podNamed(state: ClusterState, key: string): Pod {
  const pod = state.pods.get(key);
  if (!pod) throw new Error(`the case has no pod ${key}`);
  return pod;
}

/** What packets of this side carry; empty for entities without an address. Entities are seen from `subject`. */
export function addressesOf(
  state: ClusterState,
  side: CaseSide,
  subject: Pod | undefined,
): readonly Prefix[] {
  if ('pod' in side) return podNamed(state, side.pod).addresses;
  if ('ip' in side) return [parseAddress(side.ip)];
  const nodes = [...state.nodes.values()];
  if (side.entity === 'host') return nodes.find(({ name }) => name === subject?.node)?.addresses ?? [];
  if (side.entity === 'remote-node') {
    const other = nodes.find(({ name }) => name !== subject?.node && name !== apiServerNode);
    return other?.addresses ?? [];
  }
  return entityAddresses(state, side.entity);
}

/** The two ends of a query, the source first. */
export function endsOf(
  state: ClusterState,
  query: CaseQuery,
): readonly [readonly Prefix[], readonly Prefix[]] {
  if (!isEndpointQuery(query)) {
    return [addressesOf(state, query.from, undefined), addressesOf(state, query.to, undefined)];
  }
  const subject = podNamed(state, query.subject);
  const peer = addressesOf(state, query.peer, subject);
  return query.direction === 'egress' ? [subject.addresses, peer] : [peer, subject.addresses];
}

/** In which families the packet of a query can be: both ends have an address, and the protocol exists there. */
export function familiesOf(state: ClusterState, query: CaseQuery): readonly Family[] {
  const [source, destination] = endsOf(state, query);
  const has = (addresses: readonly Prefix[], wanted: Family) =>
    addresses.some(({ family }) => family === wanted);
  return ([4, 6] as const).filter(
    (family) => query.protocol !== foreignProtocol[family] && has(source, family) && has(destination, family),
  );
}

const foreignProtocol = { 4: 'ICMPv6', 6: 'ICMP' } as const;
