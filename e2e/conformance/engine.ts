import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import type { CaseQuery, CaseVerdict } from './case.ts';
import type { Family } from './sides.ts';

/** What an engine says to a query. `unsupported` is counted by `what`, and the query isn't judged. */
export type Answer =
  | { readonly kind: 'unsupported'; readonly what: string }
  | {
      readonly kind: 'verdict';
      readonly verdict: CaseVerdict;
      /** Of a denial, by a single endpoint. */
      readonly reason?: 'explicit' | 'default' | undefined;
      /** Of a flow from end to end. */
      readonly halves?: { readonly egress: CaseVerdict; readonly ingress: CaseVerdict };
      /** For people: the policies and rules. */
      readonly decidedBy: string;
    };

/** One way from a cluster's state to verdicts. */
export interface Engine {
  /** Replaces the state that queries are asked of. */
  load(state: ClusterState): void | Promise<void>;
  /** Family of the packet; undefined: no packet between these two exists (a peer without an address). */
  verdict(query: CaseQuery, family: Family | undefined): Answer;
  close(): void | Promise<void>;
}
