import { evaluateFlow, type FlowVerdict } from '@weir/operator/src/evaluate/evaluate-flow.ts';
import type { Packet, Side } from '@weir/operator/src/evaluate/side.ts';
import { Cluster, type ClusterState } from '@weir/operator/src/model/cluster.ts';
import { defaultSettings } from '@weir/operator/src/model/settings.ts';
import { parseAddress } from '@weir/operator/src/source/decode/parse-prefix.ts';
import { readManifests } from '@weir/operator/src/source/files/read-manifests.ts';
import { LabError } from './errors.ts';
import type { Flow } from './flow.ts';
import { familyOf } from './net/family.ts';
import type { LabPlan } from './plan.ts';
import { findPlace } from './target.ts';

const ECHO4 = 8;
const ECHO6 = 128;

/** The cluster as the manifests in a folder say it, read anew. @throws LabError manifest-invalid */
export async function readState(folder: string): Promise<ClusterState> {
  const { events, problems } = await readManifests([folder], defaultSettings);
  const [first] = problems;
  if (first !== undefined) {
    const where = `${first.place.file}, line ${first.place.line}: ${first.path}`;
    throw new LabError('manifest-invalid', `${where} ${first.message}`);
  }
  const cluster = new Cluster(defaultSettings);
  for (const event of events) cluster.apply(event);
  return cluster.state;
}

/** What the evaluator, the slow and obvious reading of the policies, says of a flow between places of the lab. */
export function expectFlow(state: ClusterState, plan: LabPlan, flow: Flow): FlowVerdict {
  const family = flow.family ?? 4;
  const from = sideOf(state, plan, flow.from, family);
  const to = sideOf(state, plan, flow.to, family);
  return evaluateFlow(state, { from, to, family, ...packetOf(flow, family) });
}

function packetOf({ protocol, port }: Flow, family: 4 | 6): Packet {
  if (protocol !== 'ICMP') return { protocol, port };
  return family === 4 ? { protocol: 'ICMP', port: ECHO4 } : { protocol: 'ICMPv6', port: ECHO6 };
}

function sideOf(state: ClusterState, plan: LabPlan, name: string, family: 4 | 6): Side {
  const place = findPlace(plan, name);
  const pod = state.pods.get(place.name);
  if (pod !== undefined) return { kind: 'pod', pod };
  const text = place.addresses.find((address) => familyOf(address) === family);
  const address = text === undefined ? undefined : parseAddress(text);
  if (address === undefined) throw new LabError('target-unknown', `${name} has no IPv${family} address`);
  return { kind: 'address', address };
}
