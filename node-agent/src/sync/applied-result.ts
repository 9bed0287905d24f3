/** How an attempt to enforce a bundle ended; where it was refused, the former one stays in force. */
export type AppliedResult =
  | { readonly kind: 'enforced'; readonly counts: Counts }
  | { readonly kind: 'refused'; readonly error: string; readonly counts: Counts };

/** What of the enforced bundle has interfaces. */
export interface Coverage {
  readonly counts: Counts;
  /** Uids of endpoints that can't be covered, or are not attached to yet. */
  readonly uncovered: readonly string[];
}

/** What is enforced after it, in numbers. */
export interface Counts {
  readonly endpoints: number;
  readonly tables: number;
  readonly prefixes: number;
  /** Pods of this node that can't be covered, or are not attached to yet. */
  readonly uncovered: number;
}
