import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ClusterEvent, ClusterObject } from './model/event.ts';
import { defaultSettings } from './model/settings.ts';
import { Pipeline } from './pipeline.ts';
import { arbitraryEvents, arbitrarySettings } from './testing/arbitrary-events.ts';
import * as make from './testing/objects.ts';

const upsert = (object: ClusterObject): ClusterEvent => ({ kind: 'upsert', object });
const nodesOf = (pipeline: Pipeline, key: string): readonly string[] => [...pipeline.nodesOf(key)].sort();
const allNodes = (pipeline: Pipeline): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries([...pipeline.state.policies.keys()].sort().map((key) => [key, nodesOf(pipeline, key)]));

describe('nodes of a policy', () => {
  const policy = make.policy('a/x', { subject: make.labelsIn('a', { app: 'web' }), ingress: {} });
  const key = 'CiliumNetworkPolicy/a/x';
  const web = (name: string, node: string, address: string) =>
    make.pod(`a/${name}`, { labels: { app: 'web' }, addresses: [address], node });

  it('are those with an endpoint that it selects', () => {
    const pipeline = new Pipeline(defaultSettings);
    const follow = (...events: readonly ClusterEvent[]) => {
      pipeline.apply(events);
      return [nodesOf(pipeline, key), [...pipeline.takeChangedNodes()]];
    };
    const nodes = ['n1', 'n2', 'n3'].map((name) => upsert(make.node(name)));
    assert.deepEqual(follow(...nodes, upsert(policy)), [[], [key]]);
    assert.deepEqual(follow(upsert(web('1', 'n1', '10.0.0.1'))), [['n1'], [key]]);
    assert.deepEqual(follow(upsert(web('2', 'n1', '10.0.0.2'))), [['n1'], []]);
    assert.deepEqual(follow(upsert(web('3', 'n2', '10.0.0.3'))), [['n1', 'n2'], [key]]);
    assert.deepEqual(follow(upsert(make.pod('a/4', { node: 'n3', addresses: ['10.0.0.4'] }))), [
      ['n1', 'n2'],
      [],
    ]);
    const remove = (name: string): ClusterEvent => ({
      kind: 'remove',
      key: { kind: 'Pod', namespace: 'a', name },
    });
    assert.deepEqual(follow(remove('1')), [['n1', 'n2'], []]);
    assert.deepEqual(follow(remove('2')), [['n2'], [key]]);
    assert.deepEqual(follow(upsert(make.pod('a/3', { node: 'n2', addresses: ['10.0.0.3'] }))), [[], [key]]);
    assert.deepEqual(follow(upsert({ ...policy, rules: [] })), [[], [key]]);
  });

  it('do not depend on the way to a state', function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(arbitrarySettings, arbitraryEvents, (settings, events) => {
        const steps = new Pipeline(settings);
        for (const event of events) steps.apply([event]);
        const { namespaces, nodes, pods, policies } = steps.state;
        const once = new Pipeline(settings);
        const inForce = [...policies.values()].map((one) => one.inForce);
        once.apply([namespaces, nodes, pods].flatMap((map) => [...map.values()].map(upsert)));
        once.apply(inForce.map(upsert));
        assert.deepEqual(allNodes(steps), allNodes(once));
      }),
      { numRuns: 300 },
    );
  });
});
