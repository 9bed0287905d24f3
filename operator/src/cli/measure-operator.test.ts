import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { Metrics } from '../controller/metrics.ts';
import { type Measured, measureOperator } from './measure-operator.ts';

const measured: Measured = {
  leads: () => true,
  canServe: () => false,
  agents: () => 2,
  waiting: () => 1,
  counted: () => new Map([['n1', { denied: 3, observedDenials: 0, untold: 2 }]]),
  resources: () => [
    { resource: 'pods', state: { kind: 'watching' }, objects: 5 },
    { resource: 'nodes', state: { kind: 'failing', reason: 'forbidden' }, objects: 3 },
  ],
  policies: () => [],
  counts: () => ({
    nodes: new Map([['Enforced', 2]]),
    policies: new Map([['Applying', 1]]),
    waiting: new Map([['node', 4]]),
    behindSeconds: 1.5,
  }),
};

describe('metrics of the operator', () => {
  const metrics = new Metrics();
  measureOperator(metrics, measured);

  it('are in docs/operator.md, with their labels and what they say, and no others', async () => {
    const text = readFileSync(new URL('../../../docs/operator.md', import.meta.url), 'utf8');
    const [, section = ''] = text.split(/^## Metrics$/m);
    const rows = section.matchAll(/^\| `(weir_\w+)(?:\{([^}]*)\})?` \| (.+) \|$/gm);
    const told = Array.from(rows, ([, name, labels = '', help]) => ({ name, labels, help }));
    const known = metrics.registry
      .getMetricsAsArray()
      .filter(({ name }) => name.startsWith('weir_'))
      .map((one) => ({ name: one.name, labels: labelsOf(one).join(','), help: one.help }));
    const byName = (a: { name: string | undefined }, b: { name: string | undefined }) =>
      (a.name ?? '').localeCompare(b.name ?? '');
    assert.deepEqual(told.toSorted(byName), known.toSorted(byName));
  });

  it('are asked for when they are read', async () => {
    const text = await metrics.registry.metrics();
    for (const line of [
      'weir_leading 1',
      'weir_can_serve 0',
      'weir_agents 2',
      'weir_denied_packets_total{node="n1"} 3',
      'weir_observed_denials_total{node="n1"} 0',
      'weir_untold_flows_total{node="n1"} 2',
      'weir_source_objects{resource="pods"} 5',
      'weir_source_current{resource="nodes"} 0',
      'weir_policies{version="isolated"} 0',
      'weir_policies_enforced{reason="Applying"} 1',
      'weir_nodes{reason="Enforced"} 2',
      'weir_behind_seconds 1.5',
      'weir_status_waiting{urgency="node"} 4',
    ])
      assert.ok(text.split('\n').includes(line), line);
  });
});

const labelsOf = (metric: object): readonly string[] =>
  'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames : [];
