import type { Prefix } from '../model/address.ts';
import type { Pod, Protocol } from '../model/endpoint.ts';

/**
 * What is neither a pod nor outside, seen from the subject's node. A policy can tell all of them apart by
 * `reserved:` labels; only `host` and `remote-node` have addresses.
 */
export const reservedNames = [
  'host',
  'remote-node',
  'kube-apiserver',
  'health',
  'ingress',
  'init',
  'unmanaged',
] as const;

export type ReservedName = (typeof reservedNames)[number];

/** One end of a flow. An address is a pod's, a node's or the world's: the cluster's state tells. */
export type Side =
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'address'; readonly address: Prefix }
  | { readonly kind: 'entity'; readonly entity: ReservedName };

export type Direction = 'ingress' | 'egress';

/** What the verdict is asked for, besides the two ends. */
export interface Packet {
  /** A number is any other IP protocol. */
  readonly protocol: Protocol | 'ICMP' | 'ICMPv6' | number;
  /** Destination port; of ICMP the type; of other protocols not looked at. */
  readonly port: number;
  /** Needed only where both ends have addresses of both families and a rule matches pods by address. */
  readonly family?: 4 | 6 | undefined;
}
