import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until.ts';
import { LabError } from './errors.ts';
import { allFlows, describeFlow, type Flow } from './flow.ts';
import { Lab } from './lab.ts';
import type { LabNode } from './plan.ts';
import { type ProbeResult, patience } from './probe.ts';
import { repository } from './process.ts';
import { findPlace } from './target.ts';

const samples = join(repository, 'config/samples/shop');
const main = join(repository, 'e2e/lab/main.ts');
const namespaces = (lab: string): readonly string[] =>
  existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith(`weir-${lab}-`)) : [];
const run = (...flags: readonly string[]): string =>
  execFileSync(process.execPath, [main, ...flags], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

for (const wiring of ['p2p', 'bridge'] as const) {
  describe(`lab network, ${wiring}, without Weir`, function () {
    this.timeout(180_000);
    let lab: Lab;

    before(async () => {
      lab = await Lab.up({ folder: samples, name: `net${process.pid}`, wiring, weir: false });
    });
    after(() => lab.down());

    it('carries every flow of every pair, both families, and shows the sender as who it is', async () => {
      const flows = allFlows(lab.plan);
      let results: readonly ProbeResult[] = [];
      let elapsed = Number.POSITIVE_INFINITY;
      // Again where a busy machine took so long.
      for (let tries = 0; tries < 5 && elapsed >= 4_000; tries++) {
        const began = performance.now();
        results = await lab.probeAll(flows, patience.allow);
        elapsed = performance.now() - began;
      }
      const answered = (flow: Flow, index: number): boolean =>
        results[index]?.detail === (flow.port === 9 ? 'refused' : 'answered');
      assert.deepEqual(flows.filter((flow, index) => !answered(flow, index)).map(describeFlow), []);
      assert.ok(flows.length > 300, `${flows.length} flows`);
      assert.ok(elapsed < 4_000, `${flows.length} probes took ${elapsed} ms`);
      for (const [index, flow] of flows.entries()) {
        const from = findPlace(lab.plan, flow.from);
        const answer = results[index]?.answer;
        if (from.kind !== 'pod' || answer === undefined) continue;
        // A node reaches its own pods from its bridge's address.
        const own = [...from.addresses, ...lab.plan.nodes.flatMap(bridgeAddresses)];
        assert.ok(own.includes(answer.peer), `${flow.from} came as ${answer.peer}`);
      }
    });

    it('calls a drop a denial, after the time-out and not before', async () => {
      const [client = ''] = findPlace(lab.plan, 'monitoring/statsd').addresses;
      const blocked = await lab.exec('data/db', ['ip', 'route', 'add', 'blackhole', `${client}/32`]);
      assert.equal(blocked.code, 0, blocked.stderr);
      const [result] = await lab.probeAll(
        [{ from: 'monitoring/statsd', to: 'data/db', protocol: 'TCP', port: 5432, family: 4 }],
        200,
      );
      assert.equal(result?.verdict, 'deny');
      assert.ok((result?.milliseconds ?? 0) >= 199, `${result?.milliseconds} ms`);
    });

    it('tells a closed port from a denial', async () => {
      for (const protocol of ['TCP', 'UDP', 'SCTP'] as const) {
        const [result] = await lab.probeAll(
          [{ from: 'shop/api', to: 'data/ledger', protocol, port: 9 }],
          patience.allow,
        );
        assert.deepEqual([result?.verdict, result?.detail], ['allow', 'refused'], protocol);
      }
    });

    it('throws where a probe cannot be sent', async () => {
      await lab.exec('shop/batch', ['ip', 'route', 'del', 'default']);
      await assert.rejects(
        lab.probe('shop/batch', 'world', 'TCP', 443),
        (error) => error instanceof LabError && error.code === 'no-route',
      );
    });
  });
}

const bridgeAddresses = ({ gateways }: LabNode): readonly string[] =>
  gateways.map((gateway) => gateway.split('/')[0] ?? '');

describe('lab command', function () {
  this.timeout(180_000);
  const name = `cli${process.pid}`;
  afterEach(() => {
    run('down', '--name', name);
    assert.deepEqual(namespaces(name), []);
  });

  it('goes up, shows itself, runs commands, probes and goes down', () => {
    assert.match(run('up', samples, '--no-weir', '--name', name, '--wiring', 'mixed'), /lab .* is up/);
    assert.match(run('status', '--name', name), /keeper +\d+ +runs/);
    assert.match(run('exec', 'shop/api', '--name', name, '--', 'ip', '-br', 'addr'), /10\.244\.2\.2/);
    assert.match(
      run('probe', 'frontend', 'api:8080', '--name', name),
      /^allow .*shop\/api saw 10\.244\.1\.2/,
    );
    assert.match(run('down', '--name', name), /is down/);
    assert.match(run('down', '--name', name), /no lab named/);
  });

  it('carries edits of the folder over while it is up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-lab-'));
    try {
      cpSync(samples, folder, { recursive: true });
      run('up', folder, '--no-weir', '--name', name);
      const { directory } = Lab.open(name);
      const copy = join(directory, 'manifests', 'late.yaml');
      writeFileSync(join(folder, 'late.yaml'), 'kind: NetworkPolicy\n');
      await until(
        'the copy is there',
        () => existsSync(copy) && readFileSync(copy, 'utf8') === 'kind: NetworkPolicy\n',
      );
      rmSync(join(folder, 'late.yaml'));
      await until('the copy is gone', () => !existsSync(copy));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const wiring of ['p2p', 'bridge']) {
    it(`makes pods come, move and go with their manifests, ${wiring}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'weir-lab-'));
      try {
        cpSync(samples, folder, { recursive: true });
        run('up', folder, '--no-weir', '--name', name, '--wiring', wiring);
        const lab = Lab.open(name);
        const file = join(folder, 'late.yaml');
        const copy = join(lab.directory, 'manifests/late.yaml');
        const flow: Flow = { from: 'shop/frontend', to: 'shop/late', protocol: 'TCP', port: 8080, family: 4 };
        for (const node of ['node-1', 'node-2']) {
          writeFileSync(file, latePod(node));
          await until(
            `the pod is on ${node}`,
            () =>
              existsSync(copy) &&
              readFileSync(copy, 'utf8').includes(node) &&
              lab.plan.pods.some((pod) => pod.key === 'shop/late' && pod.node === node),
          );
          const [result] = await lab.probeAll([flow], patience.allow);
          assert.equal(result?.answer?.name, 'shop/late', node);
        }
        const broken = join(folder, 'broken.yaml');
        writeFileSync(broken, 'kind: Pod\n  metadata: [');
        rmSync(file);
        await sleep(200);
        assert.equal(await lab.probe('shop/frontend', 'shop/late', 'TCP', 8080, 'allow'), 'allow');
        rmSync(broken);
        await until(
          'its namespace is gone',
          () => !namespaces(name).some((namespace) => namespace.endsWith('shop.late')),
        );
        assert.equal(namespaces(name).length, 14);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  for (const [signal, delay] of [
    ['SIGKILL', 150],
    ['SIGKILL', 230],
    ['SIGKILL', 300],
    ['SIGINT', 230],
  ] as const) {
    it(`leaves nothing after ${signal} ${delay} ms into up and a second up`, async () => {
      const child = spawn(process.execPath, [main, 'up', samples, '--no-weir', '--name', name], {
        stdio: 'ignore',
      });
      const closed = once(child, 'close');
      await sleep(delay);
      child.kill(signal);
      await closed;
      if (signal === 'SIGINT') assert.deepEqual(namespaces(name), []);
      run('up', samples, '--no-weir', '--name', name);
      assert.equal(namespaces(name).length, 14);
    });
  }
});

const latePod = (node: string): string => `
kind: Pod
metadata: { name: late, namespace: shop }
spec: { nodeName: ${node}, containers: [{ name: c, ports: [{ containerPort: 8080 }] }] }
`;
