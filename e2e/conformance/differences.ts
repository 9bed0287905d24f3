import type { Direction } from '@weir/operator/src/evaluate/side.ts';
import type { CaseVerdict } from './case.ts';

/**
 * What Weir answers to a case of cilium-choices, where it differs from Cilium on purpose (docs/differences.md).
 * `refused`: the objects are refused. `plain`: by the query's `plainVerdict`. `direction`: this verdict for every
 * query of the direction. What is not in the table is expected as the case says.
 */
export type Expectation =
  | { readonly kind: 'as-written' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'plain' }
  | { readonly kind: 'direction'; readonly direction: Direction; readonly verdict: CaseVerdict };

const differences: Readonly<Record<string, Expectation>> = {
  'ingress-deny-pruned-l7': { kind: 'refused' },
  'egress-deny-pruned-fqdns': { kind: 'refused' },
  'np-types-mismatch-egress-rules': { kind: 'direction', direction: 'egress', verdict: 'allow' },
  'np-types-mismatch-ingress-rules': { kind: 'direction', direction: 'ingress', verdict: 'allow' },
  'anycluster-ns-doesnotexist': { kind: 'plain' },
  'anycluster-ns-notin': { kind: 'plain' },
  'anycluster-nslabel-notin': { kind: 'plain' },
};

export const expectationOf = (name: string): Expectation =>
  Object.hasOwn(differences, name) ? (differences[name] ?? { kind: 'as-written' }) : { kind: 'as-written' };
