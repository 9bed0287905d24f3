/** How an attempt to enforce a bundle ended; where it was refused, the former one stays in force. */
export type AppliedResult =
  | { readonly kind: 'enforced'; readonly counts: Counts }
  | { readonly kind: 'refused'; readonly error: string; readonly counts: Counts };

/** What of the enforced bundle has interfaces. */
export interface Coverage {
  readonly counts: Counts;
  /** Uids of endpoints that can't be covered, or are not attached to yet. */
  readonly uncovered: readonly string[];
  /** Those of these that are about to be attached to. */
  readonly attaching: readonly string[];
}

/** What the programs have counted since their maps were made, in packets and flows. */
export interface Counted {
  /** Packets that were dropped. */
  readonly denied: number;
  /** Packets that would have been dropped, had denials been enforced. */
  readonly observedDenials: number;
  /** Flows that were not told. */
  readonly untold: number;
}

/** What is enforced after it, in numbers. */
export interface Counts {
  readonly endpoints: number;
  readonly tables: number;
  readonly prefixes: number;
  /** Pods of this node that can't be covered, or are not attached to yet. */
  readonly uncovered: number;
}
