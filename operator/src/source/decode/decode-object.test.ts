import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ClusterObject } from '../../model/event.ts';
import { defaultSettings } from '../../model/settings.ts';
import { decodeObject } from './decode-object.ts';
import { manifest, problemTexts } from './test-decode.ts';

function decoded(value: unknown): ClusterObject {
  const result = decodeObject(value, defaultSettings);
  assert.ok(result.kind === 'object', JSON.stringify(result));
  return result.object;
}

function invalid(value: unknown): { readonly key: unknown; readonly problems: readonly string[] } {
  const result = decodeObject(value, defaultSettings);
  assert.ok(result.kind === 'invalid', JSON.stringify(result));
  return { key: result.key, problems: problemTexts(result.problems) };
}

const pod = (body: object, metadata: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-0', namespace: 'shop', ...metadata },
  ...body,
});

describe('a Pod', () => {
  it('is read with all that policies ask for', () => {
    const value = pod(
      {
        spec: {
          serviceAccountName: 'web',
          nodeName: 'n1',
          initContainers: [{ name: 'proxy', ports: [{ name: 'admin', containerPort: 15000 }] }],
          containers: [
            { name: 'web', ports: [{ name: 'http', containerPort: 8080 }, { containerPort: 1 }] },
            { name: 'dns', ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] },
          ],
        },
        status: { phase: 'Running', podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] },
      },
      { uid: 'u1', labels: { app: 'web' }, creationTimestamp: '2026-01-02T03:04:05Z' },
    );
    assert.deepEqual(decoded(value), {
      kind: 'Pod',
      namespace: 'shop',
      name: 'web-0',
      uid: 'u1',
      labels: new Map([['app', 'web']]),
      serviceAccount: 'web',
      node: 'n1',
      addresses: [
        { family: 4, address: Uint8Array.of(10, 0, 0, 1), length: 32, text: '10.0.0.1/32' },
        {
          family: 6,
          address: Uint8Array.of(0xfd, ...Array(14).fill(0), 1),
          length: 128,
          text: 'fd00::1/128',
        },
      ],
      ports: [
        { name: 'admin', protocol: 'TCP', port: 15000 },
        { name: 'http', protocol: 'TCP', port: 8080 },
        { name: 'dns', protocol: 'UDP', port: 53 },
      ],
      hostNetwork: false,
      finished: false,
      terminating: false,
      started: Date.UTC(2026, 0, 2, 3, 4, 5),
      cluster: undefined,
    });
  });

  it('may say next to nothing', () => {
    const object = decoded({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', creationTimestamp: null },
    });
    assert.deepEqual(object, {
      kind: 'Pod',
      namespace: 'default',
      name: 'a',
      uid: 'default/a',
      labels: new Map(),
      serviceAccount: 'default',
      node: '',
      addresses: [],
      ports: [],
      hostNetwork: false,
      finished: false,
      terminating: false,
      started: 0,
      cluster: undefined,
    });
  });

  it('started when its node took it up, and leaves from when it is told to', () => {
    const [created, started, deleted] = ['01', '02', '03'].map((second) => `2026-01-02T03:04:${second}Z`);
    const status = { startTime: started };
    const times = (metadata: object): readonly [boolean, number] => {
      const object = decoded(pod({ status }, metadata));
      assert.ok(object.kind === 'Pod');
      return [object.terminating, object.started];
    };
    assert.deepEqual(times({ creationTimestamp: created }), [false, Date.UTC(2026, 0, 2, 3, 4, 2)]);
    assert.deepEqual(times({ deletionTimestamp: deleted }), [true, Date.UTC(2026, 0, 2, 3, 4, 2)]);
  });

  for (const phase of ['Succeeded', 'Failed'])
    it(`has finished when it has ${phase}`, () => {
      const object = decoded(pod({ spec: { hostNetwork: true }, status: { phase, podIP: '10.0.0.1' } }));
      assert.ok(object.kind === 'Pod' && object.finished && object.hostNetwork);
    });

  const key = { kind: 'Pod', namespace: 'shop', name: 'web-0' };
  const table: readonly [name: string, value: object, ...problems: string[]][] = [
    ['a bad address', pod({ status: { podIP: '10.0.0' } }), 'status.podIP: "10.0.0" is no IP address'],
    [
      'two addresses of a family',
      pod({ status: { podIPs: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }] } }),
      'status.podIPs: has two addresses of one family',
    ],
    [
      'a bad port',
      pod({ spec: { containers: [{ ports: [{ name: 'a', containerPort: 70000 }] }] } }),
      'spec.containers[0].ports[0].containerPort: must be a whole number from 1 to 65535, is 70000',
    ],
    [
      'a bad protocol',
      pod({ spec: { containers: [{ ports: [{ name: 'a', containerPort: 1, protocol: 'tcp' }] }] } }),
      'spec.containers[0].ports[0].protocol: must be one of TCP, UDP, SCTP, is "tcp"',
    ],
    [
      'yes for true',
      pod({ spec: { hostNetwork: 'yes' } }),
      'spec.hostNetwork: must be true or false, is "yes"',
    ],
    [
      'a number as a label',
      pod({}, { labels: { version: 1 } }),
      'metadata.labels.version: must be a string, is 1; put it in quotes',
    ],
    [
      'a bad time',
      pod({}, { creationTimestamp: 'today' }),
      'metadata.creationTimestamp: "today" is no time (RFC 3339)',
    ],
  ];
  for (const [name, value, ...problems] of table)
    it(`is invalid with ${name}`, () => assert.deepEqual(invalid(value), { key, problems }));
});

describe('a Namespace', () => {
  it('has the label that the API server gives it', () => {
    const object = decoded({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels: { team: 'red' } },
    });
    assert.deepEqual(object, {
      kind: 'Namespace',
      name: 'shop',
      labels: new Map([
        ['team', 'red'],
        ['kubernetes.io/metadata.name', 'shop'],
      ]),
    });
  });
});

describe('a Node', () => {
  it('has its internal and external addresses', () => {
    const addresses = [
      { type: 'Hostname', address: 'n1' },
      { type: 'InternalIP', address: '192.168.0.1' },
      { type: 'ExternalIP', address: '2001:db8::1' },
      { type: 'ExternalIP', address: '192.168.0.1' },
    ];
    const object = decoded({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      status: { addresses },
    });
    assert.ok(object.kind === 'Node');
    assert.deepEqual(
      object.addresses.map(({ text }) => text),
      ['192.168.0.1/32', '2001:db8::1/128'],
    );
  });
});

describe('an object that can’t be read', () => {
  const supported =
    'supported are Namespace, Node, Pod, Service, EndpointSlice, NetworkPolicy, CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy, CiliumCIDRGroup, ClusterNetworkPolicy';
  const table: readonly [name: string, value: unknown, ...problems: string[]][] = [
    ['a text', 'x', ': must be an object, is "x"'],
    ['nothing', undefined, ': must be an object, is absent'],
    ['a list', [], ': must be an object, is a list'],
    ['an empty object', {}, 'kind: must be a string, is absent', 'apiVersion: must be a string, is absent'],
    [
      'an unknown kind',
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' } },
      `kind: kind "Deployment" of "apps/v1" is not supported; ${supported}`,
    ],
    [
      'a name of Object.prototype',
      { apiVersion: 'v1', kind: 'constructor' },
      `kind: kind "constructor" of "v1" is not supported; ${supported}`,
    ],
    [
      'another version',
      { apiVersion: 'cilium.io/v1', kind: 'CiliumNetworkPolicy', metadata: { name: 'a' } },
      'apiVersion: CiliumNetworkPolicy of "cilium.io/v1" is not supported; supported is cilium.io/v2',
    ],
    ['no metadata', { apiVersion: 'v1', kind: 'Pod' }, 'metadata: must be an object, is absent'],
    [
      'no name',
      { apiVersion: 'v1', kind: 'Pod', metadata: {} },
      'metadata.name: must be a string, is absent',
    ],
    [
      'a bad name',
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'A/b' } },
      `metadata.name: "A/b" is no DNS name (lower-case letters, digits, '-' and '.')`,
    ],
    [
      'a bad namespace',
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 'a.b' } },
      `metadata.namespace: "a.b" is no namespace (at most 63 lower-case letters, digits and '-')`,
    ],
  ];
  for (const [name, value, ...problems] of table)
    it(`says where and why: ${name}`, () => assert.deepEqual(invalid(value), { key: undefined, problems }));

  it('never throws', () => {
    const kinds = ['NetworkPolicy', 'CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'] as const;
    const names = [
      'endpointSelector',
      'podSelector',
      'matchLabels',
      'matchExpressions',
      'ingress',
      'egressDeny',
      'from',
      'toPorts',
      'ports',
      'port',
      'policyTypes',
      'toCIDRSet',
      'except',
      'key',
      'values',
      '__proto__',
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.constantFrom(...kinds), tree, (kind, spec) => {
        decodeObject(manifest(kind, { spec, specs: [spec] }), defaultSettings);
        decodeObject(pod({ spec, status: spec }), defaultSettings);
        decodeObject(spec, defaultSettings);
      }),
    );
  });

  it('may refer to itself', () => {
    const spec: Record<string, unknown> = { endpointSelector: {} };
    spec.ingress = [{ toPorts: [{ ports: [{ port: spec, protocol: spec }] }] }];
    const result = decodeObject(manifest('CiliumNetworkPolicy', { spec }), defaultSettings);
    assert.ok(result.kind === 'object' && result.object.kind === 'RefusedPolicy');
  });
});
