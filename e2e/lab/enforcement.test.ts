import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until.ts';
import { announceAddress } from './announce.ts';
import { mustRun } from './command.ts';
import { udpArrived } from './counters.ts';
import { readState } from './expect.ts';
import type { Flow } from './flow.ts';
import { isWrong, judge } from './judge.ts';
import { Lab } from './lab.ts';
import { flowsOf, matrixHolds } from './matrix-holds.ts';
import { patience } from './probe.ts';
import { repository } from './process.ts';
import { findPlace } from './target.ts';
import type { Traffic } from './traffic.ts';
import { untilStored } from './until-stored.ts';

const samples = join(repository, 'config/samples/shop');

for (const wiring of ['p2p', 'bridge'] as const) {
  for (const attach of ['tcx', 'clsact'] as const) {
    describe(`the shop in the lab, ${wiring}, ${attach}`, function () {
      this.timeout(180_000);
      let lab: Lab;

      before(async () => {
        lab = await Lab.up({ folder: samples, name: `en${process.pid}`, wiring, attach });
        await lab.waitEnforced();
      });
      after(() => lab.down());

      it('lets every flow go as the evaluator says', () => matrixHolds(lab));

      it('follows a change of the manifests, to and fro', async () => {
        lab.applyManifest('closed.yaml', closed);
        await lab.waitEnforced();
        await matrixHolds(lab, flowsOf(lab, 'monitoring/statsd'));
        lab.removeManifest('closed.yaml');
        await lab.waitEnforced();
        await matrixHolds(lab, flowsOf(lab, 'monitoring/statsd'));
      });

      it('cuts no open connection by isolating its ends while its originator is allowed', async () => {
        const flow: Flow = {
          from: 'monitoring/statsd',
          to: 'monitoring/dashboard',
          protocol: 'TCP',
          port: 3000,
        };
        const traffic = await lab.openTraffic(flow);
        await until('it goes on', () => traffic.answered.size > 50);
        lab.applyManifest('isolated.yaml', isolated);
        await lab.waitEnforced();
        const { length } = traffic.sent;
        await until('more is sent', () => traffic.sent.length > length + 50);
        await traffic.stop();
        assert.equal(traffic.answered.size, traffic.sent.length);
        // The policy is in force: others no longer get there.
        assert.equal(await lab.probe('data/cache', 'monitoring/dashboard', 'TCP', 3000), 'deny');
        lab.removeManifest('isolated.yaml');
        await lab.waitEnforced();
      });

      it('misjudges no packet when an agent is killed and comes back, and writes nothing then', async () => {
        const { allowed, denied } = await openTraffics(lab);
        for (const { name } of lab.plan.nodes) await untilStored(lab, name);
        await Promise.all(lab.plan.nodes.map(({ name }) => lab.killAgent(name)));
        await matrixHolds(lab);
        await Promise.all(lab.plan.nodes.map(({ name }) => lab.startAgent(name)));
        await lab.waitEnforced();
        await sleep(200);
        const traffics = [...allowed, ...denied];
        await until('enough is sent', () => traffics.every(({ sent }) => sent.length > 500));
        await Promise.all(traffics.map((traffic) => traffic.stop()));
        for (const { sent, answered } of allowed) assert.equal(answered.size, sent.length);
        for (const { answered } of denied) assert.equal(answered.size, 0);
        for (const { name } of lab.plan.nodes) {
          assert.deepEqual(lab.agentStatus(name)?.sinceStart, { commits: 0, wordsWritten: 0 });
        }
      });

      it("lets somebody else's program see the packets that are allowed", async () => {
        const counter = await attachCounter(lab, 'shop/frontend');
        const flow: Flow = { from: 'shop/frontend', to: 'shop/api', protocol: 'TCP', port: 8080, family: 4 };
        const denied: Flow = { ...flow, to: 'data/db', port: 5432 };
        const before = await counter.read();
        assert.equal(
          (await judge(lab, await readState(lab.manifests), [flow, denied])).filter(isWrong).length,
          0,
        );
        const seen = (await counter.read()) - before;
        await counter.remove();
        // SYN, ACK, the request, FIN and their like of one flow; of the denied one nothing but ARP.
        assert.ok(seen >= 4, `${seen} packets were seen`);
        await matrixHolds(lab, flowsOf(lab, 'shop/frontend'));
      });

      it('moves nothing when a pod announces the address of another as its own', async () => {
        const thief = findPlace(lab.plan, 'shop/batch');
        const victim = findPlace(lab.plan, 'data/cache');
        const before = lab.agentStatus('node-1')?.commit;
        await announceAddress(thief.namespace, victim.addresses[0] ?? '', 20);
        await sleep(300);
        assert.equal(lab.agentStatus('node-1')?.commit, before);
        await matrixHolds(lab, [...flowsOf(lab, 'data/cache'), ...flowsOf(lab, 'shop/batch')]);
      });

      it('drops what a pod sends from the address of another that it gave itself', async () => {
        const thief = findPlace(lab.plan, 'data/ledger');
        const stolen = findPlace(lab.plan, 'shop/api').addresses[0] ?? '';
        const { namespace } = findPlace(lab.plan, 'monitoring/statsd');
        const honest: Flow = { from: 'data/ledger', to: 'monitoring/statsd', protocol: 'UDP', port: 8125 };
        const arrived = async (flow: Flow, timeout: number): Promise<number> => {
          const before = udpArrived(namespace);
          await lab.probeAll([flow], timeout);
          return udpArrived(namespace) - before;
        };
        await mustRun(['ip', '-n', thief.namespace, 'addr', 'add', `${stolen}/32`, 'dev', 'eth0']);
        try {
          await sleep(300);
          assert.equal(await arrived({ ...honest, source: stolen }, 300), 0);
          assert.equal(await arrived(honest, patience.allow), 1);
        } finally {
          await mustRun(['ip', '-n', thief.namespace, 'addr', 'del', `${stolen}/32`, 'dev', 'eth0']);
        }
        await sleep(300);
        await matrixHolds(lab, [...flowsOf(lab, 'shop/api'), ...flowsOf(lab, 'data/ledger')]);
      });
    });
  }
}

async function openTraffics(lab: Lab): Promise<{ allowed: readonly Traffic[]; denied: readonly Traffic[] }> {
  const statsd = { to: 'monitoring/statsd', protocol: 'UDP', port: 8125 } as const;
  return {
    allowed: [
      await lab.openTraffic({ from: 'shop/api', ...statsd }),
      await lab.openTraffic({ from: 'shop/cart', ...statsd, family: 6 }),
      await lab.openTraffic({ from: 'shop/frontend', to: 'shop/api', protocol: 'TCP', port: 8080 }),
    ],
    denied: [
      await lab.openTraffic({ from: 'data/db', to: 'world', protocol: 'UDP', port: 53 }),
      await lab.openTraffic({ from: 'world', ...statsd }),
      await lab.openTraffic({ from: 'monitoring/dashboard', ...statsd, family: 6 }),
    ],
  };
}

const closed = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: statsd-closed, namespace: monitoring }
spec:
  podSelector: { matchLabels: { app: statsd } }
  policyTypes: [Egress]
`;

/** Both ends, in both directions; what the connection's originator needs is allowed. */
const isolated = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: dashboard-isolated, namespace: monitoring }
spec:
  podSelector: { matchLabels: { app: dashboard } }
  policyTypes: [Ingress, Egress]
  ingress: [{ from: [{ podSelector: { matchLabels: { app: statsd } } }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: statsd-isolated, namespace: monitoring }
spec:
  podSelector: { matchLabels: { app: statsd } }
  policyTypes: [Ingress, Egress]
  egress: [{ to: [{ podSelector: { matchLabels: { app: dashboard } } }] }]
`;

interface Counter {
  read(): Promise<number>;
  remove(): Promise<void>;
}

/** Another user's tc filter for what the pod sends, behind whatever is there. */
async function attachCounter(lab: Lab, pod: string): Promise<Counter> {
  const found = lab.plan.pods.find(({ key }) => key === pod);
  const node = lab.plan.nodes.find(({ name }) => name === found?.node);
  assert.ok(found !== undefined && node !== undefined);
  const folder = mkdtempSync(join(tmpdir(), 'weir-lab-'));
  const object = join(folder, 'count.bpf.o');
  const source = join(import.meta.dirname, 'fixtures/count.bpf.c');
  const include = `-I/usr/include/${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-linux-gnu`;
  await mustRun(['clang', '-g', '-O2', '-mcpu=v2', '-target', 'bpf', include, '-c', source, '-o', object]);
  const tc = (...words: readonly string[]): Promise<string> =>
    mustRun(['tc', '-n', node.namespace, ...words]);
  const filter = ['dev', found.veth, 'ingress', 'pref', '40000'] as const;
  const qdiscs = await tc('qdisc', 'show', 'dev', found.veth);
  if (!/ clsact | ingress /.test(qdiscs)) await tc('qdisc', 'add', 'dev', found.veth, 'clsact');
  await tc('filter', 'add', ...filter, 'bpf', 'da', 'obj', object, 'sec', 'tc');
  rmSync(folder, { recursive: true });
  const id = / id (\d+) /.exec(await tc('filter', 'show', ...filter))?.[1] ?? '';
  const program = JSON.parse(await mustRun(['bpftool', '-j', 'prog', 'show', 'id', id])) as {
    map_ids: number[];
  };
  return {
    read: async () => {
      const dump = await mustRun(['bpftool', '-j', 'map', 'dump', 'id', `${program.map_ids[0]}`]);
      const [entry] = JSON.parse(dump) as readonly { readonly formatted: { readonly value: number } }[];
      return entry?.formatted.value ?? 0;
    },
    remove: async () => {
      await tc('filter', 'del', ...filter);
    },
  };
}
