import { type Cluster, type ClusterState, podKey, policyKey } from '../model/cluster.ts';
import type { Namespace, Node, Pod } from '../model/endpoint.ts';
import type { ClusterEvent, ClusterObject, ObjectKey } from '../model/event.ts';
import type { Policy } from '../model/policy.ts';

/** One object before and after some events; undefined: not there. */
export interface Changed<T> {
  readonly from: T | undefined;
  readonly to: T | undefined;
}

/** By the keys of ClusterState. */
export interface ChangedObjects {
  readonly namespaces: ReadonlyMap<string, Changed<Namespace>>;
  readonly nodes: ReadonlyMap<string, Changed<Node>>;
  readonly pods: ReadonlyMap<string, Changed<Pod>>;
  /** The versions in force. */
  readonly policies: ReadonlyMap<string, Changed<Policy>>;
}

/** Applies the events to the cluster and tells which objects are others now, each once. */
export function applyEvents(cluster: Cluster, events: readonly ClusterEvent[]): ChangedObjects {
  const before = {
    namespaces: new Map<string, Namespace | undefined>(),
    nodes: new Map<string, Node | undefined>(),
    pods: new Map<string, Pod | undefined>(),
    policies: new Map<string, Policy | undefined>(),
  };
  for (const event of events) {
    const [kind, key] = event.kind === 'upsert' ? placeOfObject(event.object) : placeOfKey(event.key);
    if (!before[kind].has(key)) remember(before, cluster.state, kind, key);
    cluster.apply(event);
  }
  const { state } = cluster;
  return {
    namespaces: changedOf(before.namespaces, (key) => state.namespaces.get(key)),
    nodes: changedOf(before.nodes, (key) => state.nodes.get(key)),
    pods: changedOf(before.pods, (key) => state.pods.get(key)),
    policies: changedOf(before.policies, (key) => state.policies.get(key)?.inForce),
  };
}

type Kind = keyof ChangedObjects;

function placeOfObject(object: ClusterObject): readonly [Kind, string] {
  switch (object.kind) {
    case 'Namespace':
      return ['namespaces', object.name];
    case 'Node':
      return ['nodes', object.name];
    case 'Pod':
      return ['pods', podKey(object)];
    case 'Policy':
    case 'RefusedPolicy':
      return ['policies', policyKey(object.ref)];
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
    case 'NetworkPolicy':
    case 'CiliumNetworkPolicy':
    case 'CiliumClusterwideNetworkPolicy':
      return ['policies', policyKey({ kind, namespace, name })];
  }
}

interface Before {
  readonly namespaces: Map<string, Namespace | undefined>;
  readonly nodes: Map<string, Node | undefined>;
  readonly pods: Map<string, Pod | undefined>;
  readonly policies: Map<string, Policy | undefined>;
}

function remember(before: Before, state: ClusterState, kind: Kind, key: string): void {
  switch (kind) {
    case 'namespaces':
      before.namespaces.set(key, state.namespaces.get(key));
      return;
    case 'nodes':
      before.nodes.set(key, state.nodes.get(key));
      return;
    case 'pods':
      before.pods.set(key, state.pods.get(key));
      return;
    case 'policies':
      before.policies.set(key, state.policies.get(key)?.inForce);
      return;
  }
}

function changedOf<T>(
  before: ReadonlyMap<string, T | undefined>,
  now: (key: string) => T | undefined,
): ReadonlyMap<string, Changed<T>> {
  const changed = new Map<string, Changed<T>>();
  for (const [key, from] of before) {
    const to = now(key);
    if (from !== to) changed.set(key, { from, to });
  }
  return changed;
}
