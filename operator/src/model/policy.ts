import type { Prefix } from './address.ts';
import type { Protocol } from './endpoint.ts';
import type { LabelSelector } from './labels.ts';

const policyKinds = [
  'NetworkPolicy',
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'ClusterNetworkPolicy',
] as const;
export type PolicyKind = (typeof policyKinds)[number];

export const isPolicyKind = (kind: string): kind is PolicyKind =>
  policyKinds.some((policyKind) => policyKind === kind);

/** Which policy; `namespace` is empty for kinds of cluster scope. */
export interface PolicyRef {
  readonly kind: PolicyKind;
  readonly namespace: string;
  readonly name: string;
}

/** A valid policy, as it is written: what it means is up to the evaluator and to the compiler, each by itself. */
export type Policy = SelectingPolicy | TieredPolicy;

/** Of the three kinds whose rules are united: deny wins over allow, and what is selected is isolated. */
export interface SelectingPolicy {
  readonly kind: 'Policy';
  readonly ref: PolicyRef;
  /** One for each `spec` and entry of `specs`. */
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  /** "spec" or "specs[2]". */
  readonly path: string;
  /** Which pods it governs; the policy's namespace is already among the requirements. */
  readonly subject: LabelSelector;
  readonly ingress: DirectionRules;
  readonly egress: DirectionRules;
  /** `spec.log.value`, told with each verdict of the rule; empty: none. */
  readonly log: string;
}

/**
 * A ClusterNetworkPolicy (policy.networking.k8s.io/v1alpha2): its rules are walked in order and the first that matches
 * decides. Admin policies come before the other kinds, Baseline ones after them, where no policy isolates the pod in
 * that direction. It isolates nobody by itself.
 */
export interface TieredPolicy {
  readonly kind: 'TieredPolicy';
  readonly ref: PolicyRef;
  readonly tier: 'admin' | 'baseline';
  /** Lower comes first; of equal ones the lesser name. */
  readonly priority: number;
  readonly subject: LabelSelector;
  readonly ingress: readonly TieredRule[];
  readonly egress: readonly TieredRule[];
}

export interface TieredRule {
  /** "spec.ingress[0]". */
  readonly path: string;
  /**
   * `pass`: on to the other kinds' policies. Kinds of peers that are unknown fail closed (docs/policies.md,
   * ClusterNetworkPolicy).
   */
  readonly action: 'accept' | 'deny' | 'pass';
  readonly peers: Peers;
  readonly ports: Ports;
}

/** The rules of one direction. */
export interface DirectionRules {
  /** Whether being selected switches on default deny in this direction (`enableDefaultDeny`). */
  readonly defaultDeny: boolean;
  readonly allow: readonly RuleItem[];
  readonly deny: readonly RuleItem[];
}

/** One entry of ingress, ingressDeny, egress or egressDeny: peers AND ports. */
export interface RuleItem {
  /** "spec.ingress[0]". */
  readonly path: string;
  readonly peers: Peers;
  readonly ports: Ports;
}

/**
 * `any`: no peer field at all. `none`: a peer list that is present but empty, which selects nobody (docs/policies.md,
 * Empty lists).
 */
export type Peers =
  | { readonly kind: 'any' }
  | { readonly kind: 'none' }
  | { readonly kind: 'list'; readonly peers: readonly Peer[] };

export type Peer = EndpointsPeer | CidrPeer | CidrGroupPeer | EntityPeer | NodesPeer | ServicesPeer;

export interface EndpointsPeer {
  readonly kind: 'endpoints';
  readonly selector: LabelSelector;
}

/** Whose addresses blocks match besides those of the world. */
export interface BlockScope {
  readonly pods: boolean;
  readonly nodes: boolean;
}

export interface CidrPeer {
  readonly kind: 'cidr';
  readonly block: Prefix;
  readonly except: readonly Prefix[];
  readonly scope: BlockScope;
}

/** The blocks of CiliumCIDRGroups, by name or by their labels (the keys' source is `cidrgroup`). */
export interface CidrGroupPeer {
  readonly kind: 'cidr-group';
  readonly group:
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'selector'; readonly selector: LabelSelector };
  readonly except: readonly Prefix[];
  readonly scope: BlockScope;
}

export const entities = [
  'all',
  'world',
  'host',
  'remote-node',
  'cluster',
  'cluster-mesh',
  'kube-apiserver',
  'health',
  'init',
  'unmanaged',
  'ingress',
  'none',
] as const;

export type Entity = (typeof entities)[number];

export interface EntityPeer {
  readonly kind: 'entity';
  readonly entity: Entity;
}

/** Nodes by their labels (source `node`). */
export interface NodesPeer {
  readonly kind: 'nodes';
  readonly selector: LabelSelector;
  /** Also the node that the subject is on; Cilium's fromNodes and toNodes never match it. */
  readonly includeLocal: boolean;
}

/** The backends of services: pods by the service's selector, or addresses where it has none. Egress only. */
export interface ServicesPeer {
  readonly kind: 'services';
  readonly service:
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'selector'; readonly selector: LabelSelector };
  /** Empty: in every namespace. */
  readonly namespace: string;
}

/** `all`: no ports field, every protocol. `none`: a list that is present but allows nothing (`toPorts: [{}]`). */
export type Ports =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'list'; readonly ports: readonly PortSpec[] };

/** ANY is already three entries. Port "0" of Cilium's kinds is the range 0–65535. */
export type PortSpec =
  | { readonly kind: 'range'; readonly protocol: Protocol; readonly first: number; readonly last: number }
  | NamedPortSpec
  /** Of the family's ICMP; `type` 0–255, or 256, which no packet has. */
  | { readonly kind: 'icmp'; readonly family: 4 | 6; readonly type: number }
  /** A whole protocol without ports, by its IANA number (VRRP, IGMP, GRE, …). */
  | { readonly kind: 'protocol'; readonly protocol: number };

export interface NamedPortSpec {
  readonly kind: 'named';
  readonly protocol: Protocol;
  readonly name: string;
  /** End of a range that begins at the named port; ingress only, 0: none. */
  readonly last: number;
}
