import type { PeerContent } from '../resolve/peer-content.ts';

export type TableDirection = 'ingress' | 'egress';

/** A rule of a policy, or what no policy says (kind "Weir"). */
export interface RuleOrigin {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Path in the policy: "spec.ingress[0]". */
  readonly rule: string;
  /** What the policy wants to be told with the verdict; empty: nothing. */
  readonly log: string;
  /** Equal texts are equal origins. */
  readonly text: string;
}

export type TableVerdict = 'allow' | 'deny' | 'default-deny' | 'pass';

export interface TableOutcome {
  readonly verdict: TableVerdict;
  /** Sorted, without repeats. */
  readonly origins: readonly RuleOrigin[];
  /** What the origins want to be told, each text once, joined by ", ". */
  readonly log: string;
  /** 32 bits of the hash of the rest, never 0. */
  readonly cookie: number;
}

export interface TableEntry {
  /** Index into the table's peers; undefined: every peer. */
  readonly peer: number | undefined;
  /** IP protocol number; 0: every protocol. */
  readonly protocol: number;
  /** Inclusive. */
  readonly firstPort: number;
  readonly lastPort: number;
  /** Index into the table's outcomes. */
  readonly outcome: number;
  /** Ascending; `pass` goes on with the next greater one. */
  readonly tier: number;
}

/** All that decides about one direction of an endpoint's packets: the first entry that matches, else the default. */
export interface TableContent {
  readonly direction: TableDirection;
  readonly entries: readonly TableEntry[];
  /** Index into outcomes. */
  readonly defaultOutcome: number;
  readonly outcomes: readonly TableOutcome[];
  readonly peers: readonly PeerContent[];
}
