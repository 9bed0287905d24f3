import type { FlowVerdict } from '@weir/operator/src/evaluate/evaluate-flow.ts';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import { expectFlow } from './expect.ts';
import { allFlows, describeFlow, type Flow } from './flow.ts';
import type { Lab } from './lab.ts';
import { type ProbeResult, patience } from './probe.ts';

/** A flow as it should go and as it went. */
export interface Judged {
  readonly flow: Flow;
  readonly expected: FlowVerdict;
  readonly observed: ProbeResult;
}

/** Tries flows by real connections and has the evaluator say how they should go. */
export async function judge(
  lab: Lab,
  state: ClusterState,
  flows: readonly Flow[] = allFlows(lab.plan),
): Promise<readonly Judged[]> {
  const verdicts = flows.map((flow) => expectFlow(state, lab.plan, flow));
  const results = await lab.probeAll(flows, (index) => patience[verdicts[index]?.verdict ?? 'deny']);
  return flows.flatMap((flow, index) => {
    const [expected, observed] = [verdicts[index], results[index]];
    return expected === undefined || observed === undefined ? [] : [{ flow, expected, observed }];
  });
}

export const isWrong = ({ expected, observed }: Judged): boolean => expected.verdict !== observed.verdict;

/** "shop/frontend → shop/api:8080/TCP over IPv4: expected allow, observed deny (silence)" */
export function describeWrong({ flow, expected, observed }: Judged): string {
  return `${describeFlow(flow)}: expected ${expected.verdict}, observed ${observed.verdict} (${observed.detail})`;
}
