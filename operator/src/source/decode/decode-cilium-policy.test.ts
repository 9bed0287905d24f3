import assert from 'node:assert/strict';
import { defaultSettings } from '../../model/settings.ts';
import { accepted, manifest, onlyRule, peerTexts, portTexts, texts } from './test-decode.ts';

const local = 'k8s:io.cilium.k8s.policy.cluster In default';
const inShop = 'k8s:io.kubernetes.pod.namespace In shop';
const anywhere = 'k8s:io.kubernetes.pod.namespace Exists';

const cnp = (spec: object): object =>
  manifest('CiliumNetworkPolicy', { spec: { endpointSelector: {}, ...spec } });
const ccnp = (spec: object): object =>
  manifest('CiliumClusterwideNetworkPolicy', { spec: { endpointSelector: {}, ...spec } });

describe('a Cilium policy’s subject', () => {
  const subjectOf = (value: object): readonly string[] =>
    texts(onlyRule(accepted(value)).subject.requirements);
  const ingress = [{}];

  it('is limited to the namespace of a namespaced policy', () => {
    const endpointSelector = { matchLabels: { app: 'web', 'k8s:tier': 'front' } };
    assert.deepEqual(subjectOf(cnp({ endpointSelector, ingress })), [
      'any:app In web',
      inShop,
      'k8s:tier In front',
    ]);
    assert.deepEqual(subjectOf(ccnp({ endpointSelector, ingress })), ['any:app In web', 'k8s:tier In front']);
  });

  it('keeps the policy’s namespace in spite of k8s:io.kubernetes.pod.namespace in matchLabels', () => {
    const endpointSelector = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'other' } };
    assert.deepEqual(subjectOf(cnp({ endpointSelector, ingress })), [inShop]);
    assert.deepEqual(subjectOf(ccnp({ endpointSelector, ingress })), [
      'k8s:io.kubernetes.pod.namespace In other',
    ]);
  });

  it('is nobody where another spelling names another namespace', () => {
    const bare = { matchLabels: { 'io.kubernetes.pod.namespace': 'other' } };
    assert.deepEqual(subjectOf(cnp({ endpointSelector: bare, ingress })), [
      'any:io.kubernetes.pod.namespace In other',
      inShop,
    ]);
    const expression = {
      matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'In', values: ['other'] }],
    };
    assert.deepEqual(subjectOf(cnp({ endpointSelector: expression, ingress })), [
      'k8s:io.kubernetes.pod.namespace In other',
      inShop,
    ]);
  });

  it('has sorted values and requirements without repeats', () => {
    const endpointSelector = {
      matchLabels: { b: 'x' },
      matchExpressions: [
        { key: 'a', operator: 'NotIn', values: ['z', 'y', 'z'] },
        { key: 'b', operator: 'In', values: ['x'] },
        { key: 'c', operator: 'DoesNotExist', values: [] },
      ],
    };
    assert.deepEqual(subjectOf(ccnp({ endpointSelector, ingress })), [
      'any:a NotIn y,z',
      'any:b In x',
      'any:c DoesNotExist',
    ]);
  });
});

describe('a Cilium policy’s endpoint peers', () => {
  const scoped = (make: (spec: object) => object, selector: object, settings = defaultSettings): string => {
    const rule = onlyRule(accepted(make({ egress: [{ toEndpoints: [selector] }] }), settings));
    const [item] = rule.egress.allow;
    assert.ok(item);
    return [...peerTexts(item)].join();
  };
  const all = (...parts: readonly string[]): string => [...parts].join('; ');

  it('are of the policy’s namespace and cluster', () => {
    assert.equal(scoped(cnp, {}), all(local, inShop));
    assert.equal(scoped(cnp, { matchLabels: { app: 'db' } }), all('any:app In db', local, inShop));
  });

  it('are of any namespace in a policy of cluster scope, but pods', () => {
    assert.equal(scoped(ccnp, {}), all(local, anywhere));
  });

  for (const key of [
    'io.kubernetes.pod.namespace',
    'any:io.kubernetes.pod.namespace',
    'k8s:io.kubernetes.pod.namespace',
  ])
    it(`are where ${key} says`, () => {
      const [source] = key.includes(':') ? key.split(':') : ['any'];
      const expected = all(local, `${source}:io.kubernetes.pod.namespace In other`)
        .split('; ')
        .sort()
        .join('; ');
      assert.equal(
        scoped(cnp, { matchLabels: { [key]: 'other' } })
          .split('; ')
          .sort()
          .join('; '),
        expected,
      );
      assert.equal(
        scoped(ccnp, { matchLabels: { [key]: 'other' } })
          .split('; ')
          .sort()
          .join('; '),
        expected,
      );
    });

  it('are of any namespace that has a label, where the selector names one', () => {
    const selector = { matchLabels: { 'io.cilium.k8s.namespace.labels.team': 'red' } };
    assert.equal(scoped(cnp, selector), all('any:io.cilium.k8s.namespace.labels.team In red', local));
    assert.equal(
      scoped(ccnp, selector),
      all('any:io.cilium.k8s.namespace.labels.team In red', local, anywhere),
    );
  });

  it('are no pods where a reserved label is named', () => {
    assert.equal(scoped(cnp, { matchLabels: { 'reserved:host': '' } }), 'reserved:host In');
    assert.equal(scoped(ccnp, { matchLabels: { 'reserved:remote-node': '' } }), 'reserved:remote-node In');
  });

  it('are of the cluster that the selector or the settings say', () => {
    const east = { matchLabels: { 'k8s:io.cilium.k8s.policy.cluster': 'east' } };
    assert.equal(scoped(cnp, east), all('k8s:io.cilium.k8s.policy.cluster In east', inShop));
    const exists = { matchExpressions: [{ key: 'io.cilium.k8s.policy.cluster', operator: 'Exists' }] };
    assert.equal(scoped(cnp, exists), all('any:io.cilium.k8s.policy.cluster Exists', inShop));
    assert.equal(scoped(cnp, {}, { ...defaultSettings, policyDefaultLocalCluster: false }), inShop);
    assert.equal(
      scoped(cnp, {}, { ...defaultSettings, clusterName: 'west' }),
      all('k8s:io.cilium.k8s.policy.cluster In west', inShop),
    );
  });
});

describe('a Cilium policy’s items: absent and empty lists', () => {
  const toPorts = [{ ports: [{ port: '80', protocol: 'TCP' }] }];
  const table: readonly [name: string, item: object, peers: unknown, ports: unknown][] = [
    ['an empty item selects nobody', {}, 'none', 'all'],
    ['ports without peers are for any peer', { toPorts }, 'any', ['TCP 80-80']],
    ['peers without ports have all', { fromEntities: ['host'] }, ['host'], 'all'],
    ['an empty peer list selects nobody', { fromEndpoints: [] }, 'none', 'all'],
    ['… with ports too', { fromEntities: [], toPorts }, 'none', ['TCP 80-80']],
    ['… of addresses too', { fromCIDR: [] }, 'none', 'all'],
    ['… of address sets too', { fromCIDRSet: [] }, 'none', 'all'],
    ['an empty peer list voids the one beside it', { fromEntities: ['host'], fromCIDR: [] }, 'none', 'all'],
    ['an empty toPorts is none at all', { fromEntities: ['host'], toPorts: [] }, ['host'], 'all'],
    ['an empty toPorts alone is an empty item', { toPorts: [] }, 'none', 'all'],
    ['an entry without ports allows no port', { fromEntities: ['host'], toPorts: [{}] }, ['host'], 'none'],
    ['… nor does one with an empty list', { toPorts: [{ ports: [] }] }, 'any', 'none'],
    ['… and adds nothing to others', { toPorts: [{}, ...toPorts] }, 'any', ['TCP 80-80']],
  ];
  for (const [name, body, peers, ports] of table)
    it(name, () => {
      const rule = onlyRule(accepted(cnp({ ingress: [body] })));
      const [item] = rule.ingress.allow;
      assert.ok(item);
      assert.deepEqual([peerTexts(item), portTexts(item)], [peers, ports]);
      assert.deepEqual([rule.ingress.defaultDeny, rule.egress.defaultDeny], [true, false]);
    });

  it('a deny list alone switches on default deny, in its direction', () => {
    const rule = onlyRule(
      accepted(cnp({ egressDeny: [{ toEntities: ['world'] }], egress: [], ingress: [] })),
    );
    assert.deepEqual([rule.ingress.defaultDeny, rule.egress.defaultDeny], [false, true]);
    assert.deepEqual(rule.egress.deny.map(peerTexts), [['world']]);
    assert.deepEqual(rule.egress.deny[0]?.path, 'spec.egressDeny[0]');
  });
});

describe('a Cilium policy’s ports', () => {
  const table: readonly [port: object, expected: readonly string[]][] = [
    [{ port: '80', protocol: 'TCP' }, ['TCP 80-80']],
    [{ port: '53' }, ['TCP 53-53', 'UDP 53-53', 'SCTP 53-53']],
    [{ port: '53', protocol: 'ANY' }, ['TCP 53-53', 'UDP 53-53', 'SCTP 53-53']],
    [{ port: '8000', endPort: 8100, protocol: 'UDP' }, ['UDP 8000-8100']],
    [{ port: '8080', endPort: 80, protocol: 'TCP' }, ['TCP 8080-8080']],
    [{ port: '8080', endPort: 0, protocol: 'TCP' }, ['TCP 8080-8080']],
    [{ port: '0', protocol: 'SCTP' }, ['SCTP 0-65535']],
    [{ port: '0', endPort: 100, protocol: 'TCP' }, ['TCP 0-65535']],
    [{ port: '010', protocol: 'TCP' }, ['TCP 8-8']],
    [{ port: 'HTTP', protocol: 'TCP' }, ['TCP http']],
    [{ port: '0x10', protocol: 'TCP' }, ['TCP 0x10']],
    [{ port: 'dns' }, ['TCP dns', 'UDP dns', 'SCTP dns']],
  ];
  for (const [port, expected] of table)
    it(`${JSON.stringify(port)} is ${expected.join(', ')}`, () => {
      const [item] = onlyRule(accepted(cnp({ egress: [{ toPorts: [{ ports: [port] }] }] }))).egress.allow;
      assert.ok(item);
      assert.deepEqual(portTexts(item), expected);
    });
});

describe('a Cilium policy’s addresses and entities', () => {
  it('are masked, outside the cluster, with their exceptions', () => {
    const ingress = [
      { fromCIDR: ['10.1.2.3/8', '2001:db8::/32'] },
      {
        fromCIDRSet: [
          { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.0.0.0/8'] },
          { cidr: '::/0', except: [] },
        ],
      },
      { fromEntities: ['all', 'world', 'host', 'remote-node', 'cluster', 'none'] },
    ];
    assert.deepEqual(onlyRule(accepted(cnp({ ingress }))).ingress.allow.map(peerTexts), [
      ['external 10.0.0.0/8', 'external 2001:db8::/32'],
      ['external 10.0.0.0/8 -10.1.0.0/16 -10.0.0.0/8', 'external ::/0'],
      ['all', 'world', 'host', 'remote-node', 'cluster', 'none'],
    ]);
  });
});

describe('a Cilium policy’s spec and specs', () => {
  const rule = (direction: string): object => ({
    endpointSelector: {},
    [direction]: [{}],
    description: 'x',
    labels: [],
  });

  it('are all used', () => {
    const policy = accepted(
      manifest('CiliumNetworkPolicy', {
        spec: rule('ingress'),
        specs: [rule('egress'), rule('ingressDeny')],
      }),
    );
    assert.deepEqual(
      policy.rules.map(({ path, ingress, egress }) => [path, ingress.defaultDeny, egress.defaultDeny]),
      [
        ['spec', true, false],
        ['specs[0]', false, true],
        ['specs[1]', true, false],
      ],
    );
  });
});
