import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'mocha';
import { reachAll } from '../reach.ts';
import { bulkyDenial, ciliumPath, group, groupPath } from './objects.ts';
import type { FaultStage } from './stage.ts';

/** Of the bytes that a push has, those that come through before its operator is killed. */
const moments = [0.02, 0.5, 0.9, 0.999] as const;
const groups = { count: 6, blocks: 8_000 } as const;
const groupNames = Array.from({ length: groups.count }, (_, index) => `bulk-${index}`);

/** What happens to operators. */
export function operatorFaults(stage: () => FaultStage): void {
  it('it is killed in the middle of a push: a node has all of it or nothing', async () => {
    const { weir, client } = stage();
    const web = stage().web.filter(({ node }) => node === 'node-1');
    assert.equal(web.length, 2);
    for (const [index, name] of groupNames.entries())
      await stage().post(groupPath, group(name, index, groups.blocks));
    const { relay, target } = await weir.cuttableOperator('node-1');
    await weir.end('agent-node-1');
    await weir.startAgent('node-1', { target });
    await weir.inSync();
    const change = (denied: boolean): Promise<unknown> =>
      denied ? stage().post(ciliumPath, bulkyDenial('bulky', groupNames)) : stage().permit('bulky');
    const push = async (denied: boolean): Promise<number> => {
      const before = relay.received;
      await change(denied);
      await stage().becomes(client, denied ? 'deny' : 'allow');
      await weir.inSync();
      return relay.received - before;
    };
    const bytes = { on: await push(true), off: await push(false) };
    assert.ok(bytes.on > 1_000_000, `${bytes.on} bytes a push, which is one message`);
    let denied = false;
    for (const moment of moments) {
      const before = weir.commits('node-1').now;
      relay.allowance = Math.floor((denied ? bytes.off : bytes.on) * moment);
      await change(!denied);
      await stage().until('the push to be under way', async () => relay.allowance === 0);
      assert.equal(weir.operatorStatus().nodes['node-1']?.enforcedDigest, before.digest);
      await weir.end('operator', 'SIGKILL');
      relay.cut();
      relay.allowance = Number.POSITIVE_INFINITY;
      await sleep(100);
      assert.deepEqual(weir.commits('node-1').now, before, `${moment} of the push`);
      assert.equal(await reachAll(client, web), denied ? 'deny' : 'allow', `${moment} of the push`);
      denied = !denied;
      await stage().startOperator();
      await weir.inSync();
      await stage().becomes(client, denied ? 'deny' : 'allow');
      const { digest } = weir.commits('node-1').now;
      assert.equal(digest, weir.operatorStatus().nodes['node-1']?.digest);
    }
    assert.match(weir.log('agent-node-1'), /"no connection to the operator"/);
    await stage().bundlesReady();
    await weir.end('agent-node-1');
    await weir.startAgent('node-1');
    for (const name of groupNames) await stage().remove(name, groupPath);
  });

  it('it is killed among many pushes', async () => {
    const { weir, client } = stage();
    const names = Array.from({ length: 30 }, (_, index) => `pushed-${index}`);
    const since = weir.commits('node-1').now.commit;
    const applied = Promise.all(names.map((name) => stage().deny(name)));
    await stage().until('a push', async () => weir.commits('node-1').now.commit !== since);
    await weir.end('operator', 'SIGKILL');
    await applied;
    await stage().startOperator();
    await stage().becomes(client, 'deny');
    await weir.inSync();
    for (const name of names) await stage().enforced(name);
    await Promise.all(names.map((name) => stage().permit(name)));
    await stage().becomes(client, 'allow');
  });

  it('two of them think that they lead', async () => {
    const { weir } = stage();
    await stage().startOperator({ name: 'second' });
    await weir.end('agent-node-2');
    await weir.startAgent('node-2', { operators: ['second', 'operator'] });
    await stage().until(
      'the agent at the second',
      async () => weir.operatorStatus('second').nodes['node-2']?.connected === true,
    );
    for (const name of ['operator', 'second']) await stage().metric(/^weir_leading 1$/m, name);
    await stage().underTraffic(async () => {
      await stage().create('both');
      await sleep(500);
      await weir.end('operator', 'SIGKILL');
      for (const node of ['node-1', 'node-3']) {
        await weir.end(`agent-${node}`);
        await weir.startAgent(node, { operators: ['operator', 'second'] });
      }
      await weir.inSync('second');
    });
    stage().operator = 'second';
    await stage().metric(/^weir_agents 3$/m);
    await stage().bundlesReady();
    await stage().remove('both');
  });
}
