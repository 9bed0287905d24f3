import type { CidrGroup } from './cidr-group.ts';
import type { Namespace, Node, Pod } from './endpoint.ts';
import type { Labels } from './labels.ts';
import type { Policy, PolicyRef, SelectingPolicy } from './policy.ts';
import type { EndpointSlice, Service } from './service.ts';
import type { SpecialAddress } from './special-address.ts';

/** Why an object can't be honoured: where in it, and what to do. */
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

/**
 * A CiliumCIDRGroup that can't be read. Its last accepted version stays in force, labels and blocks; while there is
 * none, no policy that may mean the group is in force.
 */
export interface RefusedCidrGroup {
  readonly kind: 'RefusedCidrGroup';
  readonly name: string;
  readonly labels: Labels;
  readonly problems: readonly Problem[];
}

export type ClusterObject =
  | Namespace
  | Node
  | Pod
  | Policy
  | RefusedPolicy
  | CidrGroup
  | RefusedCidrGroup
  | Service
  | EndpointSlice
  | SpecialAddress;

type RefusedKind = 'RefusedPolicy' | 'RefusedCidrGroup';

/** Names one object, valid or refused; `kind` of a policy is its PolicyKind. */
export interface ObjectKey {
  readonly kind: Exclude<ClusterObject['kind'], Policy['kind'] | RefusedKind> | PolicyRef['kind'];
  readonly namespace: string;
  readonly name: string;
}

/** One change of the cluster. An upsert replaces what has the same key. */
export type ClusterEvent =
  | { readonly kind: 'upsert'; readonly object: ClusterObject }
  | { readonly kind: 'remove'; readonly key: ObjectKey };
