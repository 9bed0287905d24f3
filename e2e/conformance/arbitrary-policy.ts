import type { LabelSelector, Requirement } from '@weir/operator/src/model/labels.ts';
import type {
  BlockScope,
  DirectionRules,
  Peer,
  Peers,
  Policy,
  PolicyRef,
  PolicyRule,
  PortSpec,
  Ports,
  RuleItem,
  SelectingPolicy,
  TieredPolicy,
  TieredRule,
} from '@weir/operator/src/model/policy.ts';
import { entities } from '@weir/operator/src/model/policy.ts';
import { parsePrefix } from '@weir/operator/src/source/decode/parse-prefix.ts';
import fc from 'fast-check';
import { words } from './arbitrary-words.ts';

/** Policies of the whole supported language, over few words, so that they meet the pods often. */

const requirementOf = (
  source: fc.Arbitrary<Requirement['source']>,
  key: fc.Arbitrary<string>,
  value: fc.Arbitrary<string>,
): fc.Arbitrary<Requirement> =>
  fc
    .record({
      source,
      key,
      operator: fc.constantFrom('In', 'In', 'NotIn', 'Exists', 'DoesNotExist'),
      values: fc.uniqueArray(value, { minLength: 1, maxLength: 2, size: 'xsmall' }),
    })
    .map(({ source: of, key: name, operator, values }) => ({
      source: of,
      key: name,
      operator: operator as Requirement['operator'],
      values: operator === 'In' || operator === 'NotIn' ? values.toSorted() : [],
    }));

const selectorOf = (
  requirement: fc.Arbitrary<Requirement>,
  size: 'small' | 'max' = 'small',
): fc.Arbitrary<LabelSelector> => fc.record({ requirements: fc.array(requirement, { maxLength: 2, size }) });

const ofPods = selectorOf(
  fc.oneof(
    {
      weight: 5,
      arbitrary: requirementOf(fc.constant('any'), fc.constantFrom(...words.keys), word(words.values)),
    },
    {
      weight: 1,
      arbitrary: requirementOf(
        fc.constantFrom('any', 'k8s'),
        fc.constantFrom(
          'io.kubernetes.pod.namespace',
          'io.cilium.k8s.namespace.labels.env',
          'io.cilium.k8s.policy.cluster',
          'io.cilium.k8s.policy.serviceaccount',
        ),
        fc.constantFrom(...words.namespaces, 'web', 'east', 'default', 'builder'),
      ),
    },
    {
      weight: 1,
      arbitrary: requirementOf(
        fc.constantFrom('any', 'reserved'),
        fc.constantFrom('host', 'remote-node', 'health', 'kube-apiserver', 'world-ipv4'),
        fc.constant(''),
      ),
    },
  ),
);

/** Of what has few labels: groups, nodes and services. */
const labelsOf = (source: Requirement['source']) =>
  selectorOf(requirementOf(fc.constant(source), word(words.plainKeys), word(words.values)), 'max');

function word<const T extends string>(of: readonly T[]): fc.Arbitrary<T> {
  return fc.constantFrom(...of);
}

const block = (text: string) => {
  const prefix = parsePrefix(text);
  if (!prefix) throw new RangeError(text);
  return prefix;
};
const blocks = fc.constantFrom(
  ...[
    '0.0.0.0/0',
    '::/0',
    '8.0.0.0/8',
    '8.8.8.0/24',
    '10.0.0.0/24',
    '10.0.0.0/30',
    '192.168.0.0/24',
    'fd00::/16',
  ].map(block),
);
const excepts = fc.subarray(['8.8.8.8/32', '10.0.0.2/31', '10.0.0.0/30', '192.168.0.1/32'].map(block), {
  maxLength: 2,
});
const scope: fc.Arbitrary<BlockScope> = fc.record({ pods: fc.boolean(), nodes: fc.boolean() });

const ingressPeer: fc.Arbitrary<Peer> = fc.oneof(
  { weight: 5, arbitrary: ofPods.map((selector) => ({ kind: 'endpoints' as const, selector })) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cidr'), block: blocks, except: excepts, scope }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('cidr-group'),
      group: fc.oneof(
        fc.record({ kind: fc.constant('name'), name: word(words.groups) }),
        fc.record({ kind: fc.constant('selector'), selector: labelsOf('cidrgroup') }),
      ),
      except: excepts,
      scope,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('entity'), entity: word(entities) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('nodes'),
      selector: labelsOf('node'),
      includeLocal: fc.boolean(),
    }),
  },
);

const servicesPeer: fc.Arbitrary<Peer> = fc.record({
  kind: fc.constant('services'),
  service: fc.oneof(
    fc.record({ kind: fc.constant('name'), name: word(words.services) }),
    fc.record({ kind: fc.constant('selector'), selector: labelsOf('any') }),
  ),
  namespace: word(['', ...words.namespaces]),
});

const egressPeer = fc.oneof({ weight: 4, arbitrary: ingressPeer }, { weight: 2, arbitrary: servicesPeer });

const peersOf = (peer: fc.Arbitrary<Peer>): fc.Arbitrary<Peers> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant({ kind: 'any' as const }) },
    {
      weight: 5,
      arbitrary: fc
        .array(peer, { minLength: 1, maxLength: 2 })
        .map((peers) => ({ kind: 'list' as const, peers })),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'none' as const }) },
  );

const range = (first: number, last = first, protocol: 'TCP' | 'UDP' | 'SCTP' = 'TCP'): PortSpec => ({
  kind: 'range',
  protocol,
  first,
  last,
});

const port: fc.Arbitrary<PortSpec> = fc.oneof(
  fc.constantFrom(
    range(80),
    range(80, 81),
    range(0, 65_535),
    range(8080, 65_535),
    range(53, 53, 'UDP'),
    range(0, 65_535, 'UDP'),
    range(80, 80, 'SCTP'),
  ),
  fc.record({
    kind: fc.constant('named'),
    protocol: word(['TCP', 'UDP']),
    name: word(words.ports),
    last: fc.constantFrom(0, 79, 81, 9000),
  }),
  fc.record({
    kind: fc.constant('icmp'),
    family: fc.constantFrom(4, 6),
    type: fc.constantFrom(0, 8, 128, 256),
  }),
  fc.record({ kind: fc.constant('protocol'), protocol: fc.constantFrom(47, 112) }),
);

/** Ranges from a named port on come with ingress only. */
const withoutEnd = (spec: PortSpec): PortSpec => (spec.kind === 'named' ? { ...spec, last: 0 } : spec);

const portsOf = (direction: Direction): fc.Arbitrary<Ports> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({ kind: 'all' as const }) },
    {
      weight: 5,
      arbitrary: fc
        .array(direction === 'ingress' ? port : port.map(withoutEnd), { minLength: 1, maxLength: 2 })
        .map((ports) => ({ kind: 'list' as const, ports })),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'none' as const }) },
  );

type Direction = 'ingress' | 'egress';

const itemsOf = (direction: Direction, maxLength: number, field: string): fc.Arbitrary<readonly RuleItem[]> =>
  fc
    .array(
      fc.record({
        peers: peersOf(direction === 'ingress' ? ingressPeer : egressPeer),
        ports: portsOf(direction),
      }),
      { maxLength },
    )
    .map((items) => items.map((item, at) => ({ path: `${field}[${at}]`, ...item })));

const directionOf = (direction: Direction): fc.Arbitrary<DirectionRules> =>
  fc.record({
    defaultDeny: fc.boolean(),
    allow: itemsOf(direction, 2, direction),
    deny: itemsOf(direction, 1, `${direction}Deny`),
  });

/** Often every pod, so that policies meet at one. */
const subject: fc.Arbitrary<LabelSelector> = fc.oneof(fc.constant({ requirements: [] }), ofPods);

const rule: fc.Arbitrary<Omit<PolicyRule, 'path'>> = fc.record({
  subject,
  ingress: directionOf('ingress'),
  egress: directionOf('egress'),
  log: fc.constantFrom('', '', 'one', 'two'),
});

const refs: readonly PolicyRef[] = [
  { kind: 'CiliumNetworkPolicy', namespace: 'a', name: 'x' },
  { kind: 'CiliumNetworkPolicy', namespace: 'b', name: 'x' },
  { kind: 'NetworkPolicy', namespace: 'a', name: 'x' },
  { kind: 'CiliumClusterwideNetworkPolicy', namespace: '', name: 'x' },
];

const selecting: fc.Arbitrary<SelectingPolicy> = fc
  .record({ ref: fc.constantFrom(...refs), rules: fc.array(rule, { minLength: 1, maxLength: 2 }) })
  .map(({ ref, rules }) => ({
    kind: 'Policy',
    ref,
    rules: rules.map((one, at) => pathed(one, at === 0 ? 'spec' : `specs[${at - 1}]`)),
  }));

function pathed(of: Omit<PolicyRule, 'path'>, path: string): PolicyRule {
  const { ingress, egress } = of;
  const item = (one: RuleItem) => ({ ...one, path: `${path}.${one.path}` });
  const rules = (one: DirectionRules) => ({ ...one, allow: one.allow.map(item), deny: one.deny.map(item) });
  return { ...of, path, ingress: rules(ingress), egress: rules(egress) };
}

const tieredRulesOf = (direction: Direction): fc.Arbitrary<readonly TieredRule[]> =>
  fc
    .array(
      fc.record({
        action: word(['accept', 'deny', 'pass'] as const),
        peers: peersOf(ingressPeer),
        ports: portsOf('egress'),
      }),
      { maxLength: 3 },
    )
    .map((rules) => rules.map((one, at) => ({ path: `spec.${direction}[${at}]`, ...one })));

const tiered: fc.Arbitrary<TieredPolicy> = fc.record({
  kind: fc.constant('TieredPolicy'),
  ref: fc
    .constantFrom('x', 'y', 'z')
    .map((name) => ({ kind: 'ClusterNetworkPolicy' as const, namespace: '', name })),
  tier: word(['admin', 'baseline'] as const),
  priority: fc.constantFrom(1, 1, 2),
  subject,
  ingress: tieredRulesOf('ingress'),
  egress: tieredRulesOf('egress'),
});

export const arbitraryPolicy: fc.Arbitrary<Policy> = fc.oneof(
  { weight: 3, arbitrary: selecting },
  { weight: 2, arbitrary: tiered },
);
