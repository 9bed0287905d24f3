import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { after, afterEach, before, describe, it } from 'mocha';
import type { OperatorProcess } from '../cluster-source/operator-process.ts';
import type { Agent } from '../sync/pair.ts';
import { eventually, Stage } from './stage.ts';

const ciliumPath = '/apis/cilium.io/v2/namespaces/default/ciliumnetworkpolicies';
const clusterwidePath = '/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies';
const tieredPath = '/apis/policy.networking.k8s.io/v1alpha2/clusternetworkpolicies';
const networkPath = '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies';
const main = join(import.meta.dirname, '../../operator/src/main.ts');

const spec = (app: string, port = '80') => ({
  endpointSelector: { matchLabels: { app } },
  ingress: [{ toPorts: [{ ports: [{ port, protocol: 'TCP' }] }] }],
});
/** The schema takes it, the operator does not support it. */
const refusedSpec = (app: string) => ({
  ...spec(app),
  egress: [{ toFQDNs: [{ matchName: 'example.com' }] }],
});

describe('status of policies on a real API server', function () {
  this.timeout(600_000);
  let stage: Stage;
  let operator: OperatorProcess;
  let agents: readonly Agent[];
  const releases: (() => void)[] = [];

  const policy = (name: string, of: unknown, kind = 'CiliumNetworkPolicy'): unknown => ({
    apiVersion: 'cilium.io/v2',
    kind,
    metadata: { name },
    spec: of,
  });
  const create = (path: string, body: unknown) => stage.client.request({ method: 'POST', path, body });
  const replace = (path: string, of: unknown) =>
    stage.client.request({
      method: 'PATCH',
      path,
      contentType: 'application/json-patch+json',
      body: [{ op: 'replace', path: '/spec', value: of }],
    });
  const remove = (path: string) => stage.client.request({ method: 'DELETE', path });
  const becomes = (path: string, type: string, text: RegExp, ms?: number) =>
    eventually(
      `${type} of ${path} ${text}`,
      () => stage.condition(path, type),
      (seen) => text.test(seen?.text ?? ''),
      ms,
    );
  const start = async () => {
    operator = await stage.operator();
    agents = [await stage.agent('node-1', operator), await stage.agent('node-2', operator)];
  };
  /** Whatever comes from now on is applied when it is let go. */
  const hold = (agent: Agent): (() => void) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    agent.during = () => held;
    releases.push(release);
    return release;
  };
  const revisions = async (): Promise<readonly string[]> =>
    (
      await stage.plane.mustKubectl(
        'get',
        'controllerrevisions',
        '-A',
        '--no-headers',
        '-o',
        'custom-columns=:.metadata.name,:.revision',
      )
    )
      .trim()
      .split('\n')
      .filter((line) => line !== '' && line !== '<none>')
      .map((line) => line.replaceAll(/ +/g, ' '));
  const wait = async (...args: readonly string[]) => {
    const command = [main, 'wait', '--kubeconfig', stage.plane.kubeconfig, ...args];
    try {
      const { stdout } = await promisify(execFile)(process.execPath, command);
      return { code: 0, said: stdout.trim() };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, said: `${stdout}${stderr}`.trim() };
    }
  };

  before(async function () {
    this.timeout(900_000);
    stage = await Stage.open();
    for (const name of ['node-1', 'node-2']) await stage.node(name);
    await stage.pod('web-1', 'node-1', '10.1.0.7', { app: 'web' });
    await stage.pod('web-2', 'node-2', '10.1.1.7', { app: 'web' });
    await stage.pod('db', 'node-1', '10.1.0.9', { app: 'db' });
  });
  afterEach(async () => {
    for (const release of releases.splice(0)) release();
    await stage.clear();
    for (const path of [ciliumPath, clusterwidePath, tieredPath, networkPath]) await remove(path);
  });
  after(() => stage?.close());

  it('is Enforced once every node with a selected pod has reported it', async () => {
    await start();
    await eventually(
      'agents',
      async () => agents.map((one) => one.enforced),
      (seen) => seen.every(Boolean),
    );
    const [, second] = agents;
    assert.ok(second);
    const release = hold(second);
    await create(ciliumPath, policy('web', spec('web')));
    const path = `${ciliumPath}/web`;
    const applying = await becomes(path, 'Enforced', /^False Applying: 1\/2 nodes$/);
    assert.equal(applying?.observedGeneration, 1);
    assert.equal((await stage.condition(path, 'Valid'))?.text, 'True Accepted: Policy validation succeeded');
    assert.equal((await stage.condition(path, 'Reconciling'))?.status, 'True');
    const waiting = stage.plane.kubectl(
      'wait',
      '--for=condition=Enforced',
      'ciliumnetworkpolicy/web',
      '--timeout=120s',
    );
    release();
    await becomes(path, 'Enforced', /^True Enforced: 2\/2 nodes$/);
    assert.equal((await waiting).code, 0);
    assert.equal(await stage.condition(path, 'Reconciling'), undefined);
    // Only one node has a pod of this one.
    await create(ciliumPath, policy('db', spec('db')));
    await becomes(`${ciliumPath}/db`, 'Enforced', /^True Enforced: 1\/1 nodes$/);
    await create(ciliumPath, policy('none', spec('nobody')));
    await becomes(`${ciliumPath}/none`, 'Enforced', /^True NoEndpoints: no pod is selected$/);
    await replace(path, spec('web', '81'));
    const next = await becomes(path, 'Enforced', /^True Enforced: 2\/2 nodes$/);
    assert.ok((next?.observedGeneration ?? 0) >= 1);
    await eventually(
      'of the newest version',
      () => stage.condition(path, 'Enforced'),
      (seen) => seen?.observedGeneration === 2,
    );
  });

  it('keeps what it was where pods and nodes come later', async () => {
    await start();
    const path = `${ciliumPath}/db`;
    await create(ciliumPath, policy('db', spec('db')));
    const before = await becomes(path, 'Enforced', /^True Enforced: 1\/1 nodes$/);
    const [, second] = agents;
    assert.ok(second);
    const release = hold(second);
    await stage.pod('db-2', 'node-2', '10.1.1.9', { app: 'db' });
    await sleep(2_000);
    const now = await stage.condition(path, 'Enforced');
    assert.deepEqual([now?.status, now?.lastTransitionTime], ['True', before?.lastTransitionTime]);
    release();
    await becomes(path, 'Enforced', /^True Enforced: 2\/2 nodes$/);
    await stage.client.request({
      method: 'DELETE',
      path: '/api/v1/namespaces/default/pods/db-2',
      query: { gracePeriodSeconds: 0 },
    });
  });

  it('names what is refused; the last accepted version stays, also when the operator starts again', async () => {
    await start();
    const path = `${ciliumPath}/web`;
    await create(ciliumPath, policy('web', spec('web')));
    await becomes(path, 'Enforced', /^True Enforced/);
    await eventually('stored', revisions, (now) => now.length === 1);
    const enforced = agents[0]?.enforced?.digest;
    await replace(path, refusedSpec('web'));
    const valid = await becomes(path, 'Valid', /^False Refused/);
    assert.match(valid?.text ?? '', /spec\.egress\[0\]\.toFQDNs/);
    assert.equal(
      (await stage.condition(path, 'Enforced'))?.text,
      'False Refused: the last accepted version stays in force',
    );
    assert.equal((await stage.condition(path, 'Stalled'))?.status, 'True');
    const events = await eventually(
      'an event',
      () => stage.plane.mustKubectl('get', 'events', '--field-selector=involvedObject.name=web'),
      (now) => now.includes('PolicyRefused'),
    );
    assert.match(events, /Warning +PolicyRefused +ciliumnetworkpolicy\/web +spec\.egress\[0\]/);
    await eventually(
      'a line of its log',
      async () => operator.log,
      (now) => /"message":"object of the API server has a problem".*spec\.egress\[0\]\.toFQDNs/.test(now),
    );
    await operator.shows(operator.metricsPort, '/metrics', /^weir_policies\{version="refused"\} 1$/m);
    await operator.shows(operator.metricsPort, '/metrics', /^weir_policies_enforced\{reason="Refused"\} 1$/m);
    assert.equal(agents[0]?.enforced?.digest, enforced);
    await operator.end('SIGKILL');
    // Nobody is there to see this one come.
    await replace(path, { ...refusedSpec('web'), description: 'another try' });
    operator = await stage.operator();
    const fresh = await stage.agent('node-1', operator);
    await eventually(
      'served',
      async () => fresh.enforced?.digest,
      (digest) => digest !== undefined,
    );
    assert.equal(fresh.enforced?.digest, enforced, 'not the isolation of a policy that nobody ever accepted');
    const [kept] = await revisions();
    assert.match(kept ?? '', / 1$/);
    // Only the newest is kept.
    await replace(path, spec('web', '82'));
    await eventually('the next', revisions, (now) => now.length === 1 && now[0]?.endsWith(' 4') === true);
    await remove(path);
    await eventually('none', revisions, (now) => now.length === 0);
  });

  it('says of a first version that is refused that its pods are isolated', async () => {
    await start();
    await create(ciliumPath, policy('web', refusedSpec('web')));
    await becomes(`${ciliumPath}/web`, 'Enforced', /^False Refused: no version was accepted so far/);
    assert.deepEqual(await revisions(), []);
  });

  it('covers policies of cluster scope, with versions that their owner takes along', async () => {
    await start();
    await create(tieredPath, {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'tiered' },
      spec: {
        tier: 'Admin',
        priority: 10,
        subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'db' } } } },
        ingress: [{ name: 'none', action: 'Deny', from: [{ namespaces: {} }] }],
      },
    });
    await becomes(`${tieredPath}/tiered`, 'Enforced', /^True Enforced: 1\/1 nodes$/);
    assert.equal((await wait('clusternetworkpolicy/tiered')).code, 0);
    await eventually('stored', revisions, (now) => now.length === 1);
    await remove(`${tieredPath}/tiered`);
    await eventually('gone', revisions, (now) => now.length === 0);
    await create(clusterwidePath, policy('all', spec('web'), 'CiliumClusterwideNetworkPolicy'));
    await becomes(`${clusterwidePath}/all`, 'Enforced', /^True Enforced: 2\/2 nodes$/);
    const [name = ''] = await eventually('stored', revisions, (now) => now.length === 1);
    assert.match(name, /^ciliumclusterwidenetworkpolicies\.all\.[0-9a-f]{16} 1$/);
  });

  it('sets nodes apart that have no agent, and names nodes that lag, with why', async () => {
    await start();
    const [, second] = agents;
    assert.ok(second);
    await eventually(
      'agents',
      async () => agents.map((one) => one.enforced),
      (seen) => seen.every(Boolean),
    );
    await stage.node('node-3');
    await stage.pod('web-3', 'node-3', '10.1.2.7', { app: 'web' });
    second.during = () => Promise.reject(new Error('over-limit: 9 tables, at most 8'));
    await create(ciliumPath, policy('web', spec('web')));
    await becomes(`${ciliumPath}/web`, 'Enforced', /^False Applying: 1\/3 nodes$/);
    assert.equal((await stage.condition(`${ciliumPath}/web`, 'Valid'))?.status, 'True');
    await becomes(
      `${ciliumPath}/web`,
      'Enforced',
      /^False NodesLagging: 1\/2 nodes; behind: node-2 \(over-limit: 9 tables, at most 8\); not counted: node-3 \(NoAgent\)$/,
      180_000,
    );
    assert.equal((await stage.condition(`${ciliumPath}/web`, 'Stalled'))?.reason, 'NodesLagging');
    await stage.client.request({ method: 'DELETE', path: '/api/v1/nodes/node-3' });
    await stage.client.request({
      method: 'DELETE',
      path: '/api/v1/namespaces/default/pods/web-3',
      query: { gracePeriodSeconds: 0 },
    });
  });

  it('is not Enforced where a pod that it selects can not be covered', async () => {
    await start();
    await create(ciliumPath, policy('web', spec('web')));
    await create(ciliumPath, policy('db', spec('db')));
    await becomes(`${ciliumPath}/web`, 'Enforced', /^True Enforced/);
    await becomes(`${ciliumPath}/db`, 'Enforced', /^True Enforced/);
    const uid = await stage.plane.mustKubectl('get', 'pod', 'db', '-o', 'jsonpath={.metadata.uid}');
    const [first] = agents;
    assert.ok(first);
    const counts = { endpoints: 2, tables: 2, prefixes: 2, uncovered: 1 };
    first.client.updateCoverage({ counts, uncovered: [uid], attaching: [uid] });
    await becomes(
      `${ciliumPath}/db`,
      'Enforced',
      /^False PodsAttaching: 1\/1 nodes; attaching to pods: node-1 \(1\)$/,
    );
    assert.equal((await stage.condition(`${ciliumPath}/db`, 'Reconciling'))?.status, 'True');
    first.client.updateCoverage({ counts, uncovered: [uid], attaching: [] });
    await becomes(
      `${ciliumPath}/db`,
      'Enforced',
      /^False PodsUncovered: 1\/1 nodes; with pods that can't be covered: node-1 \(1\)$/,
    );
    assert.equal((await stage.condition(`${ciliumPath}/web`, 'Enforced'))?.status, 'True');
    first.client.updateCoverage({ counts: { ...counts, uncovered: 0 }, uncovered: [], attaching: [] });
    await becomes(`${ciliumPath}/db`, 'Enforced', /^True Enforced/);
  });

  it("keeps others' conditions, and comes back when somebody removes it", async () => {
    await start();
    const path = `${ciliumPath}/web`;
    await create(ciliumPath, policy('web', spec('web')));
    await becomes(path, 'Enforced', /^True Enforced/);
    const theirs = { type: 'Theirs', status: 'True', reason: 'Because', message: '' };
    const patch = (body: unknown) =>
      stage.client.request({
        method: 'PATCH',
        path: `${path}/status`,
        contentType: 'application/merge-patch+json',
        body,
      });
    await patch({ status: { conditions: [theirs] } });
    await becomes(path, 'Enforced', /^True Enforced/);
    assert.equal((await stage.condition(path, 'Theirs'))?.reason, 'Because');
    await replace(path, spec('web', '83'));
    await eventually(
      'the newest version',
      () => stage.condition(path, 'Enforced'),
      (seen) => seen?.observedGeneration === 2 && seen.status === 'True',
    );
    assert.equal((await stage.condition(path, 'Theirs'))?.reason, 'Because');
  });

  it('of a NetworkPolicy is told by weir wait', async () => {
    await start();
    const body = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web' },
      spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] },
    };
    await eventually(
      'agents',
      async () => agents.map((one) => one.enforced),
      (seen) => seen.every(Boolean),
    );
    await create(networkPath, body);
    assert.deepEqual(await wait('networkpolicy/web', '-n', 'default', '--timeout=120s'), {
      code: 0,
      said: 'networkpolicy/web in default is enforced: Enforced: 2/2 nodes',
    });
    const [, second] = agents;
    assert.ok(second);
    hold(second);
    await replace(`${networkPath}/web`, {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
    });
    const late = await wait('netpol/web', 'netpol/missing', '--for=enforced', '--timeout', '2500ms');
    assert.equal(late.code, 1);
    assert.match(late.said, /^networkpolicy\/web in default is not enforced: /m);
    assert.match(late.said, /^networkpolicy\/missing in default is not enforced: there is no such policy$/m);
    assert.equal((await wait('service/web')).code, 2);
    assert.equal((await wait('netpol/web', '--timeout=soon')).code, 2);
    assert.equal((await wait()).code, 2);
  });
});
