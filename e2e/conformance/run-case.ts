import type { Problem } from '@weir/operator/src/model/event.ts';
import { buildState } from './build-state.ts';
import { type Case, type CaseQuery, type CaseSide, isEndpointQuery } from './case.ts';
import { type Expectation, expectationOf } from './differences.ts';
import type { Answer, Engine } from './engine.ts';

/** What came of one case. Queries that the engine doesn't support are in `unjudged`, by what they lack. */
export type CaseResult =
  | { readonly kind: 'passed'; readonly judged: number; readonly unjudged: readonly string[] }
  | {
      readonly kind: 'failed';
      readonly judged: number;
      readonly unjudged: readonly string[];
      readonly failures: readonly string[];
    }
  | { readonly kind: 'skipped'; readonly unsupported: readonly string[] };

/** Asks the engine all that the case asks and compares. */
export async function runCase(of: Case, engine: Engine): Promise<CaseResult> {
  const built = buildState(of);
  const expectation = expectationOf(of.name);
  if (of.invalid === true || expectation.kind === 'refused') return judgeRefusal(built.problems);
  if (built.problems.length > 0) return judgeProblems(built.problems);
  await engine.load(built.state);
  return judgeQueries(of.queries ?? [], engine, expectation);
}

const isUnsupported = ({ message }: Problem): boolean => message.includes('not supported');

/** What is missing, without places in lists: "ingress.icmps", "ingress.fromEntities: entity health". */
function missingFrom({ path, message }: Problem): string {
  const field = path.replaceAll(/\[\d+\]/g, '').replace(/^specs?\./, '');
  const [thing = ''] = message.split(/ (?:is|are) not supported/);
  if (field.endsWith(thing)) return field;
  return thing.startsWith(field) ? thing : `${field}: ${thing}`;
}

/** The objects should be refused: because they are wrong, not because something is missing here. */
function judgeRefusal(problems: readonly Problem[]): CaseResult {
  if (problems.length === 0) return failed(['expected: refused, got: accepted']);
  if (problems.every(isUnsupported)) return skipped(problems);
  return { kind: 'passed', judged: 0, unjudged: [] };
}

/** The objects should be accepted. */
function judgeProblems(problems: readonly Problem[]): CaseResult {
  const wrong = problems.filter((problem) => !isUnsupported(problem));
  if (wrong.length === 0) return skipped(problems);
  return failed(wrong.map(({ path, message }) => `expected: accepted, got: refused, ${path}: ${message}`));
}

const skipped = (problems: readonly Problem[]): CaseResult => ({
  kind: 'skipped',
  unsupported: [...new Set(problems.map(missingFrom))],
});

const failed = (failures: readonly string[]): CaseResult => ({
  kind: 'failed',
  judged: 0,
  unjudged: [],
  failures,
});

function judgeQueries(queries: readonly CaseQuery[], engine: Engine, expectation: Expectation): CaseResult {
  const failures: string[] = [];
  const unjudged: string[] = [];
  let judged = 0;
  for (const query of queries) {
    if (!isEndpointQuery(query) && query.self === true) continue;
    const answer = engine.verdict(query);
    if (answer.kind === 'unsupported') {
      unjudged.push(answer.what);
      continue;
    }
    judged++;
    const difference = compare(query, answer, expectation);
    if (difference) failures.push(`${describeQuery(query)}: ${difference}; ${answer.decidedBy}`);
  }
  if (judged === 0 && unjudged.length > 0) return { kind: 'skipped', unsupported: [...new Set(unjudged)] };
  return failures.length > 0
    ? { kind: 'failed', judged, unjudged, failures }
    : { kind: 'passed', judged, unjudged };
}

/** What differs, or nothing. */
function compare(
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

function describeQuery(query: CaseQuery): string {
  const packet = `${query.protocol} ${query.port}`;
  if (!isEndpointQuery(query)) return `${describeSide(query.from)} -> ${describeSide(query.to)} ${packet}`;
  const peer = describeSide(query.peer);
  return query.direction === 'ingress'
    ? `${peer} -> (${query.subject}) ${packet}`
    : `(${query.subject}) -> ${peer} ${packet}`;
}

function describeSide(side: CaseSide): string {
  if ('pod' in side) return side.pod;
  return 'ip' in side ? side.ip : side.entity;
}
