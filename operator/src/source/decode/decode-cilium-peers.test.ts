import assert from 'node:assert/strict';
import { defaultSettings, type Settings } from '../../model/settings.ts';
import { accepted, manifest, onlyRule, peerTexts, portTexts, problemTexts, refused } from './test-decode.ts';

const settings: Settings = {
  ...defaultSettings,
  policyCidrMatchMode: { pods: false, nodes: true },
  enableNodeSelectorLabels: true,
  enableExtendedIpProtocols: true,
};

const egress = (item: object, deny = false): object =>
  manifest('CiliumNetworkPolicy', {
    spec: { endpointSelector: {}, [deny ? 'egressDeny' : 'egress']: [item] },
  });

function itemOf(item: object): Parameters<typeof peerTexts>[0] & Parameters<typeof portTexts>[0] {
  const [decoded] = onlyRule(accepted(egress(item), settings)).egress.allow;
  assert.ok(decoded);
  return decoded;
}

describe('a Cilium policy’s further peers', () => {
  const table: readonly [name: string, item: object, peers: unknown][] = [
    ['a group by name', { toCIDRSet: [{ cidrGroupRef: 'office' }] }, ['with nodes office']],
    [
      'groups by label, with holes of any block',
      {
        toCIDRSet: [
          { cidrGroupSelector: { matchLabels: { b: '', a: 'x' } }, except: ['10.0.0.0/8', '::/0'] },
        ],
      },
      ['with nodes cidrgroup:a In x; cidrgroup:b In -10.0.0.0/8 -::/0'],
    ],
    ['blocks as the settings say', { toCIDR: ['10.0.0.0/8'] }, ['with nodes 10.0.0.0/8']],
    ['a service by name', { toServices: [{ k8sService: { serviceName: 'db', namespace: 'a' } }] }, ['a/db']],
    ['a service of every namespace', { toServices: [{ k8sService: { serviceName: 'db' } }] }, ['/db']],
    [
      'services by label',
      {
        toServices: [
          { k8sServiceSelector: { selector: { matchLabels: { part: 'store' } }, namespace: 'a' } },
        ],
      },
      ['a/any:part In store'],
    ],
    [
      'services by label, which win over a name',
      { toServices: [{ k8sService: { serviceName: 'db' }, k8sServiceSelector: { selector: {} } }] },
      ['/'],
    ],
    ['other nodes', { toNodes: [{ matchLabels: { zone: 'a' } }] }, ['other nodes node:zone In a']],
    [
      '… with the source written',
      { toNodes: [{ matchLabels: { 'node:zone': 'a' } }] },
      ['other nodes node:zone In a'],
    ],
    [
      '… of this cluster',
      { toNodes: [{ matchLabels: { 'k8s:io.cilium.k8s.policy.cluster': 'default' } }] },
      ['other nodes '],
    ],
    [
      '… of another cluster',
      { toNodes: [{ matchLabels: { 'k8s:io.cilium.k8s.policy.cluster': 'west' } }] },
      ['none'],
    ],
    [
      'labels of entities',
      { toEndpoints: [{ matchLabels: { 'reserved:kube-apiserver': '' } }] },
      ['reserved:kube-apiserver In'],
    ],
    ['an empty list of nodes: nobody', { toNodes: [] }, 'none'],
    ['an empty list of services: nobody', { toServices: [] }, 'none'],
    ['… with ports too', { toServices: [], toPorts: [{ ports: [{ port: '1' }] }] }, 'none'],
    ['… and of names and groups', { toFQDNs: [], toGroups: [], icmps: [{ fields: [{ type: 8 }] }] }, 'none'],
    ['… beside another it is as good as absent', { toServices: [], toEntities: ['host'] }, ['host']],
    ['an empty list of a removed field: absent', { toRequires: [], toEntities: ['host'] }, ['host']],
  ];
  for (const [name, item, peers] of table) it(name, () => assert.deepEqual(peerTexts(itemOf(item)), peers));

  it('nodes have labels of their own source only', () => {
    const value = egress({ toNodes: [{ matchLabels: { 'k8s:zone': 'a' } }] });
    assert.deepEqual(problemTexts(refused(value, settings).problems), [
      'spec.egress[0].toNodes[0].matchLabels["k8s:zone"]: "k8s:zone": nodes have labels of source node only',
    ]);
  });

  it('every entity', () => {
    const toEntities = ['cluster-mesh', 'kube-apiserver', 'health', 'init', 'unmanaged', 'ingress'];
    assert.deepEqual(peerTexts(itemOf({ toEntities })), toEntities);
  });
});

describe('a Cilium policy’s further ports', () => {
  const table: readonly [port: object, expected: readonly string[]][] = [
    [{ protocol: 'GRE' }, ['protocol 47']],
    [{ protocol: 'VRRP', port: '0' }, ['protocol 112']],
    [{ protocol: 'TCP' }, ['TCP 0-65535']],
    [{}, ['TCP 0-65535', 'UDP 0-65535', 'SCTP 0-65535']],
    [{ port: 'http', protocol: 'TCP', endPort: 9000 }, ['TCP http']],
  ];
  for (const [port, expected] of table)
    it(`${JSON.stringify(port)} is ${expected}`, () =>
      assert.deepEqual(portTexts(itemOf({ toPorts: [{ ports: [port] }] })), expected));

  it('a range that begins at a name ends in ingress only', () => {
    const toPorts = [{ ports: [{ port: 'http', protocol: 'TCP', endPort: 9000 }] }];
    const value = manifest('CiliumNetworkPolicy', {
      spec: { endpointSelector: {}, ingressDeny: [{ toPorts }] },
    });
    const [item] = onlyRule(accepted(value)).ingress.deny;
    assert.ok(item);
    assert.deepEqual(portTexts(item), ['TCP http-9000']);
  });
});

describe('a Cilium policy’s switches', () => {
  const denies = (spec: object): readonly boolean[] => {
    const rule = onlyRule(
      accepted(manifest('CiliumNetworkPolicy', { spec: { endpointSelector: {}, ...spec } })),
    );
    return [rule.ingress.defaultDeny, rule.egress.defaultDeny];
  };

  it('isolates in the directions that have entries, unless it is told not to', () => {
    const rules = { ingress: [{}], egressDeny: [{}] };
    assert.deepEqual(denies(rules), [true, true]);
    assert.deepEqual(denies({ ...rules, enableDefaultDeny: {} }), [true, true]);
    assert.deepEqual(denies({ ...rules, enableDefaultDeny: { ingress: false } }), [false, true]);
    assert.deepEqual(denies({ ...rules, enableDefaultDeny: { egress: false } }), [true, false]);
    assert.deepEqual(denies({ ingress: [{}], enableDefaultDeny: { egress: true } }), [true, false]);
  });

  it('tells its log text', () => {
    const value = manifest('CiliumNetworkPolicy', {
      spec: { endpointSelector: {}, ingress: [{}], log: { value: 'wër 1' } },
    });
    assert.equal(onlyRule(accepted(value)).log, 'wër 1');
  });

  it('a subject of pods that nothing is known of keeps its peers from being pods', () => {
    const value = manifest('CiliumClusterwideNetworkPolicy', {
      spec: {
        endpointSelector: { matchLabels: { 'reserved:init': '' } },
        ingress: [{ fromEndpoints: [{}] }],
      },
    });
    assert.deepEqual(onlyRule(accepted(value)).ingress.allow.map(peerTexts), [
      ['k8s:io.cilium.k8s.policy.cluster In default'],
    ]);
  });
});
