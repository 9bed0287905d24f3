import assert from 'node:assert/strict';
import { manifest, problemTexts, refused, texts } from './test-decode.ts';

const inShop = 'k8s:io.kubernetes.pod.namespace In shop';

const cnp = (spec: object): object =>
  manifest('CiliumNetworkPolicy', { spec: { endpointSelector: {}, ...spec } });
const ccnp = (spec: object): object =>
  manifest('CiliumClusterwideNetworkPolicy', { spec: { endpointSelector: {}, ...spec } });

describe('a refused Cilium policy', () => {
  const known = "letters, digits, '-', '_' and '.', at most 63, after an optional DNS name and '/'";
  const unsupported = (field: string): string => `${field} is not supported by this version of Weir`;
  const ingress = [{}];
  const nodePolicy = manifest('CiliumClusterwideNetworkPolicy', { spec: { nodeSelector: {}, ingress } });
  const from = (selector: object): object => cnp({ ingress: [{ fromEndpoints: [selector] }] });
  const port = (entry: object): object => cnp({ ingress: [{ toPorts: [{ ports: [entry] }] }] });
  const at = 'spec.ingress[0].toPorts[0].ports[0]';
  const block = 'is no block of addresses: write "address/length", length 0–32 for IPv4 and 0–128 for IPv6';
  const entities =
    'all, world, host, remote-node, cluster, cluster-mesh, kube-apiserver, health, init, unmanaged, ingress, none';
  const protocols = 'TCP, UDP, SCTP, VRRP, IGMP, GRE, IPIP, IPV6, ESP, AH, ANY';
  const number = 'must be a number from 0 to 65535 or the name of a container port, is';

  const table: readonly [name: string, value: object, ...problems: string[]][] = [
    [
      'no spec',
      manifest('CiliumNetworkPolicy', {}),
      ': must have spec or specs, and specs at least one entry',
    ],
    [
      'no section',
      cnp({ ingress: [] }),
      'spec: must have at least one entry in ingress, ingressDeny, egress, egressDeny',
    ],
    ['null', cnp({ ingress, egress: null }), 'spec.egress: is null; give it a value or leave the field out'],
    [
      'a typo',
      cnp({ ingress, ingres: [] }),
      'spec.ingres: unknown field "ingres"; known here: endpointSelector, ingress, ingressDeny, egress, egressDeny, labels, description, enableDefaultDeny, log',
    ],
    [
      'a typo in an item',
      cnp({ ingress: [{ toEndpoints: [] }] }),
      'spec.ingress[0].toEndpoints: unknown field "toEndpoints"; known here: fromEndpoints, fromCIDR, fromCIDRSet, fromEntities, fromNodes, fromGroups, toPorts, icmps',
    ],
    [
      'no list',
      cnp({ ingress: {} }),
      'spec.ingress: must be a list, is an object',
      'spec: must have at least one entry in ingress, ingressDeny, egress, egressDeny',
    ],
    ['a null item', cnp({ ingress: [null] }), 'spec.ingress[0]: must be an object, is null'],
    [
      'no subject',
      manifest('CiliumNetworkPolicy', { spec: { ingress } }),
      'spec: must have an endpointSelector',
    ],
    [
      'a namespace in cluster scope',
      { ...ccnp({ ingress }), metadata: { name: 'p', namespace: 'a' } },
      'metadata.namespace: must be absent: the kind is of cluster scope',
    ],
    [
      'two kinds of peer',
      cnp({ ingress: [{ fromEndpoints: [{}], fromCIDR: ['10.0.0.0/8'] }] }),
      'spec.ingress[0]: combines fromEndpoints and fromCIDR; write one item for each, since one item has one kind of peer',
    ],
    [
      'a bare address',
      cnp({ ingress: [{ fromCIDR: ['10.0.0.1'] }] }),
      `spec.ingress[0].fromCIDR[0]: "10.0.0.1" ${block}`,
    ],
    [
      'a bad length',
      cnp({ egress: [{ toCIDR: ['10.0.0.0/33'] }] }),
      `spec.egress[0].toCIDR[0]: "10.0.0.0/33" ${block}`,
    ],
    [
      'except outside',
      cnp({ ingress: [{ fromCIDRSet: [{ cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] }] }] }),
      'spec.ingress[0].fromCIDRSet[0].except[0]: 11.0.0.0/16 must lie inside the cidr 10.0.0.0/8',
    ],
    [
      'no cidr',
      cnp({ ingress: [{ fromCIDRSet: [{ except: [] }] }] }),
      'spec.ingress[0].fromCIDRSet[0]: must have one of cidr, cidrGroupRef, cidrGroupSelector',
    ],
    [
      'a cidr and a group',
      cnp({ ingress: [{ fromCIDRSet: [{ cidr: '10.0.0.0/8', cidrGroupSelector: {} }] }] }),
      'spec.ingress[0].fromCIDRSet[0]: must have one of cidr, cidrGroupRef, cidrGroupSelector, has cidr and cidrGroupSelector',
    ],
    [
      'a bad name of a group',
      cnp({ ingress: [{ fromCIDRSet: [{ cidrGroupRef: 'Not A Name' }] }] }),
      `spec.ingress[0].fromCIDRSet[0].cidrGroupRef: "Not A Name" can't be the name of a CiliumCIDRGroup`,
    ],
    [
      'a bad key of a group',
      cnp({ ingress: [{ fromCIDRSet: [{ cidrGroupSelector: { matchLabels: { 'k8s:a': '' } } }] }] }),
      `spec.ingress[0].fromCIDRSet[0].cidrGroupSelector.matchLabels["k8s:a"]: "k8s:a" can't be the key of a label: ${known}`,
    ],
    [
      'an unknown entity',
      cnp({ ingress: [{ fromEntities: ['world-ipv4'] }] }),
      `spec.ingress[0].fromEntities[0]: must be one of ${entities}, is "world-ipv4"`,
    ],
    ['port 70000', port({ port: '70000' }), `${at}.port: ${number} "70000"`],
    ['a negative port', port({ port: '-1' }), `${at}.port: ${number} "-1"`],
    ['a bad octal', port({ port: '089' }), `${at}.port: ${number} "089"`],
    ['a number for a text', port({ port: 80 }), `${at}.port: must be a string, is 80; put it in quotes`],
    ['endPort without port', port({ endPort: 80 }), `${at}.port: a port must be given; "0" means every port`],
    [
      'endPort 70000',
      port({ port: '1', endPort: 70000 }),
      `${at}.endPort: must be a whole number from 0 to 65535, is 70000`,
    ],
    [
      'a lower-case protocol',
      port({ port: '80', protocol: 'tcp' }),
      `${at}.protocol: must be one of ${protocols}, is "tcp"`,
    ],
    [
      'ICMP as a port',
      port({ port: '8', protocol: 'ICMP' }),
      `${at}.protocol: must be one of ${protocols}, is "ICMP"`,
    ],
    [
      'GRE without the setting',
      port({ port: '0', protocol: 'GRE' }),
      `${at}.protocol: GRE can only be named with the setting enable-extended-ip-protocols`,
    ],
    [
      'a port of GRE',
      port({ port: '80', protocol: 'GRE' }),
      `${at}.port: must be absent or "0": GRE has no ports`,
      `${at}.protocol: GRE can only be named with the setting enable-extended-ip-protocols`,
    ],
    [
      '41 ports',
      cnp({
        egressDeny: [{ toPorts: [{ ports: Array.from({ length: 41 }, (_, n) => ({ port: `${n + 1}` })) }] }],
      }),
      'spec.egressDeny[0].toPorts[0].ports: has 41 ports; at most 40 are allowed',
    ],
    [
      'L7 rules',
      cnp({ ingress: [{ toPorts: [{ ports: [{ port: '80' }], rules: { http: [{}] } }] }] }),
      `spec.ingress[0].toPorts[0].rules: ${unsupported('rules')}`,
    ],
    [
      'In without values',
      from({ matchExpressions: [{ key: 'a', operator: 'In' }] }),
      'spec.ingress[0].fromEndpoints[0].matchExpressions[0].values: must have at least one value with operator In',
    ],
    [
      'Exists with values',
      from({ matchExpressions: [{ key: 'a', operator: 'Exists', values: ['x'] }] }),
      'spec.ingress[0].fromEndpoints[0].matchExpressions[0].values: must be absent with operator Exists',
    ],
    [
      'an unknown operator',
      from({ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] }),
      'spec.ingress[0].fromEndpoints[0].matchExpressions[0].operator: must be one of In, NotIn, Exists, DoesNotExist, is "Gt"',
    ],
    [
      'a bad key',
      from({ matchLabels: { 'a b': 'x' } }),
      `spec.ingress[0].fromEndpoints[0].matchLabels["a b"]: "a b" can't be the key of a label: ${known}`,
    ],
    [
      'two colons',
      from({ matchLabels: { 'k8s:a:b': 'x' } }),
      `spec.ingress[0].fromEndpoints[0].matchLabels["k8s:a:b"]: "a:b" can't be the key of a label: ${known}`,
    ],
    [
      'an unknown source',
      from({ matchLabels: { 'what:a': 'x' } }),
      'spec.ingress[0].fromEndpoints[0].matchLabels["what:a"]: unknown label source "what"; known: any, k8s, reserved, container, cni, unspec, directory',
    ],
    [
      'an unsupported source',
      from({ matchLabels: { 'node:a': 'x' } }),
      'spec.ingress[0].fromEndpoints[0].matchLabels["node:a"]: labels of source node are not supported in selectors',
    ],
    [
      'a number for a label',
      from({ matchLabels: { version: 1 } }),
      'spec.ingress[0].fromEndpoints[0].matchLabels.version: must be a string, is 1; put it in quotes',
    ],
    [
      'a switch that is no switch',
      cnp({ ingress, enableDefaultDeny: { ingress: 'no' } }),
      'spec.enableDefaultDeny.ingress: must be true or false, is "no"',
    ],
    [
      'a long log text',
      cnp({ ingress, log: { value: 'x'.repeat(33) } }),
      'spec.log.value: must have at most 32 characters',
    ],
    [
      'an unprintable log text',
      cnp({ ingress, log: { value: 'a\nb' } }),
      'spec.log.value: must have printable characters only',
    ],
    ['a host policy', nodePolicy, `spec.nodeSelector: ${unsupported('nodeSelector')}`],
    [
      'a host policy in a namespace',
      manifest('CiliumNetworkPolicy', { spec: { nodeSelector: {}, ingress } }),
      `spec.nodeSelector: ${unsupported('nodeSelector')}`,
      'spec: must not have a nodeSelector: only a CiliumClusterwideNetworkPolicy may',
    ],
    [
      'both selectors',
      ccnp({ ingress, nodeSelector: {} }),
      `spec.nodeSelector: ${unsupported('nodeSelector')}`,
      'spec: must not have both endpointSelector and nodeSelector',
    ],
    [
      'ports and ICMP types',
      cnp({ ingress: [{ toPorts: [{}], icmps: [{}] }] }),
      'spec.ingress[0].icmps: is beside toPorts; write an item of its own for each, since one item has one of them',
    ],
    [
      'a removed field',
      cnp({ ingress: [{ fromRequires: [{}] }] }),
      'spec.ingress[0].fromRequires: is no longer in the language (Cilium 1.19); write its labels into each peer',
    ],
    [
      'nodes without the setting',
      cnp({ egress: [{ toNodes: [{}] }] }),
      'spec.egress[0].toNodes[0]: nodes can only be selected with the setting enable-node-selector-labels',
    ],
    [
      'names and labels',
      cnp({ egress: [{ toFQDNs: [{ matchName: 'a.io' }], toEndpoints: [{}] }] }),
      `spec.egress[0].toFQDNs: ${unsupported('toFQDNs')}`,
      'spec.egress[0]: combines toEndpoints and toFQDNs; write one item for each, since one item has one kind of peer',
    ],
    [
      'groups',
      cnp({ ingress: [{ fromGroups: [{}] }] }),
      `spec.ingress[0].fromGroups: ${unsupported('fromGroups')}`,
    ],
    [
      'authentication',
      cnp({ egress: [{ authentication: {} }] }),
      `spec.egress[0].authentication: ${unsupported('authentication')}`,
    ],
    ...['toServices', 'toFQDNs', 'authentication'].map((field): [string, object, string] => [
      `${field} in egressDeny`,
      cnp({ egressDeny: [{ [field]: [] }] }),
      `spec.egressDeny[0].${field}: ${field} can't be in a deny rule`,
    ]),
    [
      'rules in ingressDeny',
      cnp({ ingressDeny: [{ toPorts: [{ ports: [{ port: '80' }], rules: {} }] }] }),
      `spec.ingressDeny[0].toPorts[0].rules: rules can't be in a deny rule`,
    ],
  ];
  for (const [name, value, ...problems] of table)
    it(`says where and why: ${name}`, () =>
      assert.deepEqual(problemTexts(refused(value).problems), problems));

  it('isolates what it selects in the directions that it names', () => {
    const value = manifest('CiliumNetworkPolicy', {
      spec: { endpointSelector: { matchLabels: { app: 'web' } }, ingress: [{ fromEntities: ['everyone'] }] },
      specs: [
        { endpointSelector: { matchLabels: { app: 'db' } }, egressDeny: [], ingress: [{}] },
        { endpointSelector: { matchLabels: { 'no key': '' } }, egress: [{}] },
        { nodeSelector: {}, egress: [{}] },
      ],
    });
    const nothing = { allow: [], deny: [] };
    assert.deepEqual(
      refused(value).isolation.rules.map(({ path, subject, ...rest }) => [
        path,
        texts(subject.requirements),
        [rest.ingress, rest.egress],
      ]),
      [
        [
          'spec',
          ['any:app In web', inShop],
          [
            { defaultDeny: true, ...nothing },
            { defaultDeny: false, ...nothing },
          ],
        ],
        [
          'specs[0]',
          ['any:app In db', inShop],
          [
            { defaultDeny: true, ...nothing },
            { defaultDeny: true, ...nothing },
          ],
        ],
      ],
    );
  });

  it('isolates in both directions where the name of the direction is mistyped', () => {
    const isolation = (spec: object): unknown =>
      refused(cnp(spec)).isolation.rules.map((rule) => [rule.ingress.defaultDeny, rule.egress.defaultDeny]);
    assert.deepEqual(isolation({ ingres: [{}] }), [[true, true]]);
    assert.deepEqual(isolation({ ingres: [{}], egress: [{}] }), [[false, true]]);
    assert.deepEqual(isolation({}), [[false, false]]);
  });

  it('does not isolate where the policy would not, and only allows', () => {
    const isolation = (spec: object): unknown =>
      refused(cnp(spec)).isolation.rules.map((rule) => [rule.ingress.defaultDeny, rule.egress.defaultDeny]);
    const wrong = [{ fromEntities: ['everyone'] }];
    const enableDefaultDeny = { ingress: false };
    assert.deepEqual(isolation({ ingress: wrong, egress: [{}], enableDefaultDeny }), [[false, true]]);
    assert.deepEqual(isolation({ ingressDeny: wrong, enableDefaultDeny }), [[true, false]]);
  });
});
