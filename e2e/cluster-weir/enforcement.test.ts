import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { deployment } from '../cluster/deployment.ts';
import type { PodView } from '../cluster/pod-view.ts';
import { onlyFrom } from './only-from.ts';
import { type Reach, reachAll, untilReach } from './reach.ts';
import { WeirCluster } from './weir-cluster.ts';

const ciliumOnlyFrom = (client: string, more = ''): string => `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: default }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress: [${client}]
  ${more}
`;
const fromClient = '{ fromEndpoints: [{ matchLabels: { app: client } }] }';

describe('policies of an API server on the nodes', function () {
  this.timeout(600_000);
  let weir: WeirCluster;
  let web: readonly PodView[];
  let client: PodView;
  let other: PodView;

  before(async function () {
    this.timeout(3_600_000);
    weir = await WeirCluster.up({
      wiring: 'mixed',
      nodes: [{ name: 'node-1' }, { name: 'node-2' }, { name: 'node-3' }],
      later: ['node-3'],
    });
    await weir.cluster.control.apply(
      [deployment('web', 3), deployment('client', 1), deployment('other', 1)].join('---\n'),
    );
    web = await weir.cluster.waitReady('default', 'app=web', 3);
    client = await one('client');
    other = await one('other');
  });
  after(() => weir?.down());

  const one = async (app: string): Promise<PodView> => {
    const [pod] = await weir.cluster.waitReady('default', `app=${app}`);
    assert.ok(pod);
    return pod;
  };
  const governed = (): readonly PodView[] => web.filter(({ node }) => node !== 'node-3');
  const becomes = (from: PodView, expected: Reach, to = governed()): Promise<void> =>
    untilReach(weir.cluster, from, to, expected);
  const kubectl = (...args: readonly string[]): Promise<string> => weir.cluster.control.mustKubectl(...args);

  it('are enforced when they are applied, and no longer when they are deleted', async () => {
    assert.deepEqual([...new Set(governed().map(({ node }) => node))].sort(), ['node-1', 'node-2']);
    await becomes(other, 'allow');
    await weir.cluster.control.apply(onlyFrom('web', 'web', 'client'));
    await becomes(other, 'deny');
    assert.equal(await reachAll(client, governed()), 'allow');
    await kubectl('delete', 'networkpolicy', 'web');
    await becomes(other, 'allow');
    await weir.cluster.control.apply(onlyFrom('web', 'web', 'client'));
    await becomes(other, 'deny');
  });

  it('follow the labels of pods that run, and new pods', async () => {
    await kubectl('label', 'pod', other.name, 'app=client', '--overwrite');
    await becomes(other, 'allow');
    // Its ReplicaSet has lost a pod, and makes another.
    const next = await one('other');
    assert.notEqual(next.name, other.name);
    await becomes(next, 'deny');
    await kubectl('delete', 'pod', other.name, '--wait=true');
    other = next;
  });

  it('are enforced on a node once its agent is there', async () => {
    const late = web.filter(({ node }) => node === 'node-3');
    assert.equal(await reachAll(other, late), 'allow');
    const row = async (): Promise<string> =>
      kubectl('get', 'policybundle', 'node-3', '--no-headers', '--ignore-not-found');
    await weir.cluster.until('NoAgent', async () => (await row()).includes('NoAgent'));
    await weir.startAgent('node-3');
    await becomes(other, 'deny', late);
    assert.equal(await reachAll(client, late), 'allow');
    await weir.cluster.until('its row', async () => /^node-3 +True +(\d+) +\1 /.test(await row()));
  });

  it('can be waited for, and PolicyBundles show them', async () => {
    await kubectl('delete', 'networkpolicy', 'web');
    await weir.cluster.control.apply(ciliumOnlyFrom(fromClient));
    await kubectl('wait', '--for=condition=Enforced', 'ciliumnetworkpolicy/web', '--timeout=120s');
    // What was waited for is so, at once.
    assert.equal(await reachAll(other, web), 'deny');
    assert.equal(await reachAll(client, web), 'allow');
    // They are written for themselves.
    let table = '';
    await weir.cluster.until(
      () => `PolicyBundles in force:\n${table}`,
      async () => {
        table = (await kubectl('get', 'policybundles')).trimEnd();
        const [, ...rows] = table.split('\n');
        return rows.length === 3 && rows.every((row) => /^node-\d +True +(\d+) +\1 +\d+ *$/.test(row));
      },
    );
    const [head = ''] = table.split('\n');
    assert.deepEqual(head.split(/ +/).filter(Boolean), [
      ...['NAME', 'READY', 'REVISION', 'ENFORCED', 'ENDPOINTS', 'BEHIND-SINCE', 'MESSAGE'],
    ]);
  });

  it('keep their last accepted version where the new one is refused', async () => {
    await weir.cluster.control.apply(
      ciliumOnlyFrom('{}', 'egress: [{ toFQDNs: [{ matchName: weir.dev }] }]'),
    );
    const status = async (type: string): Promise<string> =>
      kubectl('get', 'ciliumnetworkpolicy/web', '-o', `jsonpath={.status.conditions[?(@.type=="${type}")]}`);
    await weir.cluster.until('refusal', async () => (await status('Valid')).includes('"status":"False"'));
    assert.match(await status('Valid'), /toFQDNs/);
    assert.equal(await reachAll(other, web), 'deny');
    assert.equal(await reachAll(client, web), 'allow');
    await weir.cluster.until('warning', async () =>
      /Warning/.test(await kubectl('get', 'events', '--field-selector=involvedObject.name=web')),
    );
    await weir.cluster.control.apply(ciliumOnlyFrom(fromClient));
    await weir.cluster.until('approval', async () => (await status('Valid')).includes('"status":"True"'));
  });

  it('go and come again all at once, as a cascade deletes and a sync applies them', async () => {
    const names = Array.from({ length: 8 }, (_, index) => `more-${index}`);
    const all = [ciliumOnlyFrom(fromClient), ...names.map((name) => onlyFrom(name, 'web', 'client'))].join(
      '---\n',
    );
    await weir.cluster.control.apply(all);
    await kubectl('delete', 'networkpolicies,ciliumnetworkpolicies', '--all', '--cascade=foreground');
    await becomes(other, 'allow', web);
    await weir.cluster.control.apply(all);
    await becomes(other, 'deny', web);
    assert.equal(await reachAll(client, web), 'allow');
    await kubectl('wait', '--for=condition=Enforced', 'ciliumnetworkpolicy/web', '--timeout=120s');
  });
});
