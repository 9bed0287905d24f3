import assert from 'node:assert/strict';
import { Cluster } from '@weir/operator/src/model/cluster.ts';
import { defaultSettings } from '@weir/operator/src/model/settings.ts';
import * as make from '@weir/operator/src/testing/objects.ts';
import type { CaseQuery } from './case.ts';
import { KernelHook } from './kernel-hook.ts';
import { PacketEngine } from './packet-engine.ts';

const protocols = ['TCP', 'UDP', 'SCTP', 'ICMP'] as const;

/** A flow from b/client to a/web. */
const flow = (protocol: CaseQuery['protocol'], from = 'b/client', to = 'a/web'): CaseQuery => ({
  from: { pod: from },
  to: { pod: to },
  protocol,
  port: protocol === 'ICMP' ? 8 : 80,
  verdict: 'allow',
});

/** Both pods on nodes of their own; the rules govern a/web. */
function clusterWith(...rules: Parameters<typeof make.policy>[1][]): Cluster {
  const cluster = new Cluster(defaultSettings);
  const objects = [
    make.node('n1', '192.168.0.1'),
    make.node('n2', '192.168.0.2'),
    make.pod('a/web', { addresses: ['10.0.0.1'], labels: { app: 'web' } }),
    make.pod('b/client', { addresses: ['10.0.0.2'], node: 'n2' }),
    make.policy('a/p', ...rules),
  ];
  for (const object of objects) cluster.apply({ kind: 'upsert', object });
  return cluster;
}

const web = make.labelsIn('a', { app: 'web' });

describe('kernel engine', () => {
  let engine: PacketEngine;
  before(() => {
    engine = new PacketEngine(new KernelHook());
  });
  after(() => engine.close());

  const verdicts = (queries: readonly CaseQuery[]): readonly string[] =>
    queries.map((query) => {
      const answer = engine.verdict(query, 4);
      return answer.kind === 'verdict' ? answer.verdict : answer.what;
    });

  it('drops by default and names the policy that isolates', async () => {
    await engine.load(clusterWith({ subject: web, ingress: {} }).state);
    assert.deepEqual(verdicts(protocols.map((protocol) => flow(protocol))), ['deny', 'deny', 'deny', 'deny']);
    const answer = engine.verdict(flow('TCP'), 4);
    assert.ok(answer.kind === 'verdict');
    assert.deepEqual(answer.halves, { egress: 'allow', ingress: 'deny' });
    assert.match(answer.decidedBy, /VERDICT_DEFAULT_DENY\), CiliumNetworkPolicy a\/p spec/);
  });

  it('passes what a rule allows, in that protocol only', async () => {
    const peers = [make.endpoints(make.labelsIn('b'))];
    const ports = [make.port(80)];
    await engine.load(clusterWith({ subject: web, ingress: { allow: [{ peers, ports }] } }).state);
    assert.deepEqual(verdicts(protocols.map((protocol) => flow(protocol))), [
      'allow',
      'deny',
      'deny',
      'deny',
    ]);
  });

  it('takes no packet for the answer to an earlier query', async () => {
    const open = make.labelsIn('b');
    await engine.load(
      clusterWith({ subject: web, ingress: {}, egress: { allow: [{ peers: [make.endpoints(open)] }] } })
        .state,
    );
    const there = protocols.map((protocol) => flow(protocol, 'a/web', 'b/client'));
    const back = protocols.map((protocol) => flow(protocol));
    assert.deepEqual(verdicts(there), ['allow', 'allow', 'allow', 'allow']);
    assert.deepEqual(verdicts(back), ['deny', 'deny', 'deny', 'deny']);
  });
});
