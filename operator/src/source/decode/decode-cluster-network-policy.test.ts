import assert from 'node:assert/strict';
import { defaultSettings } from '../../model/settings.ts';
import {
  acceptedTiered,
  manifest,
  peerTexts,
  portTexts,
  problemTexts,
  refused,
  texts,
} from './test-decode.ts';

const subject = { namespaces: { matchLabels: { team: 'red' } } };
const anyone = [{ namespaces: {} }];
const team = 'k8s:io.cilium.k8s.namespace.labels.team';
const inAnyNamespace = 'k8s:io.kubernetes.pod.namespace Exists';
const local = 'k8s:io.cilium.k8s.policy.cluster In default';

const policy = (spec: object): object =>
  manifest('ClusterNetworkPolicy', { spec: { tier: 'Admin', priority: 10, subject, ...spec } });
const egress = (rule: object): object => policy({ egress: [{ action: 'Accept', to: anyone, ...rule }] });

function onlyRuleOf(value: object): ReturnType<typeof acceptedTiered>['egress'][number] {
  const { ingress, egress: rules } = acceptedTiered(value);
  const [rule] = [...ingress, ...rules];
  assert.ok(rule);
  return rule;
}

describe('a ClusterNetworkPolicy', () => {
  it('has a tier, a priority and a subject', () => {
    const decoded = acceptedTiered(policy({ tier: 'Baseline', priority: 1000 }));
    assert.deepEqual([decoded.tier, decoded.priority], ['baseline', 1000]);
    assert.deepEqual(texts(decoded.subject.requirements), [`${team} In red`, inAnyNamespace]);
    const pods = { podSelector: { matchLabels: { app: 'web' } } };
    assert.deepEqual(texts(acceptedTiered(policy({ subject: { pods } })).subject.requirements), [
      'k8s:app In web',
      inAnyNamespace,
    ]);
  });

  it('keeps its rules in order, with their actions', () => {
    const rules = ['Deny', 'Pass', 'Accept'].map((action) => ({ action, from: anyone, name: action }));
    assert.deepEqual(
      acceptedTiered(policy({ ingress: rules })).ingress.map(({ action, path }) => [action, path]),
      [
        ['deny', 'spec.ingress[0]'],
        ['pass', 'spec.ingress[1]'],
        ['accept', 'spec.ingress[2]'],
      ],
    );
  });

  const peers: readonly [name: string, to: object, expected: unknown][] = [
    ['namespaces', { namespaces: {} }, [`${local}; ${inAnyNamespace}`]],
    [
      'pods',
      { pods: { namespaceSelector: { matchLabels: { team: 'red' } }, podSelector: {} } },
      [`${team} In red; ${local}; ${inAnyNamespace}`],
    ],
    ['networks', { networks: ['10.0.0.0/8', '::/0'] }, ['all 10.0.0.0/8', 'all ::/0']],
    ['nodes, also the subject’s own', { nodes: { matchLabels: { zone: 'a' } } }, ['nodes node:zone In a']],
  ];
  for (const [name, to, expected] of peers)
    it(`has peers: ${name}`, () => assert.deepEqual(peerTexts(onlyRuleOf(egress({ to: [to] }))), expected));

  it('fails closed where it does not know a kind of peer', () => {
    const protocols = [{ tcp: { destinationPort: { number: 80 } } }];
    for (const unknown of [{}, { planets: ['mars'] }]) {
      const of = (action: string): unknown => {
        const rule = onlyRuleOf(egress({ action, to: [...anyone, unknown], protocols }));
        return [rule.action, peerTexts(rule), portTexts(rule)];
      };
      assert.deepEqual(of('Accept'), ['accept', 'none', ['TCP 80-80']]);
      assert.deepEqual(of('Deny'), ['deny', 'any', 'all']);
      assert.deepEqual(of('Pass'), ['deny', 'any', 'all']);
    }
    const network = policy({ ingress: [{ action: 'Pass', from: [{ networks: ['::/0'] }] }] });
    assert.equal(onlyRuleOf(network).action, 'deny');
  });

  const ports: readonly [protocol: object, expected: readonly string[]][] = [
    [{ tcp: { destinationPort: { number: 80 } } }, ['TCP 80-80']],
    [{ udp: { destinationPort: { range: { start: 1, end: 9 } } } }, ['UDP 1-9']],
    [{ sctp: { destinationPort: { number: 65535 } } }, ['SCTP 65535-65535']],
    [{ destinationNamedPort: 'web' }, ['TCP web', 'UDP web', 'SCTP web']],
  ];
  for (const [protocol, expected] of ports)
    it(`has ports: ${JSON.stringify(protocol)}`, () =>
      assert.deepEqual(portTexts(onlyRuleOf(egress({ protocols: [protocol] }))), expected));

  it('has all ports where it names none', () => assert.equal(portTexts(onlyRuleOf(egress({}))), 'all'));
});

describe('a refused ClusterNetworkPolicy', () => {
  const at = 'spec.egress[0]';
  const accept = { action: 'Accept', to: anyone };
  const oneOf = 'must have one of tcp, udp, sctp, destinationNamedPort, has';
  const table: readonly [name: string, value: object, ...problems: string[]][] = [
    [
      'no spec',
      manifest('ClusterNetworkPolicy', {}),
      'spec: must be an object, is absent',
      'spec.tier: must be Admin or Baseline, is absent',
      'spec.priority: must be a whole number from 0 to 1000, is absent',
      'spec.subject: must be an object, is absent',
    ],
    ['a tier', policy({ tier: 'admin' }), 'spec.tier: must be Admin or Baseline, is "admin"'],
    [
      'a priority',
      policy({ priority: 1001 }),
      'spec.priority: must be a whole number from 0 to 1000, is 1001',
    ],
    [
      'two subjects',
      policy({ subject: { namespaces: {}, pods: { podSelector: {} } } }),
      'spec.subject: must have one of namespaces, pods',
    ],
    [
      'no podSelector',
      policy({ subject: { pods: {} } }),
      'spec.subject.pods.podSelector: must be an object, is absent',
    ],
    [
      '26 rules',
      policy({ egress: Array(26).fill(accept) }),
      'spec.egress: has 26 rules; at most 25 are allowed',
    ],
    ['an action', egress({ action: 'Allow' }), `${at}.action: must be one of Accept, Deny, Pass, is "Allow"`],
    ['a long name', egress({ name: 'x'.repeat(101) }), `${at}.name: must have at most 100 characters`],
    ['no peers', egress({ to: [] }), `${at}.to: must have at least one peer`],
    [
      '26 peers',
      egress({ to: Array(26).fill({ namespaces: {} }) }),
      `${at}.to: has 26 peers; at most 25 are allowed`,
    ],
    [
      'two kinds of peer',
      egress({ to: [{ namespaces: {}, nodes: {} }] }),
      `${at}.to[0]: must have one kind of peer, has namespaces and nodes`,
    ],
    [
      'names',
      egress({ to: [{ domainNames: ['a.io'] }] }),
      `${at}.to[0].domainNames: domainNames is not supported by this version of Weir`,
    ],
    [
      'a network twice',
      egress({ to: [{ networks: ['::/0', '::/0'] }] }),
      `${at}.to[0].networks: has one network twice`,
    ],
    [
      'no network',
      egress({ to: [{ networks: [] }] }),
      `${at}.to[0].networks: must have at least one network`,
    ],
    [
      'no protocols',
      egress({ protocols: [] }),
      `${at}.protocols: must have at least one entry, or be left out`,
    ],
    ['an empty protocol', egress({ protocols: [{}] }), `${at}.protocols[0]: ${oneOf} none`],
    [
      'two protocols',
      egress({ protocols: [{ tcp: {}, udp: {} }] }),
      `${at}.protocols[0]: ${oneOf} tcp and udp`,
    ],
    [
      'a protocol without port',
      egress({ protocols: [{ tcp: {} }] }),
      `${at}.protocols[0].tcp.destinationPort: must be an object, is absent`,
    ],
    [
      'no number',
      egress({ protocols: [{ tcp: { destinationPort: {} } }] }),
      `${at}.protocols[0].tcp.destinationPort: must have one of number, range`,
    ],
    [
      'an inverted range',
      egress({ protocols: [{ tcp: { destinationPort: { range: { start: 2, end: 2 } } } }] }),
      `${at}.protocols[0].tcp.destinationPort.range: must have a start that is less than its end`,
    ],
    [
      'a name beside networks',
      egress({ to: [{ networks: ['::/0'] }], protocols: [{ destinationNamedPort: 'web' }] }),
      `${at}.protocols[0].destinationNamedPort: must not be beside networks or nodes, which have no named ports`,
    ],
  ];
  for (const [name, value, ...problems] of table)
    it(`says where and why: ${name}`, () =>
      assert.deepEqual(problemTexts(refused(value).problems), problems));

  it('isolates its subject where a rule may deny', () => {
    const isolation = (spec: object): unknown =>
      refused(policy({ priority: -1, ...spec })).isolation.rules.map((rule) => [
        rule.ingress.defaultDeny,
        rule.egress.defaultDeny,
      ]);
    assert.deepEqual(isolation({ egress: [accept] }), [[false, false]]);
    assert.deepEqual(isolation({ egress: [accept, { ...accept, action: 'Deny' }] }), [[false, true]]);
    assert.deepEqual(isolation({ ingress: [{ ...accept, action: 'deny' }] }), [[true, false]]);
    assert.deepEqual(isolation({ subject: {} }), []);
  });

  it('limits its networks to the world where the settings say so', () => {
    const settings = { ...defaultSettings, networkPolicyIpBlock: 'external' } as const;
    const [rule] = acceptedTiered(egress({ to: [{ networks: ['10.0.0.0/8'] }] }), settings).egress;
    assert.ok(rule);
    assert.deepEqual(peerTexts(rule), ['external 10.0.0.0/8']);
  });
});
