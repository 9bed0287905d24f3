import assert from 'node:assert/strict';
import { after, it } from 'mocha';
import type { PodView } from '../../cluster/pod-view.ts';
import { reachAll } from '../reach.ts';
import { between, ciliumPath, podOn, podPath } from './objects.ts';
import type { FaultStage } from './stage.ts';

const node = 'node-3';
/** The node's kubelet would say for itself that it is ready, once a minute. */
const sayMs = 2_000;

/** What happens to a node. It takes half a minute until it is no longer waited for. @param meanwhile other tests */
export function nodeFaults(stage: () => FaultStage, meanwhile: () => void): void {
  let aside: PodView;
  let saying: NodeJS.Timeout | undefined;
  after(() => clearInterval(saying));
  const say = (status: 'True' | 'False'): Promise<unknown> =>
    stage().weir.client.request({
      method: 'PATCH',
      path: `/api/v1/nodes/${node}/status`,
      contentType: 'application/strategic-merge-patch+json',
      body: { status: { conditions: [{ type: 'Ready', status, reason: 'Test', message: 'by a test' }] } },
    });
  const reaches = async (): Promise<string> =>
    `${await reachAll(stage().client, [aside])} ${await reachAll(stage().other, [aside])}`;
  const ready = async () =>
    (await stage().bundles()).get(node)?.status?.conditions?.find(({ type }) => type === 'Ready');

  /** The operator may have heard of the policy before the pod. */
  const onAllNodes = async (): Promise<void> => {
    let message = '';
    await stage().until(
      () => `3/3 nodes: ${message}`,
      async () => {
        ({ message } = await stage().enforced('apart'));
        return message === '3/3 nodes';
      },
    );
  };

  it('its agent ends and it is not ready: what it enforces stays', async () => {
    const { weir } = stage();
    await stage().post(podPath, podOn(node, 'aside'));
    const [pod] = await weir.cluster.waitReady('default', 'app=aside');
    assert.ok(pod);
    aside = pod;
    await stage().post(ciliumPath, between('apart', ['web', 'aside'], ['client']));
    await onAllNodes();
    assert.equal(await reaches(), 'allow deny');
    await weir.end(`agent-${node}`, 'SIGKILL');
    await say('False');
    saying = setInterval(() => void say('False').catch(() => undefined), sayMs).unref();
    await weir.client.request({
      method: 'PATCH',
      path: `${ciliumPath}/apart`,
      contentType: 'application/merge-patch+json',
      body: between('apart', ['web', 'aside'], ['client', 'nobody']),
    });
    await stage().until('the PolicyBundle to tell', async () => (await ready())?.reason === 'AgentGone');
    assert.equal((await ready())?.status, 'Unknown');
    await stage().metric(/^weir_nodes\{reason="AgentGone"\} 1$/m);
    assert.equal(await reaches(), 'allow deny');
  });

  meanwhile();

  it('it is set apart, and counts again when it is back', async () => {
    const { weir } = stage();
    const told = await stage().enforced('apart');
    assert.deepEqual(
      [told.reason, told.message],
      ['NodesApart', `2/2 nodes; not counted: ${node} (NotReady)`],
    );
    await stage().metric(/^weir_policies_enforced\{reason="NodesApart"\} 1$/m);
    assert.equal(await reaches(), 'allow deny');
    clearInterval(saying);
    await say('True');
    await weir.startAgent(node);
    await weir.inSync(stage().operator);
    await onAllNodes();
    await stage().bundlesReady();
    await stage().permit('apart');
    await stage().remove('aside', podPath);
  });
}
