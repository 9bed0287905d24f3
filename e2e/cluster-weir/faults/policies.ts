import assert from 'node:assert/strict';
import { it } from 'mocha';
import { each } from '../../cluster-source/objects.ts';
import { reachAll } from '../reach.ts';
import { between, ciliumPath, policyPath, refusal } from './objects.ts';
import type { FaultStage } from './stage.ts';

const many = 10_000;
/** Of these, so many have a status of their own. */
const told = 50;

/** What happens to one policy. */
export function refusedPolicy(stage: () => FaultStage): void {
  it('an invalid one comes over a valid one while no operator runs', async () => {
    const { weir, client, web } = stage();
    await stage().deny('shut');
    await stage().becomes(client, 'deny');
    await stage().enforced('shut');
    await weir.end(stage().operator, 'SIGKILL');
    await weir.client.request({
      method: 'PATCH',
      path: `${ciliumPath}/shut`,
      contentType: 'application/merge-patch+json',
      body: refusal,
    });
    stage().operator = 'operator';
    await stage().startOperator();
    await weir.end('agent-node-2');
    await weir.startAgent('node-2');
    await weir.inSync();
    assert.equal(await reachAll(client, web), 'deny');
    const isRefused = async (): Promise<boolean> =>
      (await stage().conditions('shut')).some(({ type, status }) => type === 'Valid' && status === 'False');
    await stage().until('Valid to be False', isRefused);
    const conditions = await stage().conditions('shut');
    assert.match(conditions.find(({ type }) => type === 'Valid')?.message ?? '', /egress\[0\]\.toFQDNs/);
    const enforced = conditions.find(({ type }) => type === 'Enforced');
    assert.deepEqual(
      [enforced?.status, enforced?.reason, enforced?.message],
      ['False', 'Refused', 'the last accepted version stays in force'],
    );
    const isTold = async (): Promise<boolean> =>
      (await stage().events('shut')).some((text) => /^PolicyRefused: .*toFQDNs/.test(text));
    await stage().until('an Event', isTold);
    await stage().permit('shut');
    await stage().becomes(client, 'allow');
  });
}

/** What happens with all of them at once. */
export function manyPolicies(stage: () => FaultStage): void {
  it(`${many} are applied at once, and deleted at once`, async () => {
    const { weir, web, client, other } = stage();
    const [from = client] = web;
    await stage().underTraffic(async () => {
      await each(many - told, (index) =>
        stage().create(`many-${index}`, index % 2 === 0 ? 'nobody' : 'other'),
      );
      await each(told, (index) => stage().post(ciliumPath, between(`told-${index}`, ['web'], ['client'])));
      await weir.inSync(stage().operator);
      assert.equal(await reachAll(from, [other]), 'deny');
      for (let index = 0; index < told; index++) await stage().enforced(`told-${index}`);
      await stage().bundlesReady();
      await weir.client.request({
        method: 'DELETE',
        path: policyPath,
        query: { fieldSelector: 'metadata.name!=web' },
        timeoutMs: 600_000,
      });
      await each(told, (index) => stage().permit(`told-${index}`));
    });
    await stage().until('all to be gone', async () => (await reachAll(from, [other])) === 'allow');
  });
}
