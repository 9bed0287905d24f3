import type { Prefix } from './address.ts';
import type { Protocol } from './endpoint.ts';
import type { LabelSelector } from './labels.ts';

export type PolicyKind = 'NetworkPolicy' | 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy';

/** Which policy; `namespace` is empty for kinds of cluster scope. */
export interface PolicyRef {
  readonly kind: PolicyKind;
  readonly namespace: string;
  readonly name: string;
}

/** A valid policy, as it is written: what it means is up to the evaluator and to the compiler, each by itself. */
export interface Policy {
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
}

/** The rules of one direction. */
export interface DirectionRules {
  /** Whether being selected switches on default deny in this direction (reference §1.5). */
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

/** `any`: no peer field at all. `none`: a peer list that is present but empty, which selects nobody (reference §1.4). */
export type Peers =
  | { readonly kind: 'any' }
  | { readonly kind: 'none' }
  | { readonly kind: 'list'; readonly peers: readonly Peer[] };

export type Peer = EndpointsPeer | CidrPeer | EntityPeer;

export interface EndpointsPeer {
  readonly kind: 'endpoints';
  readonly selector: LabelSelector;
}

export interface CidrPeer {
  readonly kind: 'cidr';
  readonly block: Prefix;
  readonly except: readonly Prefix[];
  /** `external`: only addresses of neither pods nodes (Cilium's kinds). `all`: every address (ipBlock by default). */
  readonly scope: 'external' | 'all';
}

export type Entity = 'all' | 'world' | 'host' | 'remote-node' | 'cluster' | 'none';

export interface EntityPeer {
  readonly kind: 'entity';
  readonly entity: Entity;
}

/** `all`: no ports field, every protocol. `none`: a list that is present but allows nothing (`toPorts: [{}]`). */
export type Ports =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'list'; readonly ports: readonly PortSpec[] };

/** ANY is already three entries. Port "0" of Cilium's kinds is the range 0–65535. */
export type PortSpec =
  | { readonly kind: 'range'; readonly protocol: Protocol; readonly first: number; readonly last: number }
  | { readonly kind: 'named'; readonly protocol: Protocol; readonly name: string };
