import type { Prefix } from './address.ts';
import type { Labels } from './labels.ts';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  /** 1–65535. */
  readonly port: number;
}

/** A pod: governed by the policies that select it, and a peer of others. */
export interface Pod {
  readonly kind: 'Pod';
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** Its own labels, unfiltered. */
  readonly labels: Labels;
  readonly serviceAccount: string;
  /** Empty while the pod has no node. */
  readonly node: string;
  /** Whole addresses (/32, /128), at most one of each family. */
  readonly addresses: readonly Prefix[];
  readonly ports: readonly NamedPort[];
  /** Shares its node's addresses: no subject of policies and, as a peer, its node. */
  readonly hostNetwork: boolean;
  /** Succeeded and Failed pods hold no address. */
  readonly finished: boolean;
  /** Has been told to end and has not ended: who claims an address of it has got it since. */
  readonly terminating: boolean;
  /**
   * When its node took it up, in milliseconds since 1970; where that is not told, when it was created. Of two live pods
   * that claim one address, neither or both terminating, the later has it, then the greater uid.
   */
  readonly started: number;
  /** Another cluster of a mesh; undefined: this one. */
  readonly cluster: string | undefined;
}

export interface Namespace {
  readonly kind: 'Namespace';
  readonly name: string;
  readonly labels: Labels;
}

export interface Node {
  readonly kind: 'Node';
  readonly name: string;
  readonly labels: Labels;
  /** Whole addresses (/32, /128). */
  readonly addresses: readonly Prefix[];
}
