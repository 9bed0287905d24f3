import type { CidrGroup } from '../model/cidr-group.ts';
import { type Cluster, type ClusterState, podKey, policyKey, serviceKey } from '../model/cluster.ts';
import type { Namespace, Node, Pod } from '../model/endpoint.ts';
import type { ClusterEvent, ClusterObject, ObjectKey } from '../model/event.ts';
import type { Policy } from '../model/policy.ts';
import type { EndpointSlice, Service } from '../model/service.ts';
import type { SpecialAddress } from '../model/special-address.ts';

/** One object before and after some events; undefined: not there. */
export interface Changed<T> {
  readonly from: T | undefined;
  readonly to: T | undefined;
}

interface Objects {
  readonly namespaces: Namespace;
  readonly nodes: Node;
  readonly pods: Pod;
  /** The versions in force. */
  readonly policies: Policy;
  readonly cidrGroups: CidrGroup;
  readonly services: Service;
  readonly endpointSlices: EndpointSlice;
  readonly specialAddresses: SpecialAddress;
}

type Kind = keyof Objects;

/** By the keys of ClusterState. */
export type ChangedObjects = { readonly [K in Kind]: ReadonlyMap<string, Changed<Objects[K]>> };

/** Applies the events to the cluster and tells which objects are others now, each once. */
export function applyEvents(cluster: Cluster, events: readonly ClusterEvent[]): ChangedObjects {
  const before: { readonly [K in Kind]: Before<K> } = {
    namespaces: new Before('namespaces'),
    nodes: new Before('nodes'),
    pods: new Before('pods'),
    policies: new Before('policies'),
    cidrGroups: new Before('cidrGroups'),
    services: new Before('services'),
    endpointSlices: new Before('endpointSlices'),
    specialAddresses: new Before('specialAddresses'),
  };
  for (const event of events) {
    const [kind, key] = event.kind === 'upsert' ? placeOfObject(event.object) : placeOfKey(event.key);
    before[kind].remember(cluster.state, key);
    for (const policy of cluster.policiesConcernedBy(event)) before.policies.remember(cluster.state, policy);
    cluster.apply(event);
  }
  const { state } = cluster;
  return {
    namespaces: before.namespaces.changed(state),
    nodes: before.nodes.changed(state),
    pods: before.pods.changed(state),
    policies: before.policies.changed(state),
    cidrGroups: before.cidrGroups.changed(state),
    services: before.services.changed(state),
    endpointSlices: before.endpointSlices.changed(state),
    specialAddresses: before.specialAddresses.changed(state),
  };
}

const readers: { readonly [K in Kind]: (state: ClusterState, key: string) => Objects[K] | undefined } = {
  namespaces: (state, key) => state.namespaces.get(key),
  nodes: (state, key) => state.nodes.get(key),
  pods: (state, key) => state.pods.get(key),
  policies: (state, key) => state.policies.get(key)?.inForce,
  cidrGroups: (state, key) => state.cidrGroups.get(key),
  services: (state, key) => state.services.get(key),
  endpointSlices: (state, key) => state.endpointSlices.get(key),
  specialAddresses: (state, key) => state.specialAddresses.get(key),
};

/** The objects of one kind as they were before the first event of each. */
class Before<K extends Kind> {
  readonly #read: (state: ClusterState, key: string) => Objects[K] | undefined;
  readonly #objects = new Map<string, Objects[K] | undefined>();

  constructor(kind: K) {
    this.#read = readers[kind];
  }

  remember(state: ClusterState, key: string): void {
    if (!this.#objects.has(key)) this.#objects.set(key, this.#read(state, key));
  }

  changed(state: ClusterState): ReadonlyMap<string, Changed<Objects[K]>> {
    const changed = new Map<string, Changed<Objects[K]>>();
    for (const [key, from] of this.#objects) {
      const to = this.#read(state, key);
      if (from !== to) changed.set(key, { from, to });
    }
    return changed;
  }
}

function placeOfObject(object: ClusterObject): readonly [Kind, string] {
  switch (object.kind) {
    case 'Policy':
    case 'TieredPolicy':
    case 'RefusedPolicy':
      return ['policies', policyKey(object.ref)];
    case 'Pod':
      return ['pods', podKey(object)];
    case 'Service':
      return ['services', serviceKey(object)];
    case 'EndpointSlice':
      return ['endpointSlices', serviceKey(object)];
    case 'Namespace':
    case 'Node':
    case 'CidrGroup':
    case 'SpecialAddress':
      return placeOfKey({ kind: object.kind, namespace: '', name: object.name });
    case 'RefusedCidrGroup':
      return placeOfKey({ kind: 'CidrGroup', namespace: '', name: object.name });
  }
}

function placeOfKey({ kind, namespace, name }: ObjectKey): readonly [Kind, string] {
  switch (kind) {
    case 'Namespace':
      return ['namespaces', name];
    case 'Node':
      return ['nodes', name];
    case 'Pod':
      return ['pods', podKey({ namespace, name, cluster: undefined })];
    case 'CidrGroup':
      return ['cidrGroups', name];
    case 'Service':
      return ['services', serviceKey({ namespace, name })];
    case 'EndpointSlice':
      return ['endpointSlices', serviceKey({ namespace, name })];
    case 'SpecialAddress':
      return ['specialAddresses', name];
    case 'NetworkPolicy':
    case 'CiliumNetworkPolicy':
    case 'CiliumClusterwideNetworkPolicy':
    case 'ClusterNetworkPolicy':
      return ['policies', policyKey({ kind, namespace, name })];
  }
}
