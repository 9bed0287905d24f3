import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import { type CaseQuery, isEndpointQuery } from './case.ts';
import { compare } from './compare.ts';
import { describeQuery } from './describe-query.ts';
import type { Expectation } from './differences.ts';
import type { Engine } from './engine.ts';
import { type Family, familiesOf } from './sides.ts';

export interface Judgement {
  /** Queries that the engine answered. */
  readonly judged: number;
  /** What the others lack, each of them. */
  readonly unjudged: readonly string[];
  /** The queries whose answer differs, for people. */
  readonly failures: readonly string[];
}

/** Asks each query in each family that its packet can have; all answers must be the one that is expected. */
export function judgeQueries(
  state: ClusterState,
  queries: readonly CaseQuery[],
  engine: Engine,
  expectation: Expectation,
): Judgement {
  const failures: string[] = [];
  const unjudged: string[] = [];
  let judged = 0;
  for (const query of queries) {
    if (!isEndpointQuery(query) && query.self === true) continue;
    const outcome = judgeQuery(state, query, engine, expectation);
    if (outcome.unsupported !== undefined) unjudged.push(outcome.unsupported);
    else judged++;
    failures.push(...outcome.failures);
  }
  return { judged, unjudged, failures };
}

function judgeQuery(
  state: ClusterState,
  query: CaseQuery,
  engine: Engine,
  expectation: Expectation,
): { readonly unsupported?: string; readonly failures: readonly string[] } {
  const families = familiesOf(state, query);
  const asked: readonly (Family | undefined)[] = families.length > 0 ? families : [undefined];
  const failures: string[] = [];
  for (const family of asked) {
    const answer = engine.verdict(query, family);
    if (answer.kind === 'unsupported') return { unsupported: answer.what, failures };
    const difference = compare(query, answer, expectation);
    if (!difference) continue;
    const place = families.length > 1 ? `IPv${family} ` : '';
    failures.push(`${place}${describeQuery(query)}: ${difference}; ${answer.decidedBy}`);
  }
  return { failures };
}
