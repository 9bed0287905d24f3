import assert from 'node:assert/strict';
import { readState } from './expect.ts';
import { allFlows, type Flow } from './flow.ts';
import { describeWrong, isWrong, judge } from './judge.ts';
import type { Lab } from './lab.ts';

/** Asserts that flows, by default all there are, go as the evaluator says of the manifests as they are now. */
export async function matrixHolds(lab: Lab, flows: readonly Flow[] = allFlows(lab.plan)): Promise<void> {
  const judged = await judge(lab, await readState(lab.manifests), flows);
  assert.deepEqual(judged.filter(isWrong).map(describeWrong), []);
  const allowed = judged.filter(({ observed }) => observed.verdict === 'allow').length;
  assert.ok(allowed > 0 && allowed < judged.length, `${allowed} of ${judged.length} flows were allowed`);
}

/** All flows that begin or end at a place. */
export const flowsOf = (lab: Lab, place: string): readonly Flow[] =>
  allFlows(lab.plan).filter(({ from, to }) => from === place || to === place);
