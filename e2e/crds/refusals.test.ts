import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { until } from '../until.ts';
import { cilium, clusterPolicy, Judge, type Manifest, repository } from './judge.ts';

const known = {
  rule: 'endpointSelector, nodeSelector, ingress, ingressDeny, egress, egressDeny, enableDefaultDeny, log, labels, description',
  ingress:
    'fromEndpoints, fromCIDR, fromCIDRSet, fromEntities, fromNodes, fromGroups, toPorts, icmps, fromRequires, authentication',
};
const unsupported = (name: string): string => `${name} is not supported by this version of Weir`;
const key =
  "letters, digits, '-', '_' and '.', at most 63, after an optional source and ':', and an optional DNS name and '/'";
const port = (of: object): Manifest => cilium({ ingress: [{ toPorts: [{ ports: [of] }] }] });
const from = (selector: object): Manifest => cilium({ ingress: [{ fromEndpoints: [selector] }] });
const clusterwide = (spec: object): Manifest => ({
  ...cilium(spec),
  kind: 'CiliumClusterwideNetworkPolicy',
  metadata: { name: 'p' },
});

/** Objects, and what admission says of them. */
const table: readonly (readonly [Manifest, string])[] = [
  [cilium({ ingress: [{}], ingres: [{}] }), `spec.ingres: unknown field "ingres"; known here: ${known.rule}`],
  [
    cilium({ ingress: [{ toPort: [] }] }),
    `spec.ingress[0].toPort: unknown field "toPort"; known here: ${known.ingress}`,
  ],
  [
    clusterwide({ egress: [{ toPorts: [{ ports: [{ port: '80', protocal: 'TCP' }] }] }] }),
    'spec.egress[0].toPorts[0].ports[0].protocal: unknown field "protocal"; known here: port, endPort, protocol',
  ],
  [
    from({ matchLabel: { app: 'web' } }),
    'spec.ingress[0].fromEndpoints[0].matchLabel: unknown field "matchLabel"; known here: matchLabels, matchExpressions',
  ],
  [
    cilium(undefined, { specs: [{ endpointSelector: {}, ingress: [{}] }], extra: 1 } as object),
    'extra: unknown field "extra"; known here: apiVersion, kind, metadata, spec, specs, status',
  ],
  [cilium({ ingress: [] }), 'spec: must have at least one entry in ingress, ingressDeny, egress, egressDeny'],
  [cilium(undefined, { specs: [] } as object), 'specs: must have at least one entry'],
  [
    cilium(undefined, {
      specs: [
        { endpointSelector: {}, ingress: [{}] },
        { endpointSelector: {}, egress: [] },
      ],
    } as object),
    'specs[1]: must have at least one entry in ingress, ingressDeny, egress, egressDeny',
  ],
  [
    cilium({ ingress: [{}, { fromEndpoints: [{}], fromEntities: ['host'] }] }),
    'spec.ingress[1]: combines fromEndpoints and fromEntities; write one item for each, since one item has one kind of peer',
  ],
  [
    cilium({ egressDeny: [{ icmps: [{ fields: [{ type: 8 }] }], toPorts: [{ ports: [{ port: '1' }] }] }] }),
    'spec.egressDeny[0].icmps: is beside toPorts; write an item of its own for each, since one item has one of them',
  ],
  [
    cilium({ egress: [{ toCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/16'] }] }] }),
    'spec.egress[0].toCIDRSet[0].except[1]: 11.0.0.0/16 must lie inside the cidr 10.0.0.0/8',
  ],
  [
    cilium({ egress: [{ toCIDR: ['::ffff:10.0.0.0/104'] }] }),
    'spec.egress[0].toCIDR[0]: "::ffff:10.0.0.0/104" is no block of addresses: write "address/length", length 0–32 for IPv4 and 0–128 for IPv6',
  ],
  [
    cilium({ egress: [{ toServices: [{}] }] }),
    'spec.egress[0].toServices[0]: must have a k8sService or a k8sServiceSelector',
  ],
  [
    port({ port: '70000' }),
    'spec.ingress[0].toPorts[0].ports[0].port: must be a number from 0 to 65535 or the name of a container port, is "70000"',
  ],
  [
    port({ port: '0', protocol: 'GRE' }),
    'spec.ingress[0].toPorts[0].ports[0].protocol: GRE can only be named with the setting enable-extended-ip-protocols',
  ],
  [
    port({ protocol: 'TCP' }),
    'spec.ingress[0].toPorts[0].ports[0].port: a port must be given; "0" means every port',
  ],
  [
    cilium({ ingress: [{ icmps: [{ fields: [{ type: 'PacketTooBig' }] }] }] }),
    'spec.ingress[0].icmps[0].fields[0].type: must be a number from 0 to 255 or the name of an ICMP type of IPv4, is "PacketTooBig"',
  ],
  [
    from({ matchExpressions: [{ key: 'app', operator: 'In' }] }),
    'spec.ingress[0].fromEndpoints[0].matchExpressions[0].values: must have at least one value with operator In',
  ],
  [
    from({ matchExpressions: [{ key: 'app', operator: 'Exists', values: ['x'] }] }),
    'spec.ingress[0].fromEndpoints[0].matchExpressions[0].values: must be absent with operator Exists',
  ],
  [
    from({ matchLabels: { 'a b': 'x' } }),
    `spec.ingress[0].fromEndpoints[0].matchLabels: "a b" can't be the key of a label: ${key}`,
  ],
  [
    from({ matchLabels: { 'node:zone': 'x' } }),
    'spec.ingress[0].fromEndpoints[0].matchLabels: "node:zone": labels of source node are not supported in selectors',
  ],
  [
    cilium({ ingress: [{ fromNodes: [{}] }] }),
    'spec.ingress[0].fromNodes[0]: nodes can only be selected with the setting enable-node-selector-labels',
  ],
  [
    clusterwide({ endpointSelector: undefined, nodeSelector: {}, ingress: [{}] }),
    `spec.nodeSelector: ${unsupported('nodeSelector')}`,
  ],
  [
    cilium({ egress: [{ toFQDNs: [{ matchName: 'weir.dev' }] }] }),
    `spec.egress[0].toFQDNs: ${unsupported('toFQDNs')}`,
  ],
  [
    cilium({ ingress: [{ toPorts: [{ ports: [{ port: '80' }], rules: { http: [{}] } }] }] }),
    `spec.ingress[0].toPorts[0].rules: ${unsupported('rules')}`,
  ],
  [
    cilium({ egress: [{ toPorts: [{ ports: [{ port: '443' }], serverNames: ['weir.dev'] }] }] }),
    `spec.egress[0].toPorts[0].serverNames: ${unsupported('serverNames')}`,
  ],
  [
    cilium({ ingress: [{ authentication: { mode: 'required' } }] }),
    `spec.ingress[0].authentication: ${unsupported('authentication')}`,
  ],
  [
    cilium({ egress: [{ toGroups: [{ aws: { region: 'x' } }] }] }),
    `spec.egress[0].toGroups: ${unsupported('toGroups')}`,
  ],
  [
    cilium({ egressDeny: [{ toServices: [{ k8sService: { serviceName: 'x' } }] }] }),
    "spec.egressDeny[0].toServices: toServices can't be in a deny rule",
  ],
  [
    clusterPolicy({ ingress: [{ action: 'Deny', from: [{ namespaces: {} }], protocol: [] }] }),
    'spec.ingress[0].protocol: unknown field "protocol"; known here: name, action, from, protocols',
  ],
  [
    clusterPolicy({ egress: [{ action: 'Accept', to: [{ domainNames: ['weir.dev'] }] }] }),
    `spec.egress[0].to[0].domainNames: ${unsupported('domainNames')}`,
  ],
  [
    clusterPolicy({
      subject: { namespaces: { matchExpressions: [{ key: 'a', operator: 'Is', values: ['b'] }] } },
    }),
    'spec.subject.namespaces.matchExpressions[0].operator: must be one of In, NotIn, Exists, DoesNotExist, is "Is"',
  ],
];

describe('admission', function () {
  this.timeout(900_000);
  let judge: Judge;

  before(async () => {
    judge = await Judge.up();
  });
  after(() => judge?.down());

  for (const [object, expected] of table)
    it(`says: ${expected.slice(0, 100)}`, async () => {
      const refusal = await judge.refusal(object);
      const said = refusal?.replace(/^.* denied request: /s, '');
      // The API client shortens what it is told.
      assert.equal(
        said?.replace(/…$/, ''),
        said?.endsWith('…') ? expected.slice(0, said.length - 1) : expected,
      );
    });

  it('tells all problems of an object, up to eight', async () => {
    const refusal = await judge.refusal(cilium({ ingress: [{ a: 1 }, { b: 2 }], c: 3 }));
    assert.match(refusal ?? '', /spec\.c: .*; spec\.ingress\[0\]\.a: /);
  });

  it('refuses peers of a kind that is not known', async () => {
    const refusal = await judge.refusal(
      clusterPolicy({ egress: [{ action: 'Accept', to: [{ planets: {} }] }] }),
    );
    assert.match(refusal ?? '', /spec\.egress\[0\]\.to\[0\].*should have at least 1 properties/);
  });

  it('lets large policies in', async () => {
    const blocks = Array.from({ length: 20_000 }, (_, n) => `10.${n >> 8}.${n & 255}.0/24`);
    assert.equal(await judge.refusal(cilium({ egress: [{ toCIDR: blocks }] })), undefined);
    const ingress = Array.from({ length: 1_000 }, (_, n) => ({
      fromEndpoints: [{ matchLabels: { app: `app-${n}` } }],
      toPorts: [{ ports: [{ port: `${n + 1}`, protocol: 'TCP' }] }],
    }));
    assert.equal(await judge.refusal(cilium({ ingress })), undefined);
  });
});

describe('admission, of what was stored before', function () {
  this.timeout(900_000);
  let judge: Judge;

  before(async () => {
    judge = await Judge.up();
    const { plane } = judge;
    await plane.mustKubectl('delete', 'validatingadmissionpolicybindings', '--all');
    await stored(judge);
    for (const file of ['cilium-policies', 'not-supported'])
      await plane.mustKubectl('apply', '-f', join(repository, `config/admission/${file}.yaml`));
  });
  after(() => judge?.down());

  it('lets labels, status and finalizers change, but not the rules', async () => {
    const { plane } = judge;
    await plane.mustKubectl('label', 'ciliumnetworkpolicies.cilium.io', 'p', 'a=b');
    await plane.mustKubectl(
      'patch',
      'ciliumnetworkpolicies.cilium.io',
      'p',
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"conditions":[{"type":"Valid","status":"False","message":"no"}]}}',
    );
    const patch = ['patch', 'ciliumnetworkpolicies.cilium.io', 'p', '--type=merge', '-p'];
    const change = [...patch, '{"spec":{"description":"changed"}}', '--dry-run=server'];
    await until(
      'admission refuses',
      async () => /toFQDNs is not/.test((await plane.kubectl(...change)).stderr),
      180_000,
    );
    await plane.mustKubectl(...patch, '{"metadata":{"finalizers":["weir.dev/test"]}}');
    await plane.mustKubectl('delete', 'ciliumnetworkpolicies.cilium.io', 'p', '--wait=false');
    await plane.mustKubectl(...patch, '{"metadata":{"finalizers":null}}');
    assert.equal((await plane.kubectl('get', 'ciliumnetworkpolicies.cilium.io', 'p')).code, 1);
  });
});

/** Creates what admission would refuse, once its bindings are gone. */
async function stored({ plane }: Judge): Promise<void> {
  const policy = JSON.stringify(cilium({ egress: [{ toFQDNs: [{ matchName: 'weir.dev' }] }] }));
  for (;;) {
    const { code, stderr } = await plane.kubectlAs(plane.kubeconfig, ['create', '-f', '-'], policy);
    if (code === 0) return;
    assert.match(stderr, /denied request/);
  }
}
