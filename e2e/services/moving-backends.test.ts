import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lab } from '../lab/lab.ts';
import { patience } from '../lab/probe.ts';
import { openTraffic, type Traffic } from '../lab/traffic.ts';
import { until } from '../until.ts';
import { openServices, syncServices } from './proxy.ts';
import { go, probeServices, requestOf, type ServiceFlow } from './service-flow.ts';
import { addressesOf, bothPorts, type ServiceSketch, sketchManifest, terminating } from './service-sketch.ts';

const withBackends = (...backends: readonly string[]): ServiceSketch => ({
  name: 'moving',
  number: 1,
  ports: bothPorts,
  backends,
});

const flows: readonly ServiceFlow[] = addressesOf(1).flatMap((address) => [
  { from: 'demo/client', address, protocol: 'TCP', port: 80 },
  { from: 'demo/client', address, protocol: 'UDP', port: 53 },
]);
const often = Array(8).fill(flows).flat() as readonly ServiceFlow[];

const latePod = `
apiVersion: v1
kind: Pod
metadata: { name: good-3, namespace: demo, labels: { app: good } }
spec: { nodeName: node-2, containers: [{ name: c, ports: [{ containerPort: 8080 }, { containerPort: 8053, protocol: UDP }] }] }
status: { podIPs: [{ ip: 10.244.2.23 }, { ip: "fd00:244:2::23" }] }
`;

for (const wiring of ['p2p', 'bridge'] as const) {
  describe(`backends that come and go, ${wiring}`, function () {
    this.timeout(180_000);
    const folder = mkdtempSync(join(tmpdir(), 'weir-lab-'));
    const late = join(folder, 'late.yaml');
    let lab: Lab;
    let traffics: readonly Traffic[] = [];

    const offer = (...backends: readonly string[]): Promise<void> => settle(withBackends(...backends));
    const settle = async (sketch: ServiceSketch): Promise<void> => {
      lab.applyManifest('services.yaml', sketchManifest(lab.plan, [sketch]));
      await lab.waitEnforced();
      await syncServices(lab);
    };
    /** Over each of the flows, from now on. */
    const open = async (): Promise<void> => {
      traffics = await Promise.all(flows.map((flow) => openTraffic(requestOf(lab, flow), 2)));
      await untilSent(30);
    };
    /** Each of them has sent so many more requests. */
    const untilSent = async (more: number): Promise<void> => {
      const sent = traffics.map((traffic) => traffic.sent.length);
      await until('requests are sent', () =>
        traffics.every((traffic, index) => traffic.sent.length >= (sent[index] ?? 0) + more),
      );
    };
    const close = async (): Promise<void> => {
      await Promise.all(traffics.map((traffic) => traffic.stop()));
    };
    /** Whether requests are answered that are sent from now on, of each flow. */
    const answersFromNow = (): (() => readonly boolean[]) => {
      const firsts = traffics.map(({ sent }) => sent.length);
      return () =>
        traffics.map(({ answered }, index) =>
          [...answered.keys()].some((number) => number >= (firsts[index] ?? 0)),
        );
    };
    /** Requests without an answer, of each flow. */
    const lost = (): readonly number[] => traffics.map(({ sent, answered }) => sent.length - answered.size);

    before(async () => {
      cpSync(join(import.meta.dirname, 'fixtures/cluster'), folder, { recursive: true });
      lab = await Lab.up({ folder, name: `mo${process.pid}`, wiring });
      lab.applyManifest('services.yaml', sketchManifest(lab.plan, [withBackends('good-1')]));
      await openServices(lab);
      await lab.waitEnforced();
    });
    afterEach(close);
    after(async () => {
      await lab.down();
      rmSync(folder, { recursive: true });
    });

    it('cut no connection while all are allowed', async () => {
      await open();
      await offer('good-1', 'good-2');
      await untilSent(60);
      await offer('good-1');
      await untilSent(60);
      await close();
      assert.deepEqual(lost(), [0, 0, 0, 0]);
    });

    it('are judged once they come, with the pod that they are', async () => {
      const attached = (): number => lab.agentStatus('node-2')?.attached ?? 0;
      const before = attached();
      writeFileSync(late, latePod);
      await until('the pod is attached', () => attached() === before + 1);
      await lab.waitEnforced();
      await offer('good-3');
      await go(lab, 'allow', often);
      const results = await probeServices(lab, flows, patience.allow);
      assert.deepEqual([...new Set(results.map(({ answer }) => answer?.name))], ['demo/good-3']);
      rmSync(late);
      await until('the pod is gone', () => attached() === before);
      await offer('good-1');
      await go(lab, 'allow', often);
    });

    it('that are denied close the service to all, until they go', async () => {
      await open();
      await offer('good-1', 'bad');
      await go(lab, 'deny', often);
      // The language judges each packet of who asks, so what runs stops as well; TCP goes on where it stopped.
      await until('requests are lost', () => lost().every((count) => count > 50));
      await offer('good-1');
      await go(lab, 'allow', often);
      const [v4 = assert.fail()] = traffics;
      await until('the answers catch up', () => v4.answered.size > v4.sent.length - 50);
    });

    it('cut no connection while the last one is terminating, until it is gone', async () => {
      await offer('good-1');
      await open();
      await settle({ ...withBackends('good-1'), conditions: terminating });
      await untilSent(60);
      await go(lab, 'allow', flows);
      const before = answersFromNow();
      await until('all are answered', () => before().every(Boolean));
      await offer();
      const after = answersFromNow();
      await untilSent(100);
      await sleep(100);
      assert.deepEqual(after(), [false, false, false, false]);
      await offer('good-1');
    });

    it('that all went close the service', async () => {
      await offer();
      await go(lab, 'deny', flows);
      await offer('good-1', 'good-2');
      await go(lab, 'allow', often);
    });

    it('are reached early where the node translates to them before the bundle has them', async () => {
      await offer('good-1');
      const later = sketchManifest(lab.plan, [withBackends('good-1', 'bad')]);
      const ahead = mkdtempSync(join(tmpdir(), 'weir-lab-'));
      cpSync(lab.manifests, ahead, { recursive: true });
      writeFileSync(join(ahead, 'services.yaml'), later);
      await syncServices(lab, ahead);
      rmSync(ahead, { recursive: true });
      const results = await probeServices(lab, [...often, ...often], patience.allow);
      const names = new Set(results.map(({ answer }) => answer?.name));
      assert.deepEqual([...names].sort(), ['demo/bad', 'demo/good-1']);
      lab.applyManifest('services.yaml', later);
      await lab.waitEnforced();
      await go(lab, 'deny', often);
    });
  });
}
