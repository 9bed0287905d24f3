import { type CaseQuery, isEndpointQuery } from './case.ts';
import type { Expectation } from './differences.ts';
import type { Answer } from './engine.ts';

/** What differs between what is expected and what was answered, or nothing. */
export function compare(
  query: CaseQuery,
  answer: Extract<Answer, { kind: 'verdict' }>,
  expectation: Expectation,
): string | undefined {
  const wanted = wantedVerdict(query, expectation);
  const pairs: [string, string | undefined, string | undefined][] = [['', wanted, answer.verdict]];
  if (isEndpointQuery(query)) {
    if (wanted === query.verdict) pairs.push(['reason ', query.reason, answer.reason]);
  } else if (query.verdict === 'deny') {
    pairs.push(['egress ', query.egress, answer.halves?.egress]);
    pairs.push(['ingress ', query.ingress, answer.halves?.ingress]);
  }
  const differing = pairs.filter(([, want, got]) => want !== undefined && got !== undefined && want !== got);
  if (differing.length === 0) return undefined;
  return differing.map(([what, want, got]) => `expected: ${what}${want}, got: ${what}${got}`).join('; ');
}

function wantedVerdict(query: CaseQuery, expectation: Expectation): string {
  if (!isEndpointQuery(query)) return query.verdict;
  switch (expectation.kind) {
    case 'plain':
      return query.plainVerdict ?? query.verdict;
    case 'direction':
      return query.direction === expectation.direction ? expectation.verdict : query.verdict;
    case 'as-written':
    case 'refused':
      return query.verdict;
  }
}
