import type { CidrGroup } from '../model/cidr-group.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { Peer, Peers } from '../model/policy.ts';
import type { Service } from '../model/service.ts';
import type { Changed, ChangedObjects } from './changed-objects.ts';
import { excludesApiServer } from './peer-content.ts';
import { apiServerService, hasSelector, serviceOfSlice } from './peer-context.ts';

/**
 * Names for what rules are compiled from besides themselves: a policy is compiled again when something changes that
 * announces one of its names. Names of ports (portNameKey) are such names too.
 */
export type Dependency = string;

/** Where the Kubernetes API is served. */
const apiServerDependency: Dependency = 'api-server';

export const dependenciesOfPeers = (peers: Peers): readonly Dependency[] =>
  peers.kind === 'list' ? peers.peers.flatMap(dependenciesOfPeer) : [];

function dependenciesOfPeer(peer: Peer): readonly Dependency[] {
  switch (peer.kind) {
    case 'cidr-group':
      return peer.group.kind === 'name'
        ? [groupNamed(peer.group.name)]
        : peer.group.selector.requirements.map(({ key }) => groupLabelled(key));
    case 'services':
      return peer.service.kind === 'name'
        ? [serviceNamed(peer.namespace, peer.service.name)]
        : [servicesIn(peer.namespace)];
    case 'endpoints':
      return excludesApiServer(peer.selector) ? [apiServerDependency] : [];
    case 'cidr':
    case 'entity':
    case 'nodes':
      return [];
  }
}

const groupNamed = (name: string): Dependency => `cidr-group ${name}`;
const groupLabelled = (key: string): Dependency => `cidr-group-label ${key}`;
const serviceNamed = (namespace: string, name: string): Dependency => `service ${namespace}/${name}`;
const servicesIn = (namespace: string): Dependency => `services ${namespace}`;

/** What has changed, by the names that depend on it. */
export function announcedBy(changed: ChangedObjects, state: ClusterState): ReadonlySet<Dependency> {
  const { cidrGroups, services, endpointSlices } = changed;
  const groups = [...cidrGroups.values()].flatMap(bothOf);
  const slices = [...endpointSlices.values()].flatMap(bothOf);
  const behindSlices = slices.flatMap((slice) => state.services.get(serviceOfSlice(slice)) ?? []);
  return new Set([
    ...groups.flatMap(announcedByCidrGroup),
    ...[...services.values()].flatMap(bothOf).flatMap(announcedByService),
    ...behindSlices.filter((service) => !hasSelector(service)).flatMap(announcedByService),
    ...(concernApiServer(endpointSlices) ? [apiServerDependency] : []),
  ]);
}

export const concernApiServer = (changed: ChangedObjects['endpointSlices']): boolean =>
  [...changed.values()].flatMap(bothOf).some((slice) => serviceOfSlice(slice) === apiServerService);

const bothOf = <T>({ from, to }: Changed<T>): readonly T[] => [from, to].flatMap((object) => object ?? []);

const announcedByCidrGroup = ({ name, labels }: CidrGroup): readonly Dependency[] => [
  groupNamed(name),
  ...[...labels.keys()].map(groupLabelled),
];

/** An empty namespace means all. */
const announcedByService = ({ namespace, name }: Service): readonly Dependency[] =>
  [namespace, ''].flatMap((each) => [serviceNamed(each, name), servicesIn(each)]);
