import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings } from '../model/settings.ts';
import { type ExplainOptions, explain } from './explain.ts';
import { parsePort } from './explain-question.ts';

const manifests = `
apiVersion: v1
kind: Node
metadata: {name: n1}
status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}
---
apiVersion: v1
kind: Pod
metadata: {namespace: shop, name: web, uid: u1, labels: {app: web}}
spec: {nodeName: n1, containers: []}
status: {podIPs: [{ip: 10.0.0.1}]}
---
apiVersion: v1
kind: Pod
metadata: {namespace: shop, name: db, uid: u2, labels: {app: db}}
spec: {nodeName: n1, containers: []}
status: {podIPs: [{ip: 10.0.0.2}]}
---
apiVersion: v1
kind: Service
metadata: {namespace: shop, name: db}
spec: {clusterIP: 172.20.0.9, clusterIPs: [172.20.0.9], selector: {app: db}, ports: [{port: 1, targetPort: 5432}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {namespace: shop, name: db-1, labels: {kubernetes.io/service-name: db}}
addressType: IPv4
ports: [{name: "", port: 5432, protocol: TCP}]
endpoints: [{addresses: [10.0.0.2], conditions: {ready: true}}]
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {namespace: shop, name: db}
spec:
  endpointSelector: {matchLabels: {app: db}}
  log: {value: payments}
  ingress:
  - fromEndpoints: [{matchLabels: {app: web}}]
    toPorts: [{ports: [{port: "5432", protocol: TCP}]}]
`;

describe('explain', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-explain-'));
    writeFileSync(join(folder, 'all.yaml'), manifests);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function run(from: string, to: string, port: string, options: Partial<ExplainOptions> = {}) {
    const lines: string[] = [];
    const warnings: string[] = [];
    const allowed = await explain(
      [folder],
      { from, to, port: parsePort(port), json: false, settings: defaultSettings, ...options },
      { write: (line) => lines.push(line), warn: (line) => warnings.push(line) },
    );
    return { allowed, lines, warnings };
  }

  it('tells the verdict, both halves and the rule that decides', async () => {
    const { allowed, lines, warnings } = await run('shop/web', 'shop/db', '5432/TCP');
    assert.ok(allowed);
    assert.deepEqual(lines, [
      'allow: shop/web -> shop/db 5432/TCP',
      '  egress allow: no policy isolates the pod',
      '  ingress allow: by',
      '    CiliumNetworkPolicy shop/db spec.ingress[0] (log: payments)',
    ]);
    assert.deepEqual(warnings, []);
  });

  it('names the policy that isolates where nothing allows', async () => {
    const { allowed, lines } = await run('8.8.8.8', 'shop/db', '5432');
    assert.equal(allowed, false);
    assert.deepEqual(lines, [
      'deny: 8.8.8.8 -> shop/db 5432/TCP',
      '  egress allow: no policy governs this end',
      '  ingress deny: no rule allows it; isolated by',
      '    CiliumNetworkPolicy shop/db spec (log: payments)',
    ]);
  });

  it('follows a service to its backends', async () => {
    const { allowed, lines } = await run('shop/web', '172.20.0.9', '1/TCP');
    assert.ok(allowed);
    assert.equal(lines[1], '  service shop/db, backends: 10.0.0.2:5432');
  });

  it('answers in JSON', async () => {
    const { lines } = await run('shop/web', 'shop/db', '80/tcp', { json: true });
    assert.deepEqual(JSON.parse(lines.join('\n')), {
      from: 'shop/web',
      to: 'shop/db',
      port: '80/TCP',
      verdict: 'deny',
      egress: { verdict: 'allow', reason: 'not-isolated', rules: [] },
      ingress: {
        verdict: 'deny',
        reason: 'default',
        rules: [
          { kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'db', rule: 'spec', log: 'payments' },
        ],
      },
    });
  });

  it('takes settings', async () => {
    const settings = { ...defaultSettings, enablePolicy: 'always' } as const;
    const { lines } = await run('shop/web', '8.8.8.8', '8/ICMP', { settings });
    assert.deepEqual(lines.slice(0, 2), [
      'deny: shop/web -> 8.8.8.8 8/ICMP',
      '  egress deny: no rule allows it',
    ]);
  });

  it('warns about what is refused, and answers about what is in force', async () => {
    const path = join(folder, 'broken.yaml');
    writeFileSync(
      path,
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {namespace: shop, name: odd}\n' +
        'spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: ten}}]}]}\n',
    );
    const { allowed, lines, warnings } = await run('8.8.8.8', 'shop/web', '80/TCP');
    rmSync(path);
    assert.equal(allowed, false);
    assert.match(
      warnings.join('\n'),
      /NetworkPolicy shop\/odd: spec\.ingress\[0\]\.from\[0\]\.ipBlock\.cidr/,
    );
    assert.ok(lines.includes('    NetworkPolicy shop/odd spec'));
  });

  it('warns about policies that need a group that is refused', async () => {
    const path = join(folder, 'broken.yaml');
    writeFileSync(
      path,
      'apiVersion: cilium.io/v2\nkind: CiliumCIDRGroup\nmetadata: {name: office}\n' +
        'spec: {externalCIDRs: [ten]}\n---\n' +
        'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {namespace: shop, name: odd}\n' +
        'spec: {endpointSelector: {}, ingress: [{}], ingressDeny: [{fromCIDRSet: [{cidrGroupRef: office}]}]}\n',
    );
    const { allowed, lines, warnings } = await run('8.8.8.8', 'shop/web', '80/TCP');
    rmSync(path);
    assert.equal(allowed, false);
    assert.match(
      warnings.at(-1) ?? '',
      /^CiliumNetworkPolicy shop\/odd: spec\.ingressDeny\[0\]: needs the CiliumCIDRGroup "office"/,
    );
    assert.ok(lines.includes('    CiliumNetworkPolicy shop/odd spec'));
  });

  it('refuses a pod that is not there, and names those that are', () =>
    assert.rejects(run('shop/nobody', 'shop/db', '80/TCP'), {
      code: 'unknown-endpoint',
      message: 'shop/nobody is neither an address nor a pod; there is shop/db, shop/web',
    }));
});

describe('parsePort', () => {
  it('reads port and protocol, TCP by default, in any case', () => {
    assert.deepEqual(parsePort('80/TCP'), { protocol: 'TCP', port: 80 });
    assert.deepEqual(parsePort('53/udp'), { protocol: 'UDP', port: 53 });
    assert.deepEqual(parsePort('65535'), { protocol: 'TCP', port: 65_535 });
    assert.deepEqual(parsePort('128/ICMPv6'), { protocol: 'ICMPv6', port: 128 });
  });

  for (const text of ['', 'http', '-1', '65536', '80/HTTP', '80/TCP/x', '256/ICMP', '1e3', ' 80'])
    it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => parsePort(text), /write port|has 0 to/));
});
