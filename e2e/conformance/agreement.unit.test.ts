import assert from 'node:assert/strict';
import { lookup } from '@weir/node-agent/src/image/lookup.ts';
import { ownerOf } from '@weir/operator/src/evaluate/address-owner.ts';
import { evaluateEndpoint } from '@weir/operator/src/evaluate/evaluate-endpoint.ts';
import type { Prefix } from '@weir/operator/src/model/address.ts';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import type { Pod } from '@weir/operator/src/model/endpoint.ts';
import type { ClusterEvent } from '@weir/operator/src/model/event.ts';
import { Pipeline } from '@weir/operator/src/pipeline.ts';
import { arbitraryEvents, arbitrarySettings } from '@weir/operator/src/testing/arbitrary-events.ts';
import { weir } from '@weir/proto/bundle.js';
import fc from 'fast-check';
import { parseAddress } from './address.ts';
import { protocolNumber } from './case.ts';
import { type NodeImage, nodeImages } from './node-image.ts';

const { Verdict } = weir.bundle.v1;

const seed = Number(process.env.WEIR_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.WEIR_RUNS ?? 300);

const outside = ['8.8.8.8', '10.0.0.77', 'fd00::77'].map(parseAddress);
const packets = [
  { protocol: 'TCP', port: 80 },
  { protocol: 'TCP', port: 8080 },
  { protocol: 'TCP', port: 443 },
  { protocol: 'UDP', port: 53 },
  { protocol: 'UDP', port: 80 },
  { protocol: 'SCTP', port: 80 },
  { protocol: 'ICMP', port: 8 },
] as const;

/** Every address that anything in the cluster has or claims, and some of the world. */
function addressesIn(state: ClusterState): readonly Prefix[] {
  const owned = [...state.pods.values(), ...state.nodes.values()].flatMap(({ addresses }) => addresses);
  return [...new Map([...owned, ...outside].map((address) => [address.text, address])).values()];
}

/** A pod has at most one address of each family; the operator's own test is more daring. */
function withOneOfEachFamily(event: ClusterEvent): ClusterEvent {
  if (event.kind === 'remove' || event.object.kind !== 'Pod') return event;
  const addresses = [...new Map(event.object.addresses.map((address) => [address.family, address])).values()];
  return { kind: 'upsert', object: { ...event.object, addresses } };
}

/** How many verdicts of this endpoint were compared. */
function compareEndpoint(state: ClusterState, node: NodeImage, subject: Pod, ifindex: number): number {
  let compared = 0;
  for (const address of addressesIn(state)) {
    if (!subject.addresses.some(({ family }) => family === address.family)) continue;
    for (const direction of ['egress', 'ingress'] as const) {
      for (const packet of packets) {
        compareOne(state, { node, subject, ifindex, address, direction, ...packet });
        compared++;
      }
    }
  }
  return compared;
}

type Question = (typeof packets)[number] & {
  readonly node: NodeImage;
  readonly subject: Pod;
  readonly ifindex: number;
  readonly address: Prefix;
  readonly direction: 'egress' | 'ingress';
};

function compareOne(state: ClusterState, question: Question): void {
  const { node, subject, ifindex, address, direction, protocol, port } = question;
  const owner = ownerOf(state, address);
  const wanted = evaluateEndpoint(state, {
    subject,
    direction,
    peer: { kind: 'address', address },
    protocol,
    port,
  });
  const got = lookup(node.image, {
    ifindex,
    direction: direction === 'egress' ? 0 : 1,
    address: address.address,
    protocol: protocolNumber[protocol],
    port,
    foreign: !(owner.kind === 'node' && owner.node.name === node.node),
  });
  assert.ok(got);
  const place = `${subject.namespace}/${subject.name} ${direction} ${address.text} ${protocol} ${port}: ${wanted.reason}`;
  assert.equal(got.outcome.allow ? 'allow' : 'deny', wanted.verdict, place);
  const outcome = node.outcomes.get(got.outcome.cookie);
  const isDefault = outcome?.verdict === Verdict.VERDICT_DEFAULT_DENY;
  assert.equal(isDefault, wanted.verdict === 'deny' && wanted.reason === 'default', place);
  if (wanted.reason !== 'rule') return;
  const deciding = wanted.origins.map(({ ref, path }) => `${ref.kind} ${ref.namespace} ${ref.name} ${path}`);
  const named = (outcome?.origins ?? []).map(
    ({ kind, namespace, name, rule }) => `${kind} ${namespace} ${name} ${rule}`,
  );
  assert.ok(named.length > 0, `${place}: names no rule`);
  for (const origin of named) assert.ok(deciding.includes(origin), `${place}: ${origin} does not decide`);
}

describe('evaluator and image', () => {
  it(`agree on random clusters (seed ${seed}, ${numRuns} runs)`, function () {
    this.timeout(300_000);
    let compared = 0;
    const property = fc.property(arbitrarySettings, arbitraryEvents, (settings, events) => {
      const pipeline = new Pipeline(settings);
      pipeline.apply(events.map(withOneOfEachFamily));
      for (const node of nodeImages(pipeline, () => 1)) {
        for (const [key, ifindex] of node.ifindexes) {
          const subject = pipeline.state.pods.get(key);
          assert.ok(subject, `endpoint ${key} is a pod`);
          compared += compareEndpoint(pipeline.state, node, subject, ifindex);
        }
      }
    });
    fc.assert(property, { seed, numRuns });
    assert.ok(compared > numRuns, `only ${compared} verdicts`);
  });
});
