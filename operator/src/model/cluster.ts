import type { Namespace, Node, Pod } from './endpoint.ts';
import type { ClusterEvent, ClusterObject, ObjectKey, RefusedPolicy } from './event.ts';
import type { Policy, PolicyRef } from './policy.ts';
import type { Settings } from './settings.ts';

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
}

/** Unique among all policies of all kinds. */
export const policyKey = (ref: PolicyRef): string => `${ref.kind}/${ref.namespace}/${ref.name}`;

/** Unique among the pods of all clusters of a mesh. */
export function podKey(pod: Pick<Pod, 'namespace' | 'name' | 'cluster'>): string {
  const name = `${pod.namespace}/${pod.name}`;
  return pod.cluster === undefined ? name : `${pod.cluster}/${name}`;
}

interface MutableState {
  readonly settings: Settings;
  readonly namespaces: Map<string, Namespace>;
  readonly nodes: Map<string, Node>;
  readonly pods: Map<string, Pod>;
  readonly policies: Map<string, PolicyState>;
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
    const { namespaces, nodes, pods, policies } = this.#state;
    switch (object.kind) {
      case 'Namespace':
        namespaces.set(object.name, object);
        return;
      case 'Node':
        nodes.set(object.name, object);
        return;
      case 'Pod':
        pods.set(podKey(object), object);
        return;
      case 'Policy':
        policies.set(policyKey(object.ref), { inForce: object, accepted: true, refused: undefined });
        return;
      case 'RefusedPolicy':
        policies.set(policyKey(object.ref), this.#refuse(object));
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
    switch (kind) {
      case 'Namespace':
        this.#state.namespaces.delete(name);
        return;
      case 'Node':
        this.#state.nodes.delete(name);
        return;
      case 'Pod':
        this.#state.pods.delete(podKey({ namespace, name, cluster: undefined }));
        return;
      default:
        this.#state.policies.delete(policyKey({ kind, namespace, name }));
    }
  }
}
