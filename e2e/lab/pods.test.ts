import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.ts';
import { loggedFlows } from './flow-log.ts';
import { Lab } from './lab.ts';
import { LingeringPod } from './lingering-pod.ts';
import { flowsOf, matrixHolds } from './matrix-holds.ts';
import { repository } from './process.ts';

const samples = join(repository, 'config/samples/shop');

for (const wiring of ['p2p', 'bridge'] as const) {
  describe(`pods that come and go, ${wiring}`, function () {
    this.timeout(180_000);
    const folder = mkdtempSync(join(tmpdir(), 'weir-lab-'));
    const file = join(folder, 'late.yaml');
    let lab: Lab;

    before(async () => {
      cpSync(samples, folder, { recursive: true });
      lab = await Lab.up({ folder, name: `po${process.pid}`, wiring });
      await lab.waitEnforced();
    });
    after(async () => {
      await lab.down();
      rmSync(folder, { recursive: true });
    });

    const attached = (): number => lab.agentStatus('node-2')?.attached ?? 0;
    const address = (key: string): string => lab.plan.pods.find((pod) => pod.key === key)?.addresses[0] ?? '';

    /** Sends until the agent says that it judged for the pod. */
    const untilEnforcedFor = async (key: string, source: string): Promise<void> => {
      const refused = { from: key, to: 'world', protocol: 'UDP', port: 80, family: 4 } as const;
      for (const deadline = Date.now() + 30_000; ; ) {
        await lab.probeAll([refused], 100);
        const flows = loggedFlows(lab.agentLog('node-2'));
        if (flows.some((flow) => flow.source === source && flow.endpoint === key)) return;
        assert.ok(Date.now() < deadline, `${source} is not judged as ${key}`);
      }
    };

    it('are judged by their labels', async () => {
      const before = attached();
      writeFileSync(file, pod('late', 'frontend', ''));
      await until('the pod is attached', () => attached() === before + 1);
      await lab.waitEnforced();
      await matrixHolds(lab, flowsOf(lab, 'shop/late'));
      assert.equal(await lab.probe('shop/late', 'shop/api', 'TCP', 8080, 'allow'), 'allow');
    });

    it('are not judged by what a former pod with their address was', async () => {
      const taken = address('shop/late');
      writeFileSync(file, pod('other', 'batch', `status: { podIP: ${taken} }`));
      await until('it has the address', () => address('shop/other') === taken);
      await untilEnforcedFor('shop/other', taken);
      await lab.waitEnforced();
      await matrixHolds(lab, flowsOf(lab, 'shop/other'));
      assert.equal(await lab.probe('shop/other', 'shop/api', 'TCP', 8080), 'deny');
    });

    for (const stored of [true, false])
      it(`are not taken for a former pod that goes on, when the agent comes back ${stored ? 'with' : 'without'} its bundle`, async () => {
        const [former] = lab.plan.pods.filter(({ key }) => /^shop[/](other|next)$/.test(key));
        assert.ok(former);
        const [taken = ''] = former.addresses;
        const next = former.key === 'shop/other' ? 'next' : 'other';
        const app = next === 'next' ? 'frontend' : 'batch';
        await lab.killAgent('node-2');
        const lingering = await LingeringPod.keep(lab, former.key);
        try {
          writeFileSync(file, pod(next, app, `status: { podIP: ${taken} }`));
          await until('the next pod has the address', () => address(`shop/${next}`) === taken);
          const sent = (): Promise<number> => lingering.sendUdp(lab, 'monitoring/statsd', 8125);
          await until('the former pod goes on', async () => (await sent()) === 1);
          if (!stored) rmSync(join(lab.directory, 'agent-node-2', 'last-good'));
          await lab.startAgent('node-2');
          await lab.waitEnforced();
          await untilEnforcedFor(`shop/${next}`, taken);
          await until('it is closed', () => lab.agentStatus('node-2')?.closed === 1);
          assert.equal(await sent(), 0);
          await matrixHolds(lab, flowsOf(lab, `shop/${next}`));
        } finally {
          await lingering.remove();
        }
        await until('nothing is closed', () => lab.agentStatus('node-2')?.closed === 0);
        await matrixHolds(lab, flowsOf(lab, `shop/${next}`));
      });

    it('leave nothing', async () => {
      const before = attached();
      rmSync(file);
      await until('the pod is gone', () => attached() === before - 1 && address('shop/other') === '');
      await lab.waitEnforced();
      await matrixHolds(lab);
    });
  });
}

const pod = (name: string, app: string, more: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: shop, labels: { app: ${app} } }
spec: { nodeName: node-2, containers: [{ name: c, ports: [{ containerPort: 8080 }] }] }
${more}
`;
