import type { CidrGroup } from './cidr-group.ts';
import type { Namespace, Node, Pod } from './endpoint.ts';
import type { Policy, PolicyRef, SelectingPolicy } from './policy.ts';
import type { EndpointSlice, Service } from './service.ts';
import type { SpecialAddress } from './special-address.ts';

/** Why a policy can't be honoured: where in it, and what to do. */
export interface Problem {
  /** Field path in the object: "spec.ingress[0].toPorts[1].ports[0].port". */
  readonly path: string;
  readonly message: string;
}

/**
 * A policy that can't be honoured. While no version of it was accepted, `isolation` is in force: it selects what
 * the policy selects and isolates it in the directions that the policy names, allowing nothing.
 */
export interface RefusedPolicy {
  readonly kind: 'RefusedPolicy';
  readonly ref: PolicyRef;
  readonly problems: readonly Problem[];
  readonly isolation: SelectingPolicy;
}

export type ClusterObject =
  | Namespace
  | Node
  | Pod
  | Policy
  | RefusedPolicy
  | CidrGroup
  | Service
  | EndpointSlice
  | SpecialAddress;

/** Names one object; `kind` of a policy is its PolicyKind, valid or refused. */
export interface ObjectKey {
  readonly kind: Exclude<ClusterObject['kind'], Policy['kind'] | 'RefusedPolicy'> | PolicyRef['kind'];
  readonly namespace: string;
  readonly name: string;
}

/** One change of the cluster. An upsert replaces what has the same key. */
export type ClusterEvent =
  | { readonly kind: 'upsert'; readonly object: ClusterObject }
  | { readonly kind: 'remove'; readonly key: ObjectKey };
