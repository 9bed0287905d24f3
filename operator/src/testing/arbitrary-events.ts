import fc from 'fast-check';
import type { ClusterEvent, ClusterObject } from '../model/event.ts';
import type { LabelSelector, LabelSource, Requirement } from '../model/labels.ts';
import { keyOf, keyText } from '../model/object-key.ts';
import { entities, type Peer, type PortSpec, type SelectingPolicy } from '../model/policy.ts';
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
    terminating: rarely(),
    started: fc.constantFrom(1, 2),
    cluster: rarely().map((is) => (is ? 'east' : undefined)),
    serviceAccount: fc.constantFrom('default', 'builder'),
  })
  .map(({ namespace, name, ...rest }) => make.pod(`${namespace}/${name}`, rest));

const namespace = fc.tuple(namespaceName, labels).map(([name, own]) => make.namespace(name, own));

const nodeLabels = fc.dictionary(fc.constantFrom('zone', 'role'), fc.constantFrom('web', 'db'), {
  maxKeys: 2,
  noNullPrototype: true,
});

const node = fc
  .tuple(
    fc.constantFrom(...names.nodes),
    fc.uniqueArray(fc.constantFrom('192.168.0.1', '192.168.0.2', '10.0.0.4'), { maxLength: 2 }),
  )
  .chain(([name, own]) => nodeLabels.map((labelled) => make.labelledNode(name, labelled, ...own)));

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
      'kube-apiserver',
      'world-ipv4',
      'health',
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

const scope = fc.record({ pods: fc.boolean(), nodes: fc.boolean() });
const except = fc.subarray(['10.0.0.0/30', '10.0.0.2/32', '198.51.100.0/24']);

/** Conditions on labels of objects that are no pods. */
const plainSelector = (source: LabelSource, ...keys: readonly string[]): fc.Arbitrary<LabelSelector> =>
  fc
    .array(
      fc
        .tuple(
          fc.constantFrom(...keys),
          fc.constantFrom('In' as const, 'NotIn' as const, 'Exists' as const, 'DoesNotExist' as const),
          fc.constantFrom(source, source, source, 'k8s' as const),
        )
        .map(([key, operator, of]) =>
          make.requirement(key, operator, operator.endsWith('In') ? ['web'] : [], of),
        ),
      { minLength: 1, maxLength: 2 },
    )
    .map((requirements) => ({ requirements }));

const entity = fc.constantFrom(...entities);

const cidrGroupPeer: fc.Arbitrary<Peer> = fc.record({
  kind: fc.constant('cidr-group' as const),
  group: fc.oneof(
    fc.constantFrom('g1', 'g2').map((name) => ({ kind: 'name' as const, name })),
    plainSelector('cidrgroup', 'zone', 'role').map((of) => ({ kind: 'selector' as const, selector: of })),
  ),
  except: except.map((holes) => holes.map(make.prefix)),
  scope,
});

const servicesPeer: fc.Arbitrary<Peer> = fc.record({
  kind: fc.constant('services' as const),
  service: fc.oneof(
    fc.constantFrom('s1', 's2').map((name) => ({ kind: 'name' as const, name })),
    plainSelector('any', 'app').map((of) => ({ kind: 'selector' as const, selector: of })),
  ),
  namespace: fc.constantFrom('a', 'b', ''),
});

const nodesPeer: fc.Arbitrary<Peer> = fc.record({
  kind: fc.constant('nodes' as const),
  selector: plainSelector('node', 'zone', 'role'),
  includeLocal: fc.boolean(),
});

const peer: fc.Arbitrary<Peer> = fc.oneof(
  { weight: 8, arbitrary: selector.map(make.endpoints) },
  { weight: 2, arbitrary: entity.map(make.entity) },
  { weight: 1, arbitrary: cidrGroupPeer },
  { weight: 2, arbitrary: servicesPeer },
  { weight: 1, arbitrary: nodesPeer },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('10.0.0.0/24', '0.0.0.0/0', '192.168.0.0/16'), except, scope)
      .map(([block, holes, of]) => make.cidr(block, holes, of)),
  },
);

const port: fc.Arbitrary<PortSpec> = fc.oneof(
  fc.constantFrom<PortSpec>(
    make.port(80),
    make.port(0, 65535),
    make.port(53, 53, 'UDP'),
    { kind: 'icmp', family: 4, type: 8 },
    { kind: 'icmp', family: 6, type: 128 },
    { kind: 'icmp', family: 4, type: 256 },
    { kind: 'protocol', protocol: 47 },
  ),
  fc
    .tuple(
      fc.constantFrom(...portNames),
      fc.constantFrom('TCP' as const, 'UDP' as const),
      fc.constantFrom(0, 0, 100),
    )
    .map(([name, protocol, last]) => make.portNamed(name, protocol, last)),
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

const subject = fc.oneof(selector, fc.constant({ requirements: [] }));
const log = fc.constantFrom('', 'x', 'y');

const rule = fc.record(
  { subject, log, ingress: direction, egress: direction },
  { requiredKeys: ['subject'] },
);

const tieredRules = fc.array(
  fc
    .tuple(fc.constantFrom('accept' as const, 'deny' as const, 'pass' as const), item)
    .map(([action, rest]) => ({ action, ...rest })),
  { maxLength: 3 },
);

const tieredPolicy = fc
  .record({
    tier: fc.constantFrom('admin' as const, 'baseline' as const),
    priority: fc.constantFrom(0, 1),
    subject,
    ingress: tieredRules,
    egress: tieredRules,
  })
  .chain((options) => fc.constantFrom('t1', 't2', 't3').map((name) => make.tiered(name, options)));

const policy: fc.Arbitrary<SelectingPolicy> = fc
  .tuple(fc.constantFrom('a/x', 'a/y', 'b/x', 'wide'), fc.array(rule, { minLength: 1, maxLength: 2 }))
  .map(([where, rules]) => make.policy(where, ...rules));

const refused: fc.Arbitrary<ClusterObject> = policy.map((isolation) => ({
  kind: 'RefusedPolicy',
  ref: isolation.ref,
  problems: [{ path: 'spec', message: 'not supported' }],
  isolation,
}));

const cidrGroup = fc
  .tuple(
    fc.constantFrom('g1', 'g2', 'g3'),
    nodeLabels,
    fc.subarray(['10.0.0.0/29', '10.0.0.2/32', '198.51.100.0/24', '8.0.0.0/8', '192.168.0.0/31']),
  )
  .map(([name, own, blocks]) => make.cidrGroup(name, own, ...blocks));

const refusedGroup: fc.Arbitrary<ClusterObject> = cidrGroup.map(({ name, labels: own }) => ({
  kind: 'RefusedCidrGroup',
  name,
  labels: own,
  problems: [{ path: 'spec.externalCIDRs', message: 'must be a list' }],
}));

const serviceName = fc.constantFrom('s1', 's2');
const servicePort = fc.record({
  name: fc.constantFrom('', 'http'),
  protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
  port: fc.constantFrom(80, 443),
  targetPort: fc.constantFrom<number | string>(8080, 'http'),
  nodePort: fc.constantFrom(0, 0, 8080),
});

const service = fc
  .record(
    {
      labels: fc.dictionary(fc.constant('app'), fc.constantFrom(...names.apps), { noNullPrototype: true }),
      addresses: fc.subarray(['10.96.0.1', '8.8.8.8', 'fd00:0:0:0:0:0:0:96']),
      ports: fc.uniqueArray(servicePort, {
        maxLength: 2,
        selector: ({ protocol, port: number }) => `${protocol} ${number}`,
      }),
      selector: labels,
      externalAddresses: fc.subarray(['203.0.113.9', '198.51.100.7']),
      internalTrafficLocal: rarely(),
      externalTrafficLocal: rarely(),
    },
    { requiredKeys: ['labels', 'addresses', 'ports'] },
  )
  .chain((options) =>
    fc.tuple(namespaceName, serviceName).map(([of, name]) => make.service(`${of}/${name}`, options)),
  );

const slice = fc
  .record({
    service: serviceName,
    ports: fc.array(
      fc.record({
        name: fc.constantFrom('', 'http'),
        protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
        port: fc.constantFrom(80, 8080, 0),
      }),
      { maxLength: 2 },
    ),
    endpoints: fc.array(
      fc.record({
        addresses: fc.uniqueArray(fc.constantFrom(...addresses, '198.51.100.7', '192.168.0.1'), {
          minLength: 1,
          maxLength: 2,
        }),
        ready: fc.constantFrom(true, true, true, false),
        serving: fc.boolean(),
        terminating: fc.boolean(),
        node: fc.constantFrom('', ...names.nodes),
      }),
      { maxLength: 2 },
    ),
  })
  .chain((options) =>
    fc
      .tuple(namespaceName, fc.constantFrom('e1', 'e2', 'e3'))
      .map(([of, name]) => make.slice(`${of}/${name}`, options)),
  );

const apiSlice = fc
  .uniqueArray(fc.constantFrom('192.168.0.1', '192.168.0.2', '198.51.100.7', '10.0.0.3'), { maxLength: 2 })
  .map((at) =>
    make.slice('default/kubernetes', { service: 'kubernetes', endpoints: [{ addresses: at, ready: false }] }),
  );

const special = fc
  .tuple(
    fc.constantFrom('x1', 'x2'),
    fc.constantFrom('init' as const, 'health' as const, 'ingress' as const, 'unmanaged' as const),
    fc.constantFrom('10.0.0.2', '198.51.100.7', '198.51.100.8', 'fd00:0:0:0:0:0:0:9'),
  )
  .map(([name, kind, address]) => make.special(name, kind, address));

function rarely(): fc.Arbitrary<boolean> {
  return fc.constantFrom(...Array.from({ length: 9 }, () => false), true);
}

const object: fc.Arbitrary<ClusterObject> = fc.oneof(
  { weight: 8, arbitrary: pod },
  { weight: 5, arbitrary: policy },
  { weight: 1, arbitrary: refused },
  { weight: 2, arbitrary: namespace },
  { weight: 3, arbitrary: node },
  { weight: 2, arbitrary: tieredPolicy },
  { weight: 2, arbitrary: cidrGroup },
  { weight: 1, arbitrary: refusedGroup },
  { weight: 2, arbitrary: service },
  { weight: 2, arbitrary: slice },
  { weight: 1, arbitrary: apiSlice },
  { weight: 1, arbitrary: special },
);

/** Text that names the object of an event: events of one object keep their order. */
export const objectOf = (event: ClusterEvent): string =>
  keyText(event.kind === 'upsert' ? keyOf(event.object) : event.key);

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
  policyCidrMatchMode: scope,
  enableNodeSelectorLabels: fc.boolean(),
  enableExtendedIpProtocols: fc.boolean(),
  observe: fc.constantFrom<Settings['observe']>('all', [], ['n1'], ['n2', 'elsewhere']),
});
