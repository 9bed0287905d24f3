import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Lab } from './lab.ts';
import { openNodePort } from './node-port.ts';
import { patience } from './probe.ts';
import { repository } from './process.ts';

const families = [4, 6] as const;

for (const wiring of ['p2p', 'bridge'] as const) {
  describe(`clients from outside through a node's port, ${wiring}`, function () {
    this.timeout(180_000);
    let lab: Lab;

    before(async () => {
      lab = await Lab.up({
        folder: join(repository, 'config/samples/shop'),
        name: `np${process.pid}`,
        wiring,
      });
      const open = (node: string, port: number, pod: string, podPort: number): Promise<void> =>
        openNodePort(lab.plan, { node, outside: { protocol: 'TCP', port }, pod, podPort });
      await open('node-1', 30_080, 'shop/frontend', 8080);
      await open('node-2', 30_080, 'shop/frontend', 8080);
      await open('node-1', 30_090, 'shop/api', 9090);
      await open('node-2', 30_090, 'shop/api', 9090);
      await lab.waitEnforced();
    });
    after(() => lab.down());

    const through = async (node: string, port: number, expected: 'allow' | 'deny') => {
      const flows = families.map(
        (family) => ({ from: 'world', to: node, protocol: 'TCP', port, family }) as const,
      );
      return lab.probeAll(flows, patience[expected]);
    };

    it('reach a pod that is open to the world, which sees the node as the sender', async () => {
      for (const node of ['node-1', 'node-2']) {
        const results = await through(node, 30_080, 'allow');
        assert.deepEqual(
          results.map(({ verdict }) => verdict),
          ['allow', 'allow'],
          node,
        );
        assert.deepEqual(
          results.map(({ answer }) => answer?.name),
          ['shop/frontend', 'shop/frontend'],
        );
        for (const { answer } of results)
          assert.ok(!answer?.peer.startsWith('203.') && !answer?.peer.startsWith('2001:'));
      }
    });

    it("are not the host, though they come with the address of the pod's own node", async () => {
      const results = await through('node-2', 30_090, 'deny');
      assert.deepEqual(
        results.map(({ verdict }) => verdict),
        ['deny', 'deny'],
      );
      // The node itself is, and from the same address.
      assert.equal(await lab.probe('node-2', 'shop/api', 'TCP', 9090, 'allow'), 'allow');
    });

    it('are the other node where they come through it', async () => {
      const results = await through('node-1', 30_090, 'allow');
      assert.deepEqual(
        results.map(({ verdict }) => verdict),
        ['allow', 'allow'],
      );
    });
  });
}
