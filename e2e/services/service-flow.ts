import assert from 'node:assert/strict';
import { evaluateFlow } from '@weir/operator/src/evaluate/evaluate-flow.ts';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import { parseAddress } from '@weir/operator/src/source/decode/parse-prefix.ts';
import { readState } from '../lab/expect.ts';
import type { Lab } from '../lab/lab.ts';
import { familyOf } from '../lab/net/family.ts';
import { type ProbeResult, patience, probeAll, type Timeout } from '../lab/probe.ts';
import type { ProbeRequest } from '../lab/probe-request.ts';
import { findPlace } from '../lab/target.ts';

/** A flow from a pod to an address and port, of a service mostly. */
export interface ServiceFlow {
  /** "namespace/name" of a pod. */
  readonly from: string;
  readonly address: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

/** "demo/client → 10.96.0.1:80/TCP" */
export const describeServiceFlow = ({ from, address, protocol, port }: ServiceFlow): string =>
  `${from} → ${familyOf(address) === 4 ? address : `[${address}]`}:${port}/${protocol}`;

export const requestOf = (lab: Lab, { from, address, protocol, port }: ServiceFlow): ProbeRequest => {
  const { namespace, kind, addresses } = findPlace(lab.plan, from);
  const own = addresses.find((candidate) => familyOf(candidate) === familyOf(address));
  return { namespace, source: kind === 'world' ? own : undefined, target: address, protocol, port };
};

/** Tries flows by real connections, all at once. */
export const probeServices = (
  lab: Lab,
  flows: readonly ServiceFlow[],
  timeout: Timeout,
): Promise<readonly ProbeResult[]> =>
  probeAll(
    flows.map((flow) => requestOf(lab, flow)),
    timeout,
  );

/** What the evaluator says of a flow from a pod. */
export function evaluateService(state: ClusterState, flow: ServiceFlow): 'allow' | 'deny' {
  const { from, address, protocol, port } = flow;
  const pod = state.pods.get(from);
  const to = parseAddress(address);
  assert.ok(pod !== undefined && to !== undefined, describeServiceFlow(flow));
  const query = { from: { kind: 'pod', pod }, to: { kind: 'address', address: to }, protocol, port } as const;
  return evaluateFlow(state, query).verdict;
}

/** Asserts that the evaluator gives a verdict to each of the flows, and that they went so. */
export function went(
  expected: 'allow' | 'deny',
  state: ClusterState,
  flows: readonly ServiceFlow[],
  results: readonly ProbeResult[],
): void {
  const wrong = flows.flatMap((flow, index) => {
    const [evaluated, observed] = [evaluateService(state, flow), results[index]];
    if (evaluated === expected && observed?.verdict === expected) return [];
    return [
      `${describeServiceFlow(flow)}: evaluated ${evaluated}, observed ${observed?.verdict} (${observed?.detail})`,
    ];
  });
  assert.deepEqual([...new Set(wrong)], [], `expected ${expected}`);
}

/** Tries flows; asserts that they go as the evaluator says, and that it says what is expected. */
export async function go(lab: Lab, expected: 'allow' | 'deny', flows: readonly ServiceFlow[]): Promise<void> {
  const state = await readState(lab.manifests);
  went(expected, state, flows, await probeServices(lab, flows, patience[expected]));
}
