import type { Problem } from '@weir/operator/src/model/event.ts';
import { buildState } from './build-state.ts';
import type { Case } from './case.ts';
import { expectationOf } from './differences.ts';
import type { Engine } from './engine.ts';
import { type Judgement, judgeQueries } from './judge-queries.ts';

/** What came of one case. */
export type CaseResult =
  | ({ readonly kind: 'passed' | 'failed' } & Judgement)
  | { readonly kind: 'skipped'; readonly unsupported: readonly string[] };

/** Asks the engine all that the case asks and compares. */
export async function runCase(of: Case, engine: Engine): Promise<CaseResult> {
  const built = buildState(of);
  const expectation = expectationOf(of.name);
  if (of.invalid === true || expectation.kind === 'refused') return judgeRefusal(built.problems);
  if (built.problems.length > 0) return judgeProblems(built.problems);
  await engine.load(built.state);
  const judgement = judgeQueries(built.state, of.queries ?? [], engine, expectation);
  const { judged, unjudged, failures } = judgement;
  if (judged === 0 && unjudged.length > 0) return { kind: 'skipped', unsupported: [...new Set(unjudged)] };
  return { kind: failures.length > 0 ? 'failed' : 'passed', ...judgement };
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
  return { kind: 'passed', judged: 0, unjudged: [], failures: [] };
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
