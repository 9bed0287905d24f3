import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { type Authority, openAuthority, operatorName } from '@weir/operator/src/trust/authority.ts';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { ControlPlane } from '../cluster/control-plane.ts';
import { Agent } from '../sync/pair.ts';
import { until } from '../until.ts';
import { create, giveAddress, networkPolicy, networkPolicyPath, pod, podPath, remove } from './objects.ts';
import { OperatorProcess } from './operator-process.ts';

const shortly = 60_000;

describe('operators on a real API server', function () {
  this.timeout(600_000);
  let plane: ControlPlane;
  let client: ApiClient;
  let folder: string;
  let authority: Authority;
  let count = 0;
  const operators: OperatorProcess[] = [];
  const agents: Agent[] = [];

  const operator = async (...flags: readonly string[]): Promise<OperatorProcess> => {
    count += 1;
    const process = await OperatorProcess.start({
      source: plane.kubeconfig,
      state: join(folder, `operator-${count}`),
      authority: join(folder, 'authority'),
      flags,
    });
    operators.push(process);
    return process;
  };
  const candidate = (): Promise<OperatorProcess> => operator('--leader-election');
  const agent = async (target: string): Promise<Agent> => {
    const tls = { ...(await authority.issueNode('node-1')), serverName: operatorName };
    const made = new Agent({ target, tls, node: 'node-1', retryMs: { first: 100, most: 1_000 } });
    agents.push(made);
    made.client.start();
    return made;
  };
  const revision = (of: Agent): number => of.enforced?.revision ?? 0;
  /** Waits until the agent has a revision after that one. */
  const newer = (of: Agent, than: number): Promise<void> =>
    until(
      () => `a revision after ${than}: ${JSON.stringify(of.log.lines)}`,
      () => revision(of) > than,
      shortly,
    );

  /** Of the operators' Lease; empty: nobody. */
  const holder = async (namespace: string): Promise<string> => {
    const lease = ['lease', 'weir-operator', '-n', namespace] as const;
    const { spec } = await plane.get<{ spec: { holderIdentity?: string } }>(...lease);
    return spec.holderIdentity ?? '';
  };

  before(async function () {
    this.timeout(900_000);
    plane = await ControlPlane.up({ controllers: false });
    client = ApiClient.open({ kind: 'kubeconfig', file: plane.kubeconfig });
    folder = await mkdtemp(join(tmpdir(), 'weir-operators-'));
    authority = await openAuthority(join(folder, 'authority'), Date.now);
    await create(client, '/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } });
    await create(client, podPath, pod('web', { app: 'web' }));
    await giveAddress(client, 'web', '10.1.0.7');
    await create(client, networkPolicyPath, networkPolicy('locked'));
  });
  beforeEach(() =>
    client
      .request({ method: 'DELETE', path: '/apis/coordination.k8s.io/v1/namespaces/default/leases' })
      .then(() => undefined),
  );
  afterEach(async () => {
    for (const made of agents.splice(0)) await made.client.stop();
    for (const process of operators.splice(0)) await process.end('SIGKILL');
  });
  after(async () => {
    client?.close();
    await plane?.down();
    if (folder) await rm(folder, { recursive: true });
  });

  it('serve policies of the API server, and say how they are', async () => {
    const one = await operator();
    await one.logged('serving agents');
    const node = await agent(one.address);
    await newer(node, 0);
    assert.equal(
      await one.page(one.healthPort, '/readyz'),
      '200 [+]lease ok\n[+]objects ok\n[+]accepted-versions ok\n[+]agents ok\n',
    );
    assert.match(await one.page(one.healthPort, '/livez'), /^200 /);
    assert.match(await one.page(one.healthPort, '/secret'), /^404 /);
    const metrics = await one.shows(one.metricsPort, '/metrics', /^weir_agents 1$/m);
    assert.match(metrics, /^weir_source_objects\{resource="pods"\} 1$/m);
    assert.match(metrics, /^weir_source_current\{resource="ciliumnetworkpolicies\.cilium\.io"\} 1$/m);
    const before = revision(node);
    await create(client, networkPolicyPath, networkPolicy('second', { app: 'web' }));
    await newer(node, before);
    assert.equal(await one.end('SIGTERM'), 0);
    await remove(client, `${networkPolicyPath}/second`);
  });

  it('are not ready and serve nobody before everything was read', async () => {
    const kubeconfig = await plane.userKubeconfig({ user: 'stranger' });
    const state = join(folder, 'stranger');
    const one = await OperatorProcess.start({
      source: kubeconfig,
      state,
      authority: join(folder, 'authority'),
    });
    operators.push(one);
    await one.logged('object of the API server has a problem');
    const refused = /^503 .*\[-\]objects: not read yet: .*pods \(.*forbidden/s;
    await one.shows(one.healthPort, '/readyz', refused);
    assert.match(await one.page(one.healthPort, '/livez'), /^200 /);
    const node = await agent(one.address);
    await until('refused', () => node.client.state.kind === 'failed', shortly);
    assert.equal(node.changes.length, 0);
    assert.equal(await one.end('SIGTERM'), 0);
  });

  it('need no more than to list and watch what they read, and a Lease', async () => {
    await plane.apply(permissions);
    const token = await plane.token({ namespace: 'weir', serviceAccount: 'operator' });
    const { certificate } = plane.authority.pem;
    const one = await OperatorProcess.start({
      source: { namespace: 'weir', token, authority: certificate, server: plane.server },
      state: join(folder, 'pod'),
      authority: join(folder, 'authority'),
      flags: ['--leader-election'],
    });
    operators.push(one);
    await one.logged('leading');
    const node = await agent(one.address);
    await newer(node, 0);
    assert.notEqual(await holder('weir'), '');
    assert.equal(await one.end('SIGTERM'), 0);
    assert.equal(await holder('weir'), '');
    assert.doesNotMatch(one.log, /forbidden|"level":"(warn|error)".*lease/);
  });

  it('hand over when the leader stops: the agent resumes by digest at the other', async () => {
    const first = await candidate();
    await first.logged('leading');
    const second = await candidate();
    await second.logged('serving agents');
    // It knows the standby alone, as where a Service leads to it.
    const node = await agent(second.address);
    await newer(node, 0);
    assert.match(
      JSON.stringify(node.log.lines),
      new RegExp(`not the leader; the leader is at ${first.address.replaceAll('.', '\\.')}`),
    );
    assert.match(await second.page(second.healthPort, '/readyz'), /^200 /);
    assert.match(await second.page(second.metricsPort, '/metrics'), /^weir_leading 0$/m);
    assert.match(await first.page(first.metricsPort, '/metrics'), /^weir_leading 1$/m);
    const changes = node.changes.length;
    const held = await holder('default');
    assert.equal(await first.end('SIGTERM'), 0);
    assert.notEqual(await holder('default'), held, 'given back, so that nobody waits for its end');
    await second.logged('leading');
    await until('live again', () => node.client.state.kind === 'live', shortly);
    await sleep(300);
    assert.equal(node.changes.length, changes, 'nothing is sent again');
    const before = revision(node);
    await create(client, networkPolicyPath, networkPolicy('third', { app: 'web' }));
    await newer(node, before);
    await remove(client, `${networkPolicyPath}/third`);
  });

  it('serve the same bundles when each thinks that it leads', async () => {
    const both = [await operator(), await operator()];
    for (const one of both) await one.logged('serving agents');
    const node = await agent(both.map(({ address }) => address).join(','));
    await newer(node, 0);
    const before = revision(node);
    await create(client, networkPolicyPath, networkPolicy('both', { app: 'web' }));
    await newer(node, before);
    const { enforced } = node;
    const changes = node.changes.length;
    await both[0]?.end('SIGKILL');
    await until('it has noticed', () => node.log.count('no connection to the operator') > 0, shortly);
    await until('at the other', () => node.client.state.kind === 'live', shortly);
    await sleep(300);
    assert.deepEqual([node.enforced, node.changes.length], [enforced, changes]);
    await remove(client, `${networkPolicyPath}/both`);
  });

  it('hand over when the leader is killed: what is enforced stays, then the other serves', async () => {
    const first = await candidate();
    await first.logged('leading');
    const second = await candidate();
    await second.logged('serving agents');
    const node = await agent(`${first.address},${second.address}`);
    await newer(node, 0);
    const changes = node.changes.length;
    await first.end('SIGKILL');
    await create(client, networkPolicyPath, networkPolicy('fourth', { app: 'web' }));
    await second.shows(second.metricsPort, '/metrics', /^weir_agents_waiting 1$/m);
    await second.logged('leading', 120_000);
    await until('the change', () => node.changes.length > changes, shortly);
    assert.equal(node.changes.at(-1)?.whole, false, 'a delta, no snapshot');
    await remove(client, `${networkPolicyPath}/fourth`);
  });
});

const permissions = `
apiVersion: v1
kind: Namespace
metadata: { name: weir }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: operator, namespace: weir }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: weir-operator }
rules:
  - { apiGroups: [''], resources: [namespaces, nodes, pods, services], verbs: [list, watch] }
  - { apiGroups: [discovery.k8s.io], resources: [endpointslices], verbs: [list, watch] }
  - { apiGroups: [networking.k8s.io], resources: [networkpolicies], verbs: [list, watch] }
  - apiGroups: [cilium.io]
    resources: [ciliumnetworkpolicies, ciliumclusterwidenetworkpolicies, ciliumcidrgroups]
    verbs: [list, watch]
  - apiGroups: [policy.networking.k8s.io]
    resources: [clusternetworkpolicies]
    verbs: [list, watch]
  # Written: what is accepted, and status.
  - apiGroups: [apps]
    resources: [controllerrevisions]
    verbs: [list, watch, create, patch, delete]
  - apiGroups: [weir.dev]
    resources: [policybundles]
    verbs: [list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: weir-operator }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: weir-operator }
subjects: [{ kind: ServiceAccount, name: operator, namespace: weir }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: weir-operator, namespace: weir }
rules:
  - { apiGroups: [coordination.k8s.io], resources: [leases], verbs: [create] }
  - apiGroups: [coordination.k8s.io]
    resources: [leases]
    resourceNames: [weir-operator]
    verbs: [get, watch, update]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: weir-operator, namespace: weir }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: weir-operator }
subjects: [{ kind: ServiceAccount, name: operator, namespace: weir }]
`;
