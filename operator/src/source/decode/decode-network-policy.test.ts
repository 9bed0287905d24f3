import assert from 'node:assert/strict';
import { defaultSettings, type Settings } from '../../model/settings.ts';
import {
  accepted,
  manifest,
  onlyRule,
  peerTexts,
  portTexts,
  problemTexts,
  refused,
  texts,
} from './test-decode.ts';

const local = 'k8s:io.cilium.k8s.policy.cluster In default';
const inShop = 'k8s:io.kubernetes.pod.namespace In shop';
const anywhere = 'k8s:io.kubernetes.pod.namespace Exists';

const np = (spec: object): object => manifest('NetworkPolicy', { spec: { podSelector: {}, ...spec } });

describe('a NetworkPolicy’s subject', () => {
  it('is pods of its namespace', () => {
    const podSelector = {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'Exists' }],
    };
    assert.deepEqual(texts(onlyRule(accepted(np({ podSelector }))).subject.requirements), [
      'k8s:app In web',
      inShop,
      'k8s:tier Exists',
    ]);
  });

  it('is every pod of the namespace where nothing is said', () => {
    const bare = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p' } };
    const rule = onlyRule(accepted(bare));
    assert.deepEqual(texts(rule.subject.requirements), ['k8s:io.kubernetes.pod.namespace In default']);
    assert.deepEqual([rule.ingress.defaultDeny, rule.egress.defaultDeny], [true, false]);
  });
});

describe('a NetworkPolicy’s policyTypes', () => {
  const rules = { ingress: [{}], egress: [{}] };
  const table: readonly [
    name: string,
    spec: object,
    ingress: [boolean, number],
    egress: [boolean, number],
  ][] = [
    ['absent, without egress rules: Ingress', { ingress: [{}] }, [true, 1], [false, 0]],
    ['absent, with egress rules: both', { egress: [{}] }, [true, 0], [true, 1]],
    ['absent, with an empty list of egress rules: Ingress', { egress: [] }, [true, 0], [false, 0]],
    ['empty: as absent', { policyTypes: [], egress: [{}] }, [true, 0], [true, 1]],
    ['null: as absent', { policyTypes: null, egress: null }, [true, 0], [false, 0]],
    ['Ingress: egress rules are ignored', { policyTypes: ['Ingress'], ...rules }, [true, 1], [false, 0]],
    ['Egress: ingress rules are ignored', { policyTypes: ['Egress'], ...rules }, [false, 0], [true, 1]],
    ['both, no rules: all denied', { policyTypes: ['Egress', 'Ingress'] }, [true, 0], [true, 0]],
  ];
  for (const [name, spec, ingress, egress] of table)
    it(name, () => {
      const rule = onlyRule(accepted(np(spec)));
      const found = [rule.ingress, rule.egress].map(({ defaultDeny, allow }) => [defaultDeny, allow.length]);
      assert.deepEqual(found, [ingress, egress]);
    });
});

describe('a NetworkPolicy’s rules', () => {
  const item = (body: object, settings: Settings = defaultSettings): [peers: unknown, ports: unknown] => {
    const [found] = onlyRule(accepted(np({ ingress: [body] }), settings)).ingress.allow;
    assert.ok(found);
    assert.equal(found.path, 'spec.ingress[0]');
    return [peerTexts(found), portTexts(found)];
  };
  const join = (...parts: readonly string[]): string => [...parts].sort().join('; ');
  const team = 'k8s:io.cilium.k8s.namespace.labels.team';

  const table: readonly [name: string, body: object, peers: unknown, ports: unknown][] = [
    ['an empty rule allows everything', {}, 'any', 'all'],
    ['empty lists are absent lists', { from: [], ports: [] }, 'any', 'all'],
    ['null lists are absent lists', { from: null, ports: null }, 'any', 'all'],
    ['ports alone are for any peer', { ports: [{ port: 80 }] }, 'any', ['TCP 80-80']],
    ['a podSelector is for the own namespace', { from: [{ podSelector: {} }] }, [join(local, inShop)], 'all'],
    [
      'a namespaceSelector is for every pod of these namespaces',
      { from: [{ namespaceSelector: { matchLabels: { team: 'red' } } }] },
      [join(`${team} In red`, local)],
      'all',
    ],
    [
      'an empty namespaceSelector is for every pod',
      { from: [{ namespaceSelector: {} }] },
      [join(local, anywhere)],
      'all',
    ],
    [
      'a namespaceSelector of negative conditions is bound by the cluster alone',
      { from: [{ namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] } }] },
      [join(`${team} DoesNotExist`, local)],
      'all',
    ],
    [
      'both selectors must match',
      {
        from: [
          { namespaceSelector: { matchLabels: { team: 'red' } }, podSelector: { matchLabels: { app: 'a' } } },
        ],
      },
      [join(`${team} In red`, 'k8s:app In a', local)],
      'all',
    ],
    [
      'the cluster of the podSelector wins',
      { from: [{ podSelector: { matchLabels: { 'io.cilium.k8s.policy.cluster': 'east' } } }] },
      [join('k8s:io.cilium.k8s.policy.cluster In east', inShop)],
      'all',
    ],
    [
      'an ipBlock has exceptions',
      {
        from: [
          { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } },
          { ipBlock: { cidr: '::/0' } },
        ],
      },
      ['all 10.0.0.0/8 -10.1.0.0/16 -10.2.0.0/16', 'all ::/0'],
      'all',
    ],
    [
      'ports are numbers, names, ranges, or all of a protocol',
      {
        ports: [
          { port: 80 },
          { port: 'dns', protocol: 'UDP' },
          { port: 1, endPort: 9, protocol: 'SCTP' },
          { protocol: 'UDP' },
          {},
        ],
      },
      'any',
      ['TCP 80-80', 'UDP dns', 'SCTP 1-9', 'UDP 0-65535', 'TCP 0-65535'],
    ],
  ];
  for (const [name, body, peers, ports] of table)
    it(name, () => assert.deepEqual(item(body), [peers, ports]));

  it('ipBlock leaves out pods and nodes where the settings say so', () => {
    const body = { from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] };
    const settings = { ...defaultSettings, networkPolicyIpBlock: 'external' } as const;
    assert.deepEqual(item(body, settings)[0], ['external 10.0.0.0/8']);
  });
});

describe('a refused NetworkPolicy', () => {
  const from = (peer: object): object => np({ ingress: [{ from: [peer] }] });
  const port = (entry: object): object => np({ egress: [{ ports: [entry] }] });
  const name = "or the name of a container port (at most 15 of a–z, 0–9 and '-', with a letter), is";
  const at = 'spec.egress[0].ports[0]';
  const table: readonly [name: string, value: object, ...problems: string[]][] = [
    [
      'an empty peer',
      from({}),
      'spec.ingress[0].from[0]: must have a podSelector, a namespaceSelector or an ipBlock',
    ],
    [
      'ipBlock with a selector',
      from({ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }),
      'spec.ingress[0].from[0]: must not combine ipBlock with podSelector or namespaceSelector',
    ],
    ['no cidr', from({ ipBlock: {} }), 'spec.ingress[0].from[0].ipBlock: must have a cidr'],
    [
      'except outside',
      from({ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/9'] } }),
      'spec.ingress[0].from[0].ipBlock.except[0]: 11.0.0.0/9 must be smaller than, and inside, the cidr 10.0.0.0/8',
    ],
    [
      'except as large as the block',
      from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }),
      'spec.ingress[0].from[0].ipBlock.except[0]: 10.0.0.0/8 must be smaller than, and inside, the cidr 10.0.0.0/8',
    ],
    ['port 70000', port({ port: 70000 }), `${at}.port: must be a whole number from 1 to 65535, is 70000`],
    ['port 0', port({ port: 0 }), `${at}.port: must be a whole number from 1 to 65535, is 0`],
    ['a number in quotes', port({ port: '80' }), `${at}.port: must be a number from 1 to 65535 ${name} "80"`],
    [
      'an upper-case name',
      port({ port: 'HTTP' }),
      `${at}.port: must be a number from 1 to 65535 ${name} "HTTP"`,
    ],
    ['endPort without port', port({ endPort: 80 }), `${at}.endPort: needs a port that is a number`],
    [
      'endPort beside a name',
      port({ port: 'http', endPort: 80 }),
      `${at}.endPort: needs a port that is a number`,
    ],
    [
      'endPort under port',
      port({ port: 80, endPort: 79 }),
      `${at}.endPort: must be a whole number from 80 to 65535, is 79`,
    ],
    ['ANY', port({ port: 80, protocol: 'ANY' }), `${at}.protocol: must be one of TCP, UDP, SCTP, is "ANY"`],
    [
      'a source prefix',
      from({ podSelector: { matchLabels: { 'k8s:app': 'x' } } }),
      `spec.ingress[0].from[0].podSelector.matchLabels["k8s:app"]: "k8s:app" can't be the key of a label: letters, digits, '-', '_' and '.', at most 63, after an optional DNS name and '/'`,
    ],
    [
      'a typo',
      np({ policyType: ['Ingress'] }),
      'spec.policyType: unknown field "policyType"; known here: podSelector, policyTypes, ingress, egress',
    ],
    [
      'an error in a direction that policyTypes leaves out',
      np({ policyTypes: ['Ingress'], egress: [{ to: [{}] }] }),
      'spec.egress[0].to[0]: must have a podSelector, a namespaceSelector or an ipBlock',
    ],
    [
      'an unknown type',
      np({ policyTypes: ['ingress'] }),
      'spec.policyTypes[0]: must be Ingress or Egress, is "ingress"',
    ],
    [
      'three types',
      np({ policyTypes: ['Ingress', 'Egress', 'Egress'] }),
      'spec.policyTypes: must have at most two entries',
    ],
  ];
  for (const [what, value, ...problems] of table)
    it(`says where and why: ${what}`, () =>
      assert.deepEqual(problemTexts(refused(value).problems), problems));

  const isolation: readonly [name: string, spec: object, ingress: boolean, egress: boolean][] = [
    ['policyTypes', { policyTypes: ['Egress'], ingress: [{ from: [{}] }] }, false, true],
    ['its sections', { ingress: [{ from: [{}] }] }, true, false],
    ['its sections, unreadable ones too', { egress: 'all' }, true, true],
    ['both directions where policyTypes can’t be read', { policyTypes: ['ingress'] }, true, true],
  ];
  for (const [what, spec, ingress, egress] of isolation)
    it(`isolates what it selects by ${what}`, () => {
      const rule = onlyRule(refused(np(spec)).isolation);
      assert.deepEqual(texts(rule.subject.requirements), [inShop]);
      assert.deepEqual(
        [rule.ingress, rule.egress],
        [
          { defaultDeny: ingress, allow: [], deny: [] },
          { defaultDeny: egress, allow: [], deny: [] },
        ],
      );
    });

  it('isolates nothing where its podSelector can’t be read', () => {
    const podSelector = { matchExpressions: [{ key: 'app', operator: 'is' }] };
    assert.deepEqual(refused(np({ podSelector })).isolation.rules, []);
    const mistyped = manifest('NetworkPolicy', { spec: { podSelecter: { matchLabels: { app: 'web' } } } });
    assert.deepEqual(refused(mistyped).isolation.rules, []);
    assert.deepEqual(refused(manifest('NetworkPolicy', { sepc: {} })).isolation.rules, []);
  });
});
