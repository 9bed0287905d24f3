import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { buildBundles } from './bundle/build-bundles.ts';
import type { ClusterEvent, ClusterObject } from './model/event.ts';
import { keyOf, keyText } from './model/object-key.ts';
import type { Peer } from './model/policy.ts';
import { defaultSettings, type Settings } from './model/settings.ts';
import { Pipeline } from './pipeline.ts';
import { languageStates } from './testing/language-states.ts';
import * as make from './testing/objects.ts';
import { type ShownBundle, showBundle } from './testing/show-bundle.ts';
import { cluster, states as coreStates, localhost, type State, withPolicy } from './testing/states.ts';

const states = [...coreStates, ...languageStates];
const external = { pods: false, nodes: false };

/** What leads from one list of objects to another. */
function eventsBetween(
  from: readonly ClusterObject[],
  to: readonly ClusterObject[],
): readonly ClusterEvent[] {
  const kept = new Set(to.map((object) => keyText(keyOf(object))));
  const gone = from.map(keyOf).filter((key) => !kept.has(keyText(key)));
  return [
    ...gone.map((key) => ({ kind: 'remove' as const, key })),
    ...to.filter((object) => !from.includes(object)).map((object) => ({ kind: 'upsert' as const, object })),
  ];
}

function check(pipeline: Pipeline, { name, expected }: State): void {
  const bundle = pipeline.bundle('n1');
  assert.deepEqual(bundle?.items, buildBundles(pipeline.state).get('n1')?.items, name);
  if (!bundle) return;
  const shown = showBundle(bundle);
  for (const part of ['endpoints', 'members', 'prefixes', 'services'] as const) {
    if (expected[part]) assert.deepEqual(shown[part], expected[part], `${part} of "${name}"`);
  }
}

function walk(path: readonly State[], settings: Settings = defaultSettings): void {
  const pipeline = new Pipeline(settings);
  let current: readonly ClusterObject[] = [];
  for (const state of path) {
    pipeline.apply(eventsBetween(current, state.objects));
    current = state.objects;
    check(pipeline, state);
  }
}

describe('pipeline, state by state', () => {
  for (const state of states) it(state.name, () => walk([state]));

  it('gives the same on the way through all of them, there and back', () => {
    walk([...states, ...states.toReversed()]);
  });

  it('gives the same from each to each other', () => {
    for (const from of states) for (const to of states) walk([from, to]);
  });
});

describe('pipeline, as what policies name changes', () => {
  const byLabel = make.requirement('kind', 'In', ['open'], 'cidrgroup');
  const peers: readonly Peer[] = [
    { kind: 'cidr-group', group: { kind: 'name', name: 'one' }, except: [], scope: external },
    {
      kind: 'cidr-group',
      group: { kind: 'selector', selector: { requirements: [byLabel] } },
      except: [],
      scope: external,
    },
    { kind: 'services', service: { kind: 'name', name: 'web' }, namespace: 'a' },
    {
      kind: 'services',
      service: { kind: 'selector', selector: { requirements: [make.requirement('tier', 'Exists')] } },
      namespace: '',
    },
    make.endpoints({ requirements: [make.requirement('kube-apiserver', 'DoesNotExist', [], 'reserved')] }),
  ];
  const objects: readonly ClusterObject[] = [
    ...cluster,
    ...peers.map((peer, index) =>
      make.policy(`a/x${index}`, { subject: make.labelsIn('a'), egress: { allow: [{ peers: [peer] }] } }),
    ),
  ];
  const slice = (service: string, ...addresses: readonly string[]) =>
    make.slice(service === 'kubernetes' ? 'default/kubernetes' : `a/${service}-1`, {
      service,
      endpoints: [{ addresses }],
    });
  /** Each changes what some policy means, and only by the object that it puts. */
  const steps: readonly ClusterObject[] = [
    make.cidrGroup('one', {}, '192.0.2.0/24'),
    make.cidrGroup('one', {}, '192.0.2.0/25'),
    make.cidrGroup('one', { kind: 'open' }, '192.0.2.0/25'),
    make.cidrGroup('two', { kind: 'open' }, '198.51.100.0/24'),
    make.cidrGroup('two', { kind: 'closed' }, '198.51.100.0/24'),
    make.service('a/web', { selector: { app: 'web' } }),
    make.service('a/web', { selector: { app: 'client' } }),
    make.service('a/web'),
    slice('web', '203.0.113.1'),
    slice('web', '203.0.113.2'),
    make.service('a/web', { labels: { tier: 'x' } }),
    slice('web', '203.0.113.3'),
    slice('kubernetes', '203.0.113.9'),
    slice('kubernetes', '203.0.113.10'),
  ];

  it('compiles those again that depend on it', () => {
    const pipeline = new Pipeline(defaultSettings);
    pipeline.apply(objects.map((object) => ({ kind: 'upsert', object })));
    for (const [index, object] of steps.entries()) {
      const changes = pipeline.apply([{ kind: 'upsert', object }]);
      assert.ok(changes.length > 0, `step ${index} changes something`);
      check(pipeline, { name: `step ${index}`, objects, expected: {} });
    }
  });

  it('changes nothing where nobody depends on it', () => {
    const pipeline = new Pipeline(defaultSettings);
    pipeline.apply(objects.map((object) => ({ kind: 'upsert', object })));
    const strangers = [
      make.cidrGroup('three', { kind: 'closed' }, '192.0.2.0/24'),
      make.service('b/web', { selector: { app: 'web' } }),
      slice('other', '203.0.113.1'),
    ];
    assert.deepEqual(pipeline.apply(strangers.map((object) => ({ kind: 'upsert', object }))), []);
  });
});

describe('pipeline settings', () => {
  const bundleOf = (settings: Partial<Settings>, objects: readonly ClusterObject[]): ShownBundle => {
    const pipeline = new Pipeline({ ...defaultSettings, ...settings });
    pipeline.apply(objects.map((object) => ({ kind: 'upsert', object })));
    const bundle = pipeline.bundle('n1');
    assert.ok(bundle);
    return showBundle(bundle);
  };
  const always = 'default deny by enable-policy';

  it('isolates everything, the node too where no rule governs, with enable-policy always', () => {
    const { endpoints } = bundleOf({ enablePolicy: 'always' }, cluster);
    assert.deepEqual(endpoints, { 'a/web': { ingress: [always], egress: [always] } });
  });

  it('lets the node in again with one ingress rule', () => {
    const objects = withPolicy({ ingress: { allow: [{ ports: [make.port(1)] }], defaultDeny: false } });
    const { endpoints } = bundleOf({ enablePolicy: 'always' }, objects);
    assert.deepEqual(endpoints['a/web']?.ingress, [
      'all 6/1: allow by a/x spec.ingress[0]',
      localhost,
      always,
    ]);
  });

  it('has no tables with enable-policy never', () => {
    assert.deepEqual(bundleOf({ enablePolicy: 'never' }, withPolicy({ ingress: {} })).endpoints, {
      'a/web': {},
    });
  });

  it('does not let the node in with allow-localhost policy', () => {
    const { endpoints } = bundleOf({ allowLocalhost: 'policy' }, withPolicy({ ingress: {} }));
    assert.deepEqual(endpoints, { 'a/web': { ingress: ['default deny by a/x spec'] } });
  });
});
