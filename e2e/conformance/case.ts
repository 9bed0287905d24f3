import type { Direction } from '@weir/operator/src/evaluate/side.ts';

/** One line of a case file: a cluster, its objects, and what another program answered. See docs/conformance.md. */
export interface Case {
  readonly name: string;
  readonly features: readonly string[];
  readonly defaults: CaseDefaults | null;
  readonly namespaces: readonly CaseNamespace[] | null;
  readonly nodes: readonly CaseNode[] | null;
  readonly pods: readonly CasePod[] | null;
  /** Whole Kubernetes objects. */
  readonly objects: readonly unknown[] | null;
  /** The objects must be refused; there is nothing to ask. */
  readonly invalid?: boolean;
  readonly queries: readonly CaseQuery[] | null;
}

export interface CaseDefaults {
  readonly enforcement?: 'default' | 'always' | 'never';
  readonly allowLocalhost?: 'auto' | 'always' | 'policy';
  readonly localCluster?: string;
  readonly policyDefaultLocalCluster?: boolean;
  readonly networkPolicyIPBlock?: 'all' | 'external';
  readonly policyCIDRMatchMode?: readonly ('nodes' | 'pods')[] | null;
  readonly enableNodeSelectorLabels?: boolean;
  readonly enableExtendedIPProtocols?: boolean;
}

export interface CaseNamespace {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>> | null;
}

export interface CaseNode extends CaseNamespace {
  readonly ips?: readonly string[] | null;
}

export interface CasePod extends CaseNode {
  readonly namespace: string;
  readonly serviceAccount?: string;
  readonly node?: string;
  readonly ports?: readonly CasePort[] | null;
  readonly hostNetwork?: boolean;
  /** Another cluster of a mesh. */
  readonly cluster?: string;
}

export interface CasePort {
  readonly name: string;
  readonly containerPort: number;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** A pod is "namespace/name", of another cluster "cluster/namespace/name". */
export type CaseSide = { readonly pod: string } | { readonly ip: string } | { readonly entity: string };

export type CaseVerdict = 'allow' | 'deny';

/** For ICMP and ICMPv6 `port` is the type. */
export interface CasePacket {
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | 'ICMP' | 'ICMPv6';
  readonly port: number;
  readonly verdict: CaseVerdict;
}

/** One endpoint and one direction. */
export interface CaseEndpointQuery extends CasePacket {
  readonly subject: string;
  readonly direction: Direction;
  readonly peer: CaseSide;
  /** Of a denial: by a deny rule, or because nothing allows. */
  readonly reason?: 'explicit' | 'default';
  /** What labels alone say, where Cilium's verdict is a quirk of its engine. */
  readonly plainVerdict?: CaseVerdict;
}

/** From end to end. */
export interface CaseFlowQuery extends CasePacket {
  readonly from: CaseSide;
  readonly to: CaseSide;
  /** The halves, on some denials. */
  readonly egress?: CaseVerdict;
  readonly ingress?: CaseVerdict;
  /** A pod to itself: not scored. */
  readonly self?: boolean;
}

/** IANA's numbers. */
export const protocolNumber: Readonly<Record<CasePacket['protocol'], number>> = {
  TCP: 6,
  UDP: 17,
  SCTP: 132,
  ICMP: 1,
  ICMPv6: 58,
};

export type CaseQuery = CaseEndpointQuery | CaseFlowQuery;

export const isEndpointQuery = (query: CaseQuery): query is CaseEndpointQuery => 'subject' in query;
