import fc from 'fast-check';
import type { ClusterEvent, ClusterObject, ObjectKey } from '../model/event.ts';
import type { LabelSelector, Requirement } from '../model/labels.ts';
import type { Peer, Policy, PortSpec } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';
import * as make from './objects.ts';

/** Few values, so that objects meet often. */
const names = { namespaces: ['a', 'b'], nodes: ['n1', 'n2', 'n3'], apps: ['web', 'db'] } as const;
const addresses = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', 'fd00:0:0:0:0:0:0:1'] as const;
const portNames = ['http', 'dns'] as const;

const namespaceName = fc.constantFrom(...names.namespaces);

const labels = fc.dictionary(
  fc.constantFrom('app', 'tier', 'pod-template-hash'),
  fc.constantFrom(...names.apps),
  { maxKeys: 2, noNullPrototype: true },
);

const pod = fc
  .record({
    namespace: namespaceName,
    name: fc.constantFrom('p0', 'p1', 'p2'),
    labels,
    node: fc.constantFrom('n1', ...names.nodes, ...names.nodes, ''),
    addresses: fc.uniqueArray(fc.constantFrom(...addresses), { maxLength: 2 }),
    uid: fc.constantFrom('', '', 'u1', 'u2', 'u3'),
    ports: fc.array(
      fc.record({
        name: fc.constantFrom(...portNames),
        port: fc.constantFrom(80, 8080),
        protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
      }),
      { maxLength: 2 },
    ),
    hostNetwork: rarely(),
    finished: rarely(),
    created: fc.constantFrom(1, 2),
    cluster: rarely().map((is) => (is ? 'east' : undefined)),
    serviceAccount: fc.constantFrom('default', 'builder'),
  })
  .map(({ namespace, name, ...rest }) => make.pod(`${namespace}/${name}`, rest));

const namespace = fc.tuple(namespaceName, labels).map(([name, own]) => make.namespace(name, own));

const node = fc
  .tuple(
    fc.constantFrom(...names.nodes),
    fc.uniqueArray(fc.constantFrom('192.168.0.1', '192.168.0.2', '10.0.0.4'), { maxLength: 2 }),
  )
  .map(([name, own]) => make.node(name, ...own));

const requirement: fc.Arbitrary<Requirement> = fc
  .tuple(
    fc.constantFrom(
      'app',
      'tier',
      'io.kubernetes.pod.namespace',
      'io.cilium.k8s.namespace.labels.app',
      'io.cilium.k8s.policy.cluster',
      'io.cilium.k8s.policy.serviceaccount',
      'host',
    ),
    fc.constantFrom(
      'In' as const,
      'In' as const,
      'NotIn' as const,
      'Exists' as const,
      'DoesNotExist' as const,
    ),
    fc.uniqueArray(fc.constantFrom('web', 'db', 'a', 'default', 'builder', 'east', ''), {
      minLength: 1,
      maxLength: 2,
    }),
    fc.constantFrom('any' as const, 'k8s' as const, 'any' as const, 'reserved' as const),
  )
  .map(([key, operator, values, source]) => {
    const needsValues = operator === 'In' || operator === 'NotIn';
    return make.requirement(key, operator, needsValues ? values.toSorted() : [], source);
  });

const selector: fc.Arbitrary<LabelSelector> = fc.oneof(
  fc.tuple(namespaceName, labels).map(([name, own]) => make.labelsIn(name, own)),
  fc.array(requirement, { maxLength: 2 }).map((requirements) => ({ requirements })),
);

const peer: fc.Arbitrary<Peer> = fc.oneof(
  { weight: 4, arbitrary: selector.map(make.endpoints) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('all', 'world', 'host', 'remote-node', 'cluster', 'none')
      .map((name) => make.entity(name as Parameters<typeof make.entity>[0])),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('10.0.0.0/24', '0.0.0.0/0'),
        fc.subarray(['10.0.0.0/30', '10.0.0.2/32']),
        fc.constantFrom('external' as const, 'all' as const),
      )
      .map(([block, except, scope]) => make.cidr(block, except, scope)),
  },
);

const port: fc.Arbitrary<PortSpec> = fc.oneof(
  fc.constantFrom(make.port(80), make.port(0, 65535), make.port(53, 53, 'UDP')),
  fc
    .tuple(fc.constantFrom(...portNames), fc.constantFrom('TCP' as const, 'UDP' as const))
    .map(([name, protocol]) => make.portNamed(name, protocol)),
);

const item = fc.record(
  { peers: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { minLength: 1, maxLength: 2 }) },
  { requiredKeys: [] },
);

const direction = fc.record(
  {
    allow: fc.array(item, { maxLength: 2 }),
    deny: fc.array(item, { maxLength: 1 }),
    defaultDeny: fc.boolean(),
  },
  { requiredKeys: [] },
);

const rule = fc.record(
  { subject: fc.oneof(selector, fc.constant({ requirements: [] })), ingress: direction, egress: direction },
  { requiredKeys: ['subject'] },
);

const policy: fc.Arbitrary<Policy> = fc
  .tuple(fc.constantFrom('a/x', 'a/y', 'b/x', 'wide'), fc.array(rule, { minLength: 1, maxLength: 2 }))
  .map(([where, rules]) => make.policy(where, ...rules));

const refused: fc.Arbitrary<ClusterObject> = policy.map((isolation) => ({
  kind: 'RefusedPolicy',
  ref: isolation.ref,
  problems: [{ path: 'spec', message: 'not supported' }],
  isolation,
}));

function rarely(): fc.Arbitrary<boolean> {
  return fc.constantFrom(...Array.from({ length: 9 }, () => false), true);
}

const object: fc.Arbitrary<ClusterObject> = fc.oneof(
  { weight: 8, arbitrary: pod },
  { weight: 5, arbitrary: policy },
  { weight: 1, arbitrary: refused },
  { weight: 2, arbitrary: namespace },
  { weight: 3, arbitrary: node },
);

/** Text that names the object of an event: events of one object keep their order. */
export const objectOf = (event: ClusterEvent): string =>
  JSON.stringify(event.kind === 'upsert' ? keyOf(event.object) : event.key);

function keyOf(object: ClusterObject): ObjectKey {
  switch (object.kind) {
    case 'Namespace':
    case 'Node':
      return { kind: object.kind, namespace: '', name: object.name };
    case 'Pod':
      return { kind: 'Pod', namespace: object.namespace, name: object.name };
    case 'Policy':
    case 'RefusedPolicy': {
      const { kind, namespace: of, name } = object.ref;
      return { kind, namespace: of, name };
    }
  }
}

const event: fc.Arbitrary<ClusterEvent> = fc.oneof(
  { weight: 6, arbitrary: object.map((upserted) => ({ kind: 'upsert' as const, object: upserted })) },
  { weight: 1, arbitrary: object.map((removed) => ({ kind: 'remove' as const, key: keyOf(removed) })) },
);

/** Longest list that `arbitraryEvents` gives. */
export const maxEvents = 50;

/** Most lists begin with nodes, without which there are no bundles. */
export const arbitraryEvents: fc.Arbitrary<readonly ClusterEvent[]> = fc
  .tuple(
    fc.subarray([make.node('n1', '192.168.0.1'), make.node('n2'), make.node('n3')]),
    fc.array(event, { minLength: 5, maxLength: maxEvents - 3, size: 'max' }),
  )
  .map(([nodes, events]) => [...nodes.map((object) => ({ kind: 'upsert' as const, object })), ...events]);

export const arbitrarySettings: fc.Arbitrary<Settings> = fc.record({
  enablePolicy: fc.constantFrom('default' as const, 'default' as const, 'always' as const, 'never' as const),
  allowLocalhost: fc.constantFrom('auto' as const, 'always' as const, 'policy' as const),
  clusterName: fc.constant('default'),
  policyDefaultLocalCluster: fc.boolean(),
  networkPolicyIpBlock: fc.constantFrom('all' as const, 'external' as const),
  observe: fc.constantFrom<Settings['observe']>('all', [], ['n1'], ['n2', 'elsewhere']),
});
