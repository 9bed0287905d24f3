import assert from 'node:assert/strict';
import type { CidrGroup } from '../../model/cidr-group.ts';
import type { EndpointSlice, Service } from '../../model/service.ts';
import { defaultSettings } from '../../model/settings.ts';
import { decodeObject } from './decode-object.ts';
import { problemTexts } from './test-decode.ts';

function decode(value: unknown): Service | EndpointSlice | CidrGroup {
  const decoded = decodeObject(value, defaultSettings);
  assert.ok(decoded.kind === 'object', JSON.stringify(decoded));
  const { object } = decoded;
  assert.ok(object.kind === 'Service' || object.kind === 'EndpointSlice' || object.kind === 'CidrGroup');
  return object;
}

function problemsOf(value: unknown): readonly string[] {
  const decoded = decodeObject(value, defaultSettings);
  assert.ok(decoded.kind === 'invalid', JSON.stringify(decoded));
  return problemTexts(decoded.problems);
}

const metadata = { name: 'db', namespace: 'shop', labels: { part: 'store' } };
const service = (spec: object, status: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata,
  spec,
  status,
});

describe('a Service', () => {
  const read = (spec: object, status: object = {}): Service => {
    const object = decode(service(spec, status));
    assert.ok(object.kind === 'Service');
    return object;
  };
  const addresses = (spec: object, status: object = {}): readonly string[] =>
    read(spec, status).addresses.map(({ text }) => text);
  const external = (spec: object, status: object = {}): readonly string[] =>
    read(spec, status).externalAddresses.map(({ text }) => text);

  it('is read with all that translation asks for', () => {
    const ports = [
      { name: 'sql', port: 5432, targetPort: 'pg', nodePort: 30_000 },
      { name: 'dns', port: 53, targetPort: 5353, protocol: 'UDP' },
      { name: 'same', port: 80, protocol: 'SCTP' },
    ];
    const object = read({
      type: 'NodePort',
      clusterIP: '10.96.0.1',
      selector: { app: 'db' },
      ports,
      internalTrafficPolicy: 'Local',
      externalTrafficPolicy: 'Local',
    });
    assert.deepEqual(
      { ...object, addresses: object.addresses.map(({ text }) => text) },
      {
        kind: 'Service',
        namespace: 'shop',
        name: 'db',
        labels: new Map([['part', 'store']]),
        selector: new Map([['app', 'db']]),
        type: 'NodePort',
        addresses: ['10.96.0.1/32'],
        externalAddresses: [],
        ports: [
          { name: 'sql', protocol: 'TCP', port: 5432, targetPort: 'pg', nodePort: 30_000 },
          { name: 'dns', protocol: 'UDP', port: 53, targetPort: 5353, nodePort: 0 },
          { name: 'same', protocol: 'SCTP', port: 80, targetPort: 80, nodePort: 0 },
        ],
        internalTrafficLocal: true,
        externalTrafficLocal: true,
      },
    );
  });

  it('has each of its addresses once, those of the cluster apart', () => {
    const spec = {
      type: 'LoadBalancer',
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.1', 'fd00::1'],
      externalIPs: ['203.0.113.1', '10.96.0.1'],
    };
    const ingress = [{ ip: '203.0.113.2' }, { hostname: 'x.io' }, { ip: '203.0.113.3', ipMode: 'Proxy' }];
    assert.deepEqual(addresses(spec), ['10.96.0.1/32', 'fd00::1/128']);
    assert.deepEqual(external(spec, { loadBalancer: { ingress } }), ['203.0.113.1/32', '203.0.113.2/32']);
  });

  it('may have no address, and no selector', () => {
    assert.deepEqual(addresses({ clusterIP: 'None', clusterIPs: ['None'] }), []);
    assert.deepEqual(addresses({ type: 'ExternalName', externalName: 'x.io', clusterIP: '' }), []);
    assert.deepEqual(read({ selector: {} }).selector, undefined);
  });

  it('is invalid where it can’t be understood', () => {
    assert.deepEqual(
      problemsOf(service({ clusterIP: '10.96', ports: [{ port: 0 }, { port: 1, targetPort: 'no port' }] })),
      [
        'spec.clusterIP: "10.96" is no IP address',
        'spec.ports[0].port: must be a whole number from 1 to 65535, is 0',
        'spec.ports[1].targetPort: must be a number from 1 to 65535 or the name of a container port, is "no port"',
      ],
    );
  });
});

describe('an EndpointSlice', () => {
  const slice = (body: object): object => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'db-1', namespace: 'shop', labels: { 'kubernetes.io/service-name': 'db' } },
    ...body,
  });
  const read = (body: object): object => {
    const object = decode(slice(body));
    assert.ok(object.kind === 'EndpointSlice');
    const endpoints = object.endpoints.map(({ addresses, ...rest }) => ({
      ...rest,
      addresses: addresses.map(({ text }) => text),
    }));
    return { service: object.service, ports: object.ports, endpoints };
  };

  it('is read; what is not told is ready and of no node', () => {
    const body = {
      addressType: 'IPv4',
      ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }, {}],
      endpoints: [
        { addresses: ['10.0.0.1'] },
        { addresses: ['10.0.0.2'], conditions: { ready: false }, nodeName: 'n1' },
        { addresses: ['10.0.0.3'], conditions: { ready: false, serving: false, terminating: true } },
      ],
    };
    assert.deepEqual(read(body), {
      service: 'db',
      ports: [
        { name: 'sql', protocol: 'TCP', port: 5432 },
        { name: '', protocol: 'TCP', port: 0 },
      ],
      endpoints: [
        { addresses: ['10.0.0.1/32'], ready: true, serving: true, terminating: false, node: '' },
        { addresses: ['10.0.0.2/32'], ready: false, serving: true, terminating: false, node: 'n1' },
        { addresses: ['10.0.0.3/32'], ready: false, serving: false, terminating: true, node: '' },
      ],
    });
  });

  it('of names has no addresses', () => {
    assert.deepEqual(read({ addressType: 'FQDN', endpoints: [{ addresses: ['x.io'] }] }), {
      service: 'db',
      ports: [],
      endpoints: [{ addresses: [], ready: true, serving: true, terminating: false, node: '' }],
    });
  });
});

describe('a CiliumCIDRGroup', () => {
  const group = (spec: unknown, version = 'v2'): object => ({
    apiVersion: `cilium.io/${version}`,
    kind: 'CiliumCIDRGroup',
    metadata: { name: 'office', labels: { kind: 'office' } },
    spec,
  });

  for (const version of ['v2', 'v2alpha1'])
    it(`of ${version} has each of its blocks once`, () => {
      const object = decode(group({ externalCIDRs: ['10.1.2.3/8', '::/0', '10.0.0.0/8'] }, version));
      assert.ok(object.kind === 'CidrGroup');
      assert.deepEqual(
        object.blocks.map(({ text }) => text),
        ['10.0.0.0/8', '::/0'],
      );
      assert.deepEqual(object.labels, new Map([['kind', 'office']]));
    });

  it('is refused where it can’t be understood, and its labels are known', () => {
    const refused = (spec: object): readonly string[] => {
      const decoded = decodeObject(group(spec), defaultSettings);
      assert.ok(decoded.kind === 'object' && decoded.object.kind === 'RefusedCidrGroup');
      assert.deepEqual(decoded.object.labels, new Map([['kind', 'office']]));
      return problemTexts(decoded.object.problems);
    };
    assert.deepEqual(refused({}), ['spec: must have externalCIDRs, which may be empty']);
    assert.deepEqual(refused({ externalCIDRs: ['10.0.0.1'] }), [
      'spec.externalCIDRs[0]: "10.0.0.1" is no block of addresses: write "address/length", length 0–32 for IPv4 and 0–128 for IPv6',
    ]);
  });
});
