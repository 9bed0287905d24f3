import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { ClusterLab } from '../cluster/cluster-lab.ts';
import { deployment } from '../cluster/deployment.ts';
import type { PodView } from '../cluster/pod-view.ts';
import { type CommandResult, runCommand } from '../lab/command.ts';
import { inNamespaceCommand, repository } from '../lab/process.ts';
import { clusterWithImages } from './cluster-with-images.ts';
import { onlyFrom } from './only-from.ts';
import { type Reach, reachAll, untilReach } from './reach.ts';

describe('config/overlays/dev on a cluster', function () {
  this.timeout(900_000);
  let cluster: ClusterLab;
  let web: readonly PodView[];
  let client: PodView;
  let other: PodView;

  before(async function () {
    this.timeout(3_600_000);
    cluster = await clusterWithImages({ wiring: 'mixed' });
    await cluster.control.apply(
      [deployment('web', 2), deployment('client', 1), deployment('other', 1)].join('---\n'),
    );
    web = await cluster.waitReady('default', 'app=web', 2);
    client = await one('client');
    other = await one('other');
  });
  after(() => cluster?.down());

  const one = async (app: string): Promise<PodView> => {
    const [pod] = await cluster.waitReady('default', `app=${app}`);
    assert.ok(pod);
    return pod;
  };
  const kubectl = (...args: readonly string[]): Promise<string> => cluster.control.mustKubectl(...args);
  const apply = (folder: string): Promise<string> => kubectl('apply', '-k', join(repository, folder));
  const becomes = (from: PodView, expected: Reach): Promise<void> => untilReach(cluster, from, web, expected);

  const uninstall = (...args: readonly string[]): Promise<CommandResult> =>
    runCommand(
      inNamespaceCommand(cluster.operator.namespace, [
        ...[process.execPath, join(repository, 'operator/src/main.ts'), 'uninstall'],
        ...['--kubeconfig', cluster.control.kubeconfig, ...args],
      ]),
    );

  it('installs Weir, and what is applied then is enforced', async () => {
    await apply('config/overlays/dev');
    await kubectl('-n', 'weir-system', 'rollout', 'status', 'deployment/weir-operator', '--timeout=180s');
    await kubectl('-n', 'weir-system', 'rollout', 'status', 'daemonset/weir-agent', '--timeout=180s');
    const { nodes } = cluster.plan;
    const bundles = async (): Promise<number> =>
      (await kubectl('get', 'policybundles', '-o', 'name')).split('\n').filter(Boolean).length;
    await cluster.until('a PolicyBundle a node', async () => (await bundles()) === nodes.length);
    await kubectl('wait', '--for=condition=Ready', 'policybundles', '--all', '--timeout=180s');
    await cluster.control.apply(onlyFrom('web', 'web', 'client'));
    await becomes(other, 'deny');
    assert.equal(await reachAll(client, web), 'allow');
  });

  it('refuses at admission what is not supported, and names the field', async () => {
    const refused = await cluster.control.kubectlAs(
      cluster.control.kubeconfig,
      ['apply', '-f', '-'],
      `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: names, namespace: default }
spec:
  endpointSelector: { matchLabels: { app: web } }
  egress: [{ toFQDNs: [{ matchName: weir.dev }] }]
`,
    );
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /toFQDNs/);
  });

  it('goes on enforcing without its DaemonSet, and leaves nothing once nodes are cleaned', async () => {
    assert.match((await uninstall()).stdout, /Nothing was done/);
    // Not in time: what is begun goes on, and the next one waits for it.
    const [first, second] = [await uninstall('--yes', '--timeout=0s'), await uninstall('--yes')];
    assert.deepEqual([first.code, second.code], [1, 0], first.stdout + first.stderr + second.stderr);
    assert.match(first.stdout, /deleted daemonsets\/weir-agent/);
    for (const { name } of cluster.plan.nodes)
      assert.match(second.stdout, new RegExp(`^${name}: removed \\d+ links, removed 2 programs`, 'm'));
    assert.match(second.stdout, /^2 of 2 nodes are clean$/m);
    await becomes(other, 'allow');
    for (const { name } of cluster.plan.nodes) {
      assert.deepEqual(readdirSync(cluster.pins(name)), [], name);
      const { stdout } = await cluster.exec(name, ['tc', 'qdisc', 'show']);
      assert.doesNotMatch(stdout, /clsact/);
    }
    await kubectl('delete', '-k', join(repository, 'config/overlays/dev'), '--ignore-not-found');
    assert.equal(existsSync(join(cluster.pins('node-1'), 'weir')), false);
  });
});
