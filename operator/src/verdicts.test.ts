import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { evaluateEndpoint } from './evaluate/evaluate-endpoint.ts';
import type { Pod } from './model/endpoint.ts';
import { Pipeline } from './pipeline.ts';
import { endpointUid } from './resolve/pod-role.ts';
import { arbitraryEvents, arbitrarySettings } from './testing/arbitrary-events.ts';
import { Judge } from './testing/judge.ts';
import { prefix } from './testing/objects.ts';

const seed = Number(process.env.WEIR_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.WEIR_RUNS ?? 1000);

const peers = [
  '10.0.0.1',
  '10.0.0.2',
  '10.0.0.3',
  '10.0.0.4',
  '10.0.0.9',
  '192.168.0.1',
  '192.168.0.2',
  '1.1.1.1',
  '8.8.8.8',
  '198.51.100.7',
  '198.51.100.8',
  'fd00:0:0:0:0:0:0:1',
  'fd00:0:0:0:0:0:0:9',
].map(prefix);

const packets = [
  { protocol: 'TCP' as const, number: 6, port: 80 },
  { protocol: 'TCP' as const, number: 6, port: 8080 },
  { protocol: 'UDP' as const, number: 17, port: 53 },
  { protocol: 'UDP' as const, number: 17, port: 80 },
  { protocol: 'TCP' as const, number: 6, port: 90 },
  { protocol: 'ICMP' as const, number: 1, port: 8 },
  { protocol: 'ICMPv6' as const, number: 58, port: 128 },
  { protocol: 47, number: 47, port: 0 },
];

/** Every packet of every endpoint of the node: what the bundle says, against the evaluator's reading. */
function compare(pipeline: Pipeline, node: string): void {
  const bundle = pipeline.bundle(node);
  assert.ok(bundle);
  const judge = new Judge(bundle);
  for (const uid of judge.uids) {
    const subject = subjectOf(pipeline, uid, node);
    for (const direction of ['ingress', 'egress'] as const) {
      for (const peer of peers) {
        for (const { protocol, number, port } of packets) {
          const query = {
            subject,
            direction,
            peer: { kind: 'address' as const, address: peer },
            protocol,
            port,
          };
          const expected = evaluateEndpoint(pipeline.state, query).verdict;
          const found = judge.verdict({ uid, direction, peer, protocol: number, port });
          assert.equal(found, expected, `${uid} ${direction} ${peer.text} ${protocol} ${port}`);
        }
      }
    }
  }
}

function subjectOf({ state }: Pipeline, uid: string, node: string): Pod {
  const pods = [...state.pods.values()].filter((pod) => endpointUid(pod) === uid && pod.node === node);
  const [subject] = pods.filter((pod) => !pod.hostNetwork && !pod.finished && pod.cluster === undefined);
  assert.ok(subject);
  return subject;
}

describe('verdicts', () => {
  it(`of bundles are those of the evaluator (seed ${seed}, ${numRuns} runs)`, function () {
    this.timeout(300_000);
    const property = fc.property(arbitrarySettings, arbitraryEvents, (settings, events) => {
      const pipeline = new Pipeline(settings);
      pipeline.apply(events.map(withUniqueUid));
      for (const node of pipeline.state.nodes.keys()) compare(pipeline, node);
    });
    fc.assert(property, { seed, numRuns });
  });
});

/** Two pods with one uid are told apart by the pipeline alone. */
function withUniqueUid<E extends Parameters<Pipeline['apply']>[0][number]>(event: E): E {
  if (event.kind !== 'upsert' || event.object.kind !== 'Pod') return event;
  const { object } = event;
  return { ...event, object: { ...object, uid: `${object.cluster}/${object.namespace}/${object.name}` } };
}
