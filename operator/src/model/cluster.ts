import type { CidrGroup } from './cidr-group.ts';
import type { Namespace, Node, Pod } from './endpoint.ts';
import type { ClusterEvent, ClusterObject, ObjectKey, RefusedPolicy } from './event.ts';
import type { Policy, PolicyRef } from './policy.ts';
import type { EndpointSlice, Service } from './service.ts';
import type { Settings } from './settings.ts';
import type { SpecialAddress } from './special-address.ts';

/** A policy's current version: what is in force, and why its newest version was refused, if it was. */
export interface PolicyState {
  /** The last accepted version or, when none was ever accepted, the isolation of the refused one. */
  readonly inForce: Policy;
  readonly accepted: boolean;
  readonly refused: RefusedPolicy | undefined;
}

/** All objects and accepted versions; every output of the operator is a function of this. */
export interface ClusterState {
  readonly settings: Settings;
  /** By name. */
  readonly namespaces: ReadonlyMap<string, Namespace>;
  /** By name. */
  readonly nodes: ReadonlyMap<string, Node>;
  /** By "namespace/name"; pods of another cluster by "cluster/namespace/name". */
  readonly pods: ReadonlyMap<string, Pod>;
  /** By policyKey. */
  readonly policies: ReadonlyMap<string, PolicyState>;
  /** By name. */
  readonly cidrGroups: ReadonlyMap<string, CidrGroup>;
  /** By "namespace/name". */
  readonly services: ReadonlyMap<string, Service>;
  /** By "namespace/name". */
  readonly endpointSlices: ReadonlyMap<string, EndpointSlice>;
  /** By name. */
  readonly specialAddresses: ReadonlyMap<string, SpecialAddress>;
}

/** Unique among all policies of all kinds. */
export const policyKey = ({ kind, namespace, name }: PolicyRef): string => [kind, namespace, name].join('/');

/** Unique among the pods of all clusters of a mesh. */
export function podKey(pod: Pick<Pod, 'namespace' | 'name' | 'cluster'>): string {
  const { cluster, namespace, name } = pod;
  // Joined, a text is in one piece; there are many of them.
  return (cluster === undefined ? [namespace, name] : [cluster, namespace, name]).join('/');
}

/** Of a service or one of its slices. */
export const serviceKey = ({ namespace, name }: { namespace: string; name: string }): string =>
  `${namespace}/${name}`;

interface MutableState {
  readonly settings: Settings;
  readonly namespaces: Map<string, Namespace>;
  readonly nodes: Map<string, Node>;
  readonly pods: Map<string, Pod>;
  readonly policies: Map<string, PolicyState>;
  readonly cidrGroups: Map<string, CidrGroup>;
  readonly services: Map<string, Service>;
  readonly endpointSlices: Map<string, EndpointSlice>;
  readonly specialAddresses: Map<string, SpecialAddress>;
}

/** The objects of one cluster, changed by events; the only mutable holder of model data. */
export class Cluster {
  readonly #state: MutableState;

  constructor(settings: Settings) {
    this.#state = {
      settings,
      namespaces: new Map(),
      nodes: new Map(),
      pods: new Map(),
      policies: new Map(),
      cidrGroups: new Map(),
      services: new Map(),
      endpointSlices: new Map(),
      specialAddresses: new Map(),
    };
  }

  get state(): ClusterState {
    return this.#state;
  }

  apply(event: ClusterEvent): void {
    if (event.kind === 'upsert') this.#upsert(event.object);
    else this.#remove(event.key);
  }

  #upsert(object: ClusterObject): void {
    const state = this.#state;
    switch (object.kind) {
      case 'Namespace':
        state.namespaces.set(object.name, object);
        return;
      case 'Node':
        state.nodes.set(object.name, object);
        return;
      case 'Pod':
        state.pods.set(podKey(object), object);
        return;
      case 'Policy':
      case 'TieredPolicy':
        state.policies.set(policyKey(object.ref), { inForce: object, accepted: true, refused: undefined });
        return;
      case 'RefusedPolicy':
        state.policies.set(policyKey(object.ref), this.#refuse(object));
        return;
      case 'CidrGroup':
        state.cidrGroups.set(object.name, object);
        return;
      case 'Service':
        state.services.set(serviceKey(object), object);
        return;
      case 'EndpointSlice':
        state.endpointSlices.set(serviceKey(object), object);
        return;
      case 'SpecialAddress':
        state.specialAddresses.set(object.name, object);
        return;
    }
  }

  #refuse(refused: RefusedPolicy): PolicyState {
    const former = this.#state.policies.get(policyKey(refused.ref));
    return former?.accepted
      ? { inForce: former.inForce, accepted: true, refused }
      : { inForce: refused.isolation, accepted: false, refused };
  }

  #remove({ kind, namespace, name }: ObjectKey): void {
    const state = this.#state;
    switch (kind) {
      case 'Namespace':
        state.namespaces.delete(name);
        return;
      case 'Node':
        state.nodes.delete(name);
        return;
      case 'Pod':
        state.pods.delete(podKey({ namespace, name, cluster: undefined }));
        return;
      case 'CidrGroup':
        state.cidrGroups.delete(name);
        return;
      case 'Service':
        state.services.delete(serviceKey({ namespace, name }));
        return;
      case 'EndpointSlice':
        state.endpointSlices.delete(serviceKey({ namespace, name }));
        return;
      case 'SpecialAddress':
        state.specialAddresses.delete(name);
        return;
      case 'NetworkPolicy':
      case 'CiliumNetworkPolicy':
      case 'CiliumClusterwideNetworkPolicy':
      case 'ClusterNetworkPolicy':
        state.policies.delete(policyKey({ kind, namespace, name }));
        return;
    }
  }
}
