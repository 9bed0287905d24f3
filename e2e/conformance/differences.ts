import type { CaseEndpointQuery, CasePacket } from './case.ts';

/** An answer to one query, as cases give it. */
export type Answered = Pick<CaseEndpointQuery, 'verdict' | 'reason'>;

/**
 * What Weir answers to a case of cilium-choices, where it differs from Cilium on purpose (docs/differences.md).
 * `refused`: the objects are refused. `own`: `answer` tells Weir's answer; undefined: as the case says. What is not in
 * the table is expected as the case says.
 */
export type Expectation =
  | { readonly kind: 'as-written' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'own'; readonly answer: (query: CaseEndpointQuery) => Answered | undefined };

const asWritten: Expectation = { kind: 'as-written' };
const refused: Expectation = { kind: 'refused' };

const allowed: Answered = { verdict: 'allow' };
const deniedByDefault: Answered = { verdict: 'deny', reason: 'default' };

type Direction = CaseEndpointQuery['direction'];

/** The rules of a direction that policyTypes leaves out are ignored: nothing isolates the pods in it. */
const openIn = (direction: Direction): Expectation => ({
  kind: 'own',
  answer: (query) => (query.direction === direction ? allowed : undefined),
});

/** What the labels alone say. */
const plain: Expectation = {
  kind: 'own',
  answer: ({ plainVerdict }) => plainVerdict && { verdict: plainVerdict },
};

/** Of the pod a/web, an ICMP packet of another type than 0. */
const isOtherType = (query: CaseEndpointQuery, direction: Direction, protocol: CasePacket['protocol']) =>
  query.subject === 'a/web' &&
  query.direction === direction &&
  query.protocol === protocol &&
  query.port !== 0;

/** What a rule allows to type 0 of the pods is not allowed to other types; the own node comes in all the same. */
const typeZeroAlone = (direction: Direction, protocol: 'ICMP' | 'ICMPv6'): Expectation => ({
  kind: 'own',
  answer: (query) =>
    isOtherType(query, direction, protocol) && 'pod' in query.peer ? deniedByDefault : undefined,
});

/** Types other than the denied 0 are judged by the other rule, which allows all pods of the namespace. */
const typeZeroDenied: Expectation = {
  kind: 'own',
  answer: (query) => {
    if (!isOtherType(query, 'egress', 'ICMP')) return undefined;
    return 'pod' in query.peer && query.peer.pod.startsWith('a/') ? allowed : deniedByDefault;
  },
};

/** A rule that finds nobody allows nothing. */
const nobody: Expectation = {
  kind: 'own',
  answer: ({ subject, direction }) =>
    subject === 'a/client' && direction === 'egress' ? deniedByDefault : undefined,
};

const differences: Readonly<Record<string, Expectation>> = {
  'ingress-icmp-type-0': typeZeroAlone('ingress', 'ICMP'),
  'ingress-icmp-type-0-name': typeZeroAlone('ingress', 'ICMP'),
  'ingress-icmp-v6-type-0': typeZeroAlone('ingress', 'ICMPv6'),
  'egress-icmp-type-0': typeZeroAlone('egress', 'ICMP'),
  'egress-icmp-type-0-name': typeZeroAlone('egress', 'ICMP'),
  'egress-icmp-v6-type-0': typeZeroAlone('egress', 'ICMPv6'),
  'egress-icmp-deny-type-0': typeZeroDenied,
  'ingress-deny-pruned-l7': refused,
  'egress-deny-pruned-fqdns': refused,
  'np-types-mismatch-egress-rules': openIn('egress'),
  'np-types-mismatch-ingress-rules': openIn('ingress'),
  'anycluster-ns-doesnotexist': plain,
  'anycluster-ns-notin': plain,
  'anycluster-nslabel-notin': plain,
  'services-by-label-other-namespace-with-ports': nobody,
  'services-unmatched-with-ports': nobody,
  'services-empty-list-with-ports': nobody,
  'fqdns-empty-list-with-ports': nobody,
  'groups-empty-list-with-ports': nobody,
};

/** By the name of a case. */
export const expectationOf = (name: string): Expectation =>
  Object.hasOwn(differences, name) ? (differences[name] ?? asWritten) : asWritten;

/** What should come of a query. */
export function expectedAnswer(query: CaseEndpointQuery, expectation: Expectation): Answered {
  return (expectation.kind === 'own' ? expectation.answer(query) : undefined) ?? query;
}
