import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const allow = { verdict: 'allow' };
const denyByDefault = { verdict: 'deny', reason: 'default' };

/** A case about two pods, where b/client asks for a/web at TCP 80. */
function oneCase(name: string, spec: object, expected: object): object {
  return {
    name,
    namespaces: [{ name: 'a' }, { name: 'b', labels: { team: 'blue' } }],
    nodes: [{ name: 'n', ips: ['192.168.0.1'] }],
    pods: [
      { namespace: 'a', name: 'web', labels: { app: 'web' }, node: 'n', ips: ['10.0.0.1'] },
      { namespace: 'b', name: 'client', node: 'n', ips: ['10.0.0.2'] },
    ],
    objects: [
      {
        apiVersion: 'cilium.io/v2',
        kind: 'CiliumNetworkPolicy',
        metadata: { namespace: 'a', name: 'p' },
        spec: { endpointSelector: {}, ...spec },
      },
    ],
    queries: [ask({ pod: 'b/client' }, expected)],
  };
}

const ask = (peer: object, expected: object): object => ({
  subject: 'a/web',
  direction: 'ingress',
  peer,
  protocol: 'TCP',
  port: 80,
  ...expected,
});

const closed = { ingress: [{}] };
const http = {
  ingress: [{ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{}] } }] }],
};

describe('conformance', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-conformance-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(cases: readonly object[], ...options: readonly string[]) {
    const path = join(folder, 'cases.jsonl');
    writeFileSync(path, cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
    return runFiles([path], ...options);
  }

  /** By the evaluator unless the options say otherwise. */
  function runFiles(files: readonly string[], ...options: readonly string[]) {
    const main = join(import.meta.dirname, 'main.ts');
    const engine = options.includes('--engine') ? [] : ['--engine', 'evaluator'];
    const args = [main, ...engine, ...options, ...files];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const lines = stdout.trimEnd().split('\n');
    return { status, lines, last: lines.at(-1), stderr };
  }

  it('passes a case whose queries all do', () => {
    const { status, last, stderr } = run([oneCase('closed', closed, denyByDefault)]);
    assert.equal(stderr, '');
    assert.equal(last, '1 passed, 0 failed, 0 skipped');
    assert.equal(status, 0);
  });

  it('fails a case with a different verdict or reason, and lists the query and who decided', () => {
    const cases = [
      oneCase('closed', closed, allow),
      oneCase('closed-by-rule', closed, { verdict: 'deny', reason: 'explicit' }),
    ];
    const { status, lines, last } = run(cases, '--list-failures');
    assert.equal(status, 1);
    assert.equal(last, '0 passed, 2 failed, 0 skipped');
    const by = 'deny (default), CiliumNetworkPolicy a/p spec';
    assert.deepEqual(lines.slice(0, 2), [
      `closed: b/client -> (a/web) TCP 80: expected: allow, got: deny; ${by}`,
      `closed-by-rule: b/client -> (a/web) TCP 80: expected: reason explicit, got: reason default; ${by}`,
    ]);
  });

  it('counts failed cases by feature', () => {
    const tagged = { ...oneCase('closed', closed, allow), features: ['ingress', 'cnp'] };
    const { lines } = run([tagged, { ...tagged, features: ['ingress'] }]);
    assert.deepEqual(lines.slice(0, 3), ['cases failed, by feature:', '       2  ingress', '       1  cnp']);
  });

  it('lists nothing unless asked to', () =>
    assert.doesNotMatch(run([oneCase('closed', closed, allow)]).lines.join('\n'), /expected/));

  it('skips a case that uses what is not supported, and names the field', () => {
    const { status, lines, last } = run([oneCase('http', http, allow)]);
    assert.equal(status, 0);
    assert.equal(last, '0 passed, 0 failed, 1 skipped');
    assert.ok(lines.some((line) => /^ +1 {2}ingress\.toPorts\.rules/.test(line)));
  });

  it('fails a case whose objects are refused for another reason', () => {
    const typo = { ingress: [{ fromCIDR: ['10.0.0.0/33'] }] };
    const { last, lines } = run([oneCase('typo', typo, allow)], '--list-failures');
    assert.equal(last, '0 passed, 1 failed, 0 skipped');
    assert.match(
      lines[0] ?? '',
      /^typo: expected: accepted, got: refused, spec\.ingress\[0\]\.fromCIDR\[0\]: /,
    );
  });

  it('passes an invalid case that is refused, fails one that is not, skips one that is only not supported', () => {
    const invalid = (name: string, spec: object) => ({
      ...oneCase(name, spec, {}),
      queries: null,
      invalid: true,
    });
    assert.equal(run([invalid('no-rules', {})]).last, '1 passed, 0 failed, 0 skipped');
    assert.equal(run([invalid('fine', closed)]).last, '0 passed, 1 failed, 0 skipped');
    assert.equal(run([invalid('http', http)]).last, '0 passed, 0 failed, 1 skipped');
  });

  it('decodes what policies refer to, and refuses what is wrong in it', () => {
    const one = oneCase('beside', { ingress: [{ fromCIDRSet: [{ cidrGroupRef: 'g' }] }] }, allow);
    const group = (...externalCIDRs: readonly string[]) => ({
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumCIDRGroup',
      metadata: { name: 'g' },
      spec: { externalCIDRs },
    });
    const policies = 'objects' in one && Array.isArray(one.objects) ? one.objects : [];
    const queries = [ask({ ip: '8.8.8.8' }, allow), ask({ ip: '9.9.9.9' }, denyByDefault)];
    const withGroup = (...blocks: readonly string[]) => ({
      ...one,
      objects: [...policies, group(...blocks)],
      queries,
    });
    assert.equal(run([withGroup('8.0.0.0/8')]).last, '1 passed, 0 failed, 0 skipped');
    assert.equal(run([withGroup('ten')]).last, '0 passed, 1 failed, 0 skipped');
  });

  it('compares flows with both halves and does not score a pod to itself', () => {
    const flow = (from: object, to: object, expected: object) => ({
      from,
      to,
      protocol: 'TCP',
      port: 80,
      ...expected,
    });
    const [web, client] = [{ pod: 'a/web' }, { pod: 'b/client' }];
    const queries = [
      flow(client, web, { verdict: 'deny', egress: 'allow', ingress: 'deny' }),
      flow(web, { ip: '10.0.0.2' }, { verdict: 'allow' }),
      flow(web, web, { verdict: 'deny', self: true }),
    ];
    const one = { ...oneCase('flows', closed, allow), queries };
    assert.deepEqual(run([one]).lines, ['2 queries judged', '1 passed, 0 failed, 0 skipped']);
    const wrong = [flow(client, web, { verdict: 'deny', egress: 'deny', ingress: 'allow' })];
    assert.match(
      run([{ ...one, queries: wrong }], '--list-failures').lines[0] ?? '',
      /expected: egress deny, got: egress allow; expected: ingress allow, got: ingress deny/,
    );
  });

  it("expects Weir's own verdict where it differs from Cilium on purpose", () => {
    const query = ask({ pod: 'b/client' }, { verdict: 'allow', quirk: 'aggregate', plainVerdict: 'deny' });
    const quirk = { ...oneCase('anycluster-ns-notin', closed, {}), queries: [query] };
    assert.equal(run([quirk]).last, '1 passed, 0 failed, 0 skipped');
    assert.equal(run([{ ...quirk, name: 'another' }]).last, '0 passed, 1 failed, 0 skipped');
  });

  it('asks the image in each family, and leaves out peers without an address', () => {
    const dual = { ips: ['10.0.0.1', 'fd00::1'], node: 'n', labels: { app: 'web' } };
    const sixOnly = { ingress: [{ fromCIDR: ['2001:db8::/32'] }, { fromEntities: ['host'] }] };
    const one = {
      ...oneCase('families', sixOnly, {}),
      nodes: [{ name: 'n', ips: ['192.168.0.1', 'fd00::ff'] }],
      pods: [{ namespace: 'a', name: 'web', ...dual }],
    };
    const queries = [
      ask({ ip: '2001:db8::1' }, allow),
      ask({ ip: '192.0.2.1' }, denyByDefault),
      ask({ entity: 'host' }, allow),
      ask({ entity: 'init' }, denyByDefault),
      ask({ entity: 'remote-node' }, denyByDefault),
    ];
    const options = ['--engine', 'image', '--list-failures'];
    const good = run([{ ...one, queries }], ...options);
    assert.equal(good.last, '1 passed, 0 failed, 0 skipped');
    assert.equal(good.lines.at(-2), '4 queries judged');
    assert.ok(good.lines.includes('       1  peer remote-node without an address'));
    const bad = run([{ ...one, queries: [ask({ entity: 'host' }, denyByDefault)] }], ...options);
    assert.match(bad.lines[0] ?? '', /^families: IPv4 host -> \(a\/web\) TCP 80: expected: deny, got: allow/);
    assert.match(bad.lines[1] ?? '', /^families: IPv6 .* CiliumNetworkPolicy a\/p spec\.ingress\[1\]$/);
  });

  it('reads gzip, empty lines and a last line without an end', () => {
    const path = join(folder, 'cases.jsonl.gz');
    const text = JSON.stringify(oneCase('closed', closed, denyByDefault));
    writeFileSync(path, gzipSync(`${text}\n\n${text}`));
    assert.equal(runFiles([path]).last, '2 passed, 0 failed, 0 skipped');
  });

  it('ends with 2 for a case that asks about what it does not have, naming the case', () => {
    const queries = [ask({ pod: 'b/nobody' }, allow)];
    const { status, stderr } = run([{ ...oneCase('lost', closed, allow), queries }]);
    assert.equal(status, 2);
    assert.match(stderr, /case lost: the case has no pod b\/nobody/);
  });

  it('ends with 2 for wrong usage, naming the place', () => {
    assert.equal(runFiles([], '--engine', 'guess').status, 2);
    const missing = runFiles([join(folder, 'missing.jsonl.gz')]);
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /missing\.jsonl\.gz/);
    const path = join(folder, 'broken.jsonl');
    writeFileSync(path, `${JSON.stringify(oneCase('closed', closed, denyByDefault))}\n{"name":\n`);
    const broken = runFiles([path]);
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /broken\.jsonl:2: not JSON/);
    const cut = join(folder, 'cut.jsonl.gz');
    writeFileSync(cut, gzipSync('{}').subarray(0, 10));
    const truncated = runFiles([cut]);
    assert.equal(truncated.status, 2);
    assert.match(truncated.stderr, /cut\.jsonl\.gz: unexpected end of file/);
  });
});
