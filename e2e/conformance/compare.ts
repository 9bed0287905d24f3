import { type CaseQuery, isEndpointQuery } from './case.ts';
import { type Expectation, expectedAnswer } from './differences.ts';
import type { Answer } from './engine.ts';

type Pair = readonly [what: string, want: string | undefined, got: string | undefined];

/** What differs between what is expected and what was answered, or nothing. */
export function compare(
  query: CaseQuery,
  answer: Extract<Answer, { kind: 'verdict' }>,
  expectation: Expectation,
): string | undefined {
  const differing = pairsOf(query, answer, expectation).filter(
    ([, want, got]) => want !== undefined && got !== undefined && want !== got,
  );
  if (differing.length === 0) return undefined;
  return differing.map(([what, want, got]) => `expected: ${what}${want}, got: ${what}${got}`).join('; ');
}

function pairsOf(
  query: CaseQuery,
  answer: Extract<Answer, { kind: 'verdict' }>,
  expectation: Expectation,
): readonly Pair[] {
  if (isEndpointQuery(query)) {
    const wanted = expectedAnswer(query, expectation);
    return [
      ['', wanted.verdict, answer.verdict],
      ['reason ', wanted.reason, answer.reason],
    ];
  }
  const verdict: Pair = ['', query.verdict, answer.verdict];
  if (query.verdict === 'allow') return [verdict];
  return [
    verdict,
    ['egress ', query.egress, answer.halves?.egress],
    ['ingress ', query.ingress, answer.halves?.ingress],
  ];
}
