import { readState } from '../lab/expect.ts';
import { describeWrong, isWrong, judge } from '../lab/judge.ts';
import { placesOf } from '../lab/target.ts';
import { type MatrixShape, renderMatrix } from './matrix.ts';
import type { Stage } from './stage.ts';

/** How many surprises are shown one by one. */
const MOST = 8;

/** Tries everything with everything and compares it with what the evaluator says of the manifests as they are now. */
export async function showReachability(stage: Stage, withMatrix: boolean): Promise<void> {
  const { lab, say, fail, paint } = stage;
  const state = await readState(lab.manifests);
  const began = performance.now();
  const judged = await judge(lab, state);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (withMatrix) say(renderMatrix(judged, shapeOf(stage), paint));
  const allowed = judged.filter(({ observed }) => observed.verdict === 'allow').length;
  const counts = `${judged.length} flows tried in ${seconds} s (TCP, UDP, SCTP and ICMP; IPv4 and IPv6)`;
  const outcome = `${allowed} allowed, ${judged.length - allowed} denied`;
  const wrong = judged.filter(isWrong);
  if (wrong.length === 0) {
    say(`${counts}: ${outcome}, ${paint('green', 'all as the evaluator says')}`);
    return;
  }
  fail(`${counts}: ${outcome}, ${wrong.length} not as the evaluator says`);
  for (const one of wrong.slice(0, MOST)) fail(`  ${describeWrong(one)}`);
}

function shapeOf({ lab: { plan } }: Stage): MatrixShape {
  const world = plan.world.addresses.filter((address) => !address.includes(':'));
  const pods = plan.pods.flatMap((pod) => pod.ports.map((port) => ({ to: pod.key, ...port })));
  const outside = world.map((to) => ({ to, protocol: 'TCP', port: 443 }));
  return {
    rows: [...placesOf(plan).flatMap(({ name, kind }) => (kind === 'world' ? [] : [name])), ...world],
    columns: [...pods, ...outside],
  };
}
