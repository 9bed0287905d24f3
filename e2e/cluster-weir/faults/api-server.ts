import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { it } from 'mocha';
import { each } from '../../cluster-source/objects.ts';
import { reachAll } from '../reach.ts';
import { between, ciliumPath } from './objects.ts';
import type { FaultStage } from './stage.ts';

const outageMs = 60_000;
const election = ['--leader-election', '--lease-namespace=weir-system'];
/** As many as take the operator some seconds to tell of. */
const manyStatuses = 150;
/** So many have to be left when the API server goes away, or else more come. */
const leastLeft = 40;
/** Longer than a watch's and a write's first tries. */
const awayMs = 8_000;

/** What happens to the API server and on the way to it. */
export function apiServerFaults(stage: () => FaultStage): void {
  it('it is down for a minute; agents and operators start anew meanwhile', async () => {
    const { weir, nodes } = stage();
    await weir.end('operator');
    for (const name of ['operator', 'second']) await stage().startOperator({ name, flags: election });
    const operators = ['operator', 'second'];
    for (const node of ['node-1', 'node-2']) {
      await weir.end(`agent-${node}`);
      await weir.startAgent(node, { operators });
    }
    await weir.inSync();
    await stage().underTraffic(async () => {
      const until = performance.now() + outageMs;
      await weir.cluster.control.stop('apiserver');
      await weir.end('agent-node-1', 'SIGKILL');
      await weir.startAgent('node-1', { operators });
      await weir.end('second', 'SIGKILL');
      const back = stage().startOperator({ name: 'second', flags: election, patience: 2 * outageMs });
      await stage().metric(/^weir_source_current\{resource="pods"\} 0$/m);
      // The Lease can't be renewed, so that another may have it by now.
      await stage().metric(/^weir_leading 0$/m);
      await stage().metric(/^weir_agents 0$/m);
      await stage().metric(/^weir_agents_waiting [1-9]/m);
      await weir.end('agent-node-2', 'SIGKILL');
      await weir.startAgent('node-2', { operators });
      assert.match(weir.log('operator'), /"leading no longer"/);
      await sleep(until - performance.now());
      assert.doesNotMatch(weir.log('second').split('"stopping"').at(-1) ?? '', /"level":"error"/);
      await weir.cluster.control.start('apiserver');
      await back;
      await stage().until('agents to be served', async () =>
        nodes.every((node) => weir.isInSync(node, 'operator') || weir.isInSync(node, 'second')),
      );
      stage().operator = weir.isInSync('node-1', 'operator') ? 'operator' : 'second';
      await stage().metric(/^weir_leading 1$/m);
      await stage().metric(/^weir_source_current\{resource="pods"\} 1$/m);
    });
    await stage().bundlesReady();
    const [ended, stays] = stage().operator === 'operator' ? ['second', 'operator'] : operators;
    await weir.end(ended ?? '');
    stage().operator = stays ?? '';
  });

  it('it goes away while many policies are told of: none is left out', async () => {
    const { weir } = stage();
    await weir.end(stage().operator);
    stage().operator = 'operator';
    await stage().startOperator();
    await weir.inSync();
    const name = (index: number): string => `told-${index}`;
    const told = async (): Promise<number> =>
      (await stage().policies()).filter(({ status }) =>
        status?.conditions?.some((one) => one.type === 'Enforced' && one.status === 'True'),
      ).length;
    // Whoever stands still may come too late: the operator goes on telling.
    let count = 0;
    for (let left = 0; left < leastLeft; ) {
      const from = count;
      count += manyStatuses;
      await each(manyStatuses, (index) =>
        stage().post(ciliumPath, between(name(from + index), ['web'], ['client'])),
      );
      await stage().until('the next to be told', async () => {
        const now = await told();
        left = count - now;
        return now > from;
      });
    }
    await weir.cluster.control.kill('apiserver');
    await stage().metric(/^weir_queue_depth\{controller="policy-status-\w+"\} [1-9]/m);
    await stage().metric(/^weir_reconcile_seconds_count\{.*outcome="away"\} [1-9]/m);
    await sleep(awayMs);
    await weir.cluster.control.start('apiserver');
    let seen = 0;
    await stage().until(
      () => `all ${count} to be told: ${seen}`,
      async () => {
        seen = await told();
        return seen === count;
      },
    );
    await stage().bundlesReady();
    await stage().until('all versions to be stored', async () => {
      const list = await weir.client.request({
        path: '/apis/apps/v1/namespaces/default/controllerrevisions',
        query: { labelSelector: 'weir.dev/accepted-version=true' },
      });
      const { items } = list as { readonly items: readonly { metadata: { name: string } }[] };
      return items.filter((item) => item.metadata.name.includes('told-')).length === count;
    });
    await each(count, (index) => stage().permit(name(index)));
  });

  it('its etcd has forgotten where a watch was (410)', async () => {
    const { weir } = stage();
    const { relay, kubeconfig } = await weir.cuttable();
    await weir.end('operator');
    await stage().startOperator({ kubeconfig });
    await weir.inSync();
    await stage().deny('forgotten');
    await stage().becomes(stage().client, 'deny');
    relay.closed = true;
    relay.cut();
    await stage().permit('forgotten');
    for (let index = 0; index < 20; index++) {
      await stage().create(`past-${index}`);
      await stage().remove(`past-${index}`);
    }
    await weir.cluster.control.compact();
    await weir.cluster.control.restart('apiserver');
    assert.equal(
      await reachAll(stage().client, stage().web),
      'deny',
      'nothing changes while nothing is heard',
    );
    relay.closed = false;
    await stage().becomes(stage().client, 'allow');
    // What was enforced came by another kind's watch: this one's may still be waiting for its next try.
    await stage().metric(/^weir_source_total\{resource="networkpolicies[^"]*",what="expired"\} [1-9]/m);
    await stage().metric(/^weir_source_current\{resource="networkpolicies[^"]*"\} 1$/m);
  });

  it('watches are cut every second', async () => {
    const { weir } = stage();
    const { relay, kubeconfig } = await weir.cuttable();
    await weir.end('operator');
    await stage().startOperator({ kubeconfig });
    await weir.inSync();
    const timer = setInterval(() => relay.cut(), 1_000);
    try {
      for (let round = 0; round < 4; round++) {
        await stage().deny('cut');
        await stage().becomes(stage().client, 'deny');
        await stage().enforced('cut');
        await stage().permit('cut');
        await stage().becomes(stage().client, 'allow');
      }
      assert.ok(relay.connections > 20, `${relay.connections} connections`);
      await stage().metric(/^weir_source_total\{resource="pods",what="watch"\} ([3-9]|\d\d)/m);
    } finally {
      clearInterval(timer);
    }
  });
}
