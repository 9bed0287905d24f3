import type { CidrGroup } from './cidr-group.ts';
import type { Namespace, Node, Pod } from './endpoint.ts';
import type {
  ClusterEvent,
  ClusterObject,
  ObjectKey,
  Problem,
  RefusedCidrGroup,
  RefusedPolicy,
} from './event.ts';
import { GroupNamers } from './group-namers.ts';
import { isolationOf } from './isolation.ts';
import { groupProblems } from './named-groups.ts';
import type { Policy, PolicyRef } from './policy.ts';
import type { EndpointSlice, Service } from './service.ts';
import type { Settings } from './settings.ts';
import type { SpecialAddress } from './special-address.ts';

/** A policy's current version: what is in force, and why its newest version was refused, if it was. */
export interface PolicyState {
  /** The last accepted version or, when none was ever accepted, the isolation of the refused one. */
  readonly inForce: Policy;
  /** Whether that is an accepted version. */
  readonly accepted: boolean;
  readonly refused: RefusedPolicy | undefined;
  /**
   * Where the accepted version means CiliumCIDRGroups of which no version was ever accepted: then its isolation is in
   * force until one is.
   */
  readonly withheld: readonly Problem[];
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
  /** Those whose newest version is refused, by name; one that was accepted before is in `cidrGroups`. */
  readonly refusedCidrGroups: ReadonlyMap<string, RefusedCidrGroup>;
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
  readonly refusedCidrGroups: Map<string, RefusedCidrGroup>;
  readonly services: Map<string, Service>;
  readonly endpointSlices: Map<string, EndpointSlice>;
  readonly specialAddresses: Map<string, SpecialAddress>;
}

/** The objects of one cluster, changed by events; the only mutable holder of model data. */
export class Cluster {
  readonly #state: MutableState;
  /** By policyKey: what would be in force if all groups were known. */
  readonly #groupNamers = new GroupNamers<PolicyState>();

  constructor(settings: Settings) {
    this.#state = {
      settings,
      namespaces: new Map(),
      nodes: new Map(),
      pods: new Map(),
      policies: new Map(),
      cidrGroups: new Map(),
      refusedCidrGroups: new Map(),
      services: new Map(),
      endpointSlices: new Map(),
      specialAddresses: new Map(),
    };
  }

  get state(): ClusterState {
    return this.#state;
  }

  apply(event: ClusterEvent): void {
    const concerned = this.policiesConcernedBy(event);
    if (event.kind === 'upsert') this.#upsert(event.object);
    else this.#remove(event.key);
    for (const key of concerned) this.#withhold(key);
  }

  /** Keys of policies that the event may withhold or put in force again, though it is about a CiliumCIDRGroup. */
  policiesConcernedBy(event: ClusterEvent): Iterable<string> {
    const about = event.kind === 'upsert' ? event.object : event.key;
    if (about.kind !== 'CidrGroup' && about.kind !== 'RefusedCidrGroup') return none;
    const former = this.#state.refusedCidrGroups.get(about.name);
    const next = about.kind === 'RefusedCidrGroup' ? [about] : [];
    const refused = former ? [former, ...next] : next;
    return new Set(refused.flatMap((group) => [...this.#groupNamers.of(group)]));
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
        this.#setPolicy({ inForce: object, accepted: true, refused: undefined, withheld: [] });
        return;
      case 'RefusedPolicy':
        this.#setPolicy(this.#refuse(object));
        return;
      case 'CidrGroup':
        state.cidrGroups.set(object.name, object);
        state.refusedCidrGroups.delete(object.name);
        return;
      case 'RefusedCidrGroup':
        state.refusedCidrGroups.set(object.name, object);
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
    const key = policyKey(refused.ref);
    const former = this.#groupNamers.get(key)?.version ?? this.#state.policies.get(key);
    return former?.accepted
      ? { inForce: former.inForce, accepted: true, refused, withheld: [] }
      : { inForce: refused.isolation, accepted: false, refused, withheld: [] };
  }

  #setPolicy(version: PolicyState): void {
    const key = policyKey(version.inForce.ref);
    this.#groupNamers.set(key, version);
    this.#state.policies.set(key, version);
    this.#withhold(key);
  }

  /** Isolates what the policy selects while it means groups that nobody knows. */
  #withhold(key: string): void {
    const namer = this.#groupNamers.get(key);
    if (!namer) return;
    const { version, places } = namer;
    const { policies, cidrGroups, refusedCidrGroups } = this.#state;
    const unknown = [...refusedCidrGroups.values()].filter(({ name }) => !cidrGroups.has(name));
    const withheld = groupProblems(places, unknown);
    if (textOf(withheld) === textOf(policies.get(key)?.withheld ?? [])) return;
    if (withheld.length === 0) policies.set(key, version);
    else policies.set(key, { ...version, inForce: isolationOf(version.inForce), accepted: false, withheld });
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
        state.refusedCidrGroups.delete(name);
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
        this.#groupNamers.set(policyKey({ kind, namespace, name }), undefined);
        return;
    }
  }
}

const none: readonly never[] = [];

const textOf = (problems: readonly Problem[]): string =>
  JSON.stringify(problems.map(({ path, message }) => [path, message]));
