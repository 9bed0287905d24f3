import type { Prefix } from '@weir/operator/src/model/address.ts';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import type { ClusterObject } from '@weir/operator/src/model/event.ts';
import type { SpecialAddress } from '@weir/operator/src/model/special-address.ts';
import { parseAddress } from './address.ts';

/** Of the ranges for benchmarks (RFC 2544, RFC 5180), where no case has an address. */
const spareAddresses: Readonly<Record<SpecialAddress['entity'] | 'kube-apiserver', readonly Prefix[]>> = {
  init: ['198.18.255.1', '2001:2:0:ffff::1'].map(parseAddress),
  unmanaged: ['198.18.255.2', '2001:2:0:ffff::2'].map(parseAddress),
  health: ['198.18.255.3', '2001:2:0:ffff::3'].map(parseAddress),
  ingress: ['198.18.255.4', '2001:2:0:ffff::4'].map(parseAddress),
  'kube-apiserver': ['198.18.255.5', '2001:2:0:ffff::5'].map(parseAddress),
};

/** The API server of a case runs on a node of its own, as Cilium's identity of it means. */
export const apiServerNode = 'kube-apiserver';

/** Gives the entities that a case asks about, and that no object of it names, an address. */
export function entityObjects(entities: ReadonlySet<string>): readonly ClusterObject[] {
  return [...entities].flatMap((entity): readonly ClusterObject[] => {
    if (entity === 'kube-apiserver') return apiServer();
    return isSpecial(entity) ? specialAddresses(entity) : [];
  });
}

/** Empty for an entity that is not one of these. */
export function entityAddresses(state: ClusterState, entity: string): readonly Prefix[] {
  if (entity === 'kube-apiserver') return state.nodes.get(apiServerNode)?.addresses ?? [];
  return [...state.specialAddresses.values()]
    .filter((special) => special.entity === entity)
    .map(({ address }) => address);
}

function isSpecial(entity: string): entity is SpecialAddress['entity'] {
  return entity === 'init' || entity === 'unmanaged' || entity === 'health' || entity === 'ingress';
}

const specialAddresses = (entity: SpecialAddress['entity']): readonly ClusterObject[] =>
  spareAddresses[entity].map((address) => ({
    kind: 'SpecialAddress',
    name: `${entity}/${address.family}`,
    entity,
    address,
  }));

/** A node, and the slices by which the control plane tells where the API is served. */
function apiServer(): readonly ClusterObject[] {
  const addresses = spareAddresses['kube-apiserver'];
  return [
    { kind: 'Node', name: apiServerNode, labels: new Map(), addresses },
    ...addresses.map(
      (address): ClusterObject => ({
        kind: 'EndpointSlice',
        namespace: 'default',
        name: `kubernetes-${address.family}`,
        service: 'kubernetes',
        ports: [{ name: 'https', protocol: 'TCP', port: 6443 }],
        endpoints: [{ addresses: [address], ready: true, serving: true, terminating: false, node: '' }],
      }),
    ),
  ];
}
