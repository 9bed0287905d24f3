import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { ciliumPolicy, ciliumPolicyPath, create, each, podPath, replace } from '../cluster-source/objects.ts';
import type { OperatorProcess } from '../cluster-source/operator-process.ts';
import { AgentsProcess } from './agents-process.ts';
import { type AuditEntry, bundlePath, eventually, Stage } from './stage.ts';

const nodeCount = Number(process.env.WEIR_NODES ?? 1_000);
const seconds = Number(process.env.WEIR_SECONDS ?? 10);
/** All writes of status in any second, however many nodes and policies there are. */
const mostWrites = 50;
const podChangesPerSecond = 100;
/**
 * How much of the pace has to be kept for the count to mean anything: each pod change is a revision of its node and
 * moves two policies, so that a fifth would be more writes than may be. On a machine for it alone it is kept whole.
 */
const leastPace = process.env.WEIR_NODES === undefined ? 0.2 : 0.95;
/** Of pod changes that the API server has not answered: more than it takes to keep the pace. */
const mostInFlight = 64;
/** Policies that select one label each, so that a pod that changes its label goes from one to another. */
const appCount = 50;

/** The most in any second, wherever it begins. */
function mostInASecond(writes: readonly AuditEntry[]): number {
  const times = writes.map(({ requestReceivedTimestamp }) => Date.parse(requestReceivedTimestamp));
  let most = 0;
  let first = 0;
  for (const [index, time] of times.entries()) {
    while (time - (times[first] ?? time) >= 1_000) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

function byKind(writes: readonly AuditEntry[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { verb, requestURI } of writes) {
    const [path = ''] = requestURI.split('?', 1);
    const plural =
      /\/(policybundles|ciliumnetworkpolicies|controllerrevisions|events)(\/|$)/.exec(path)?.[1] ?? path;
    const what = `${verb} ${plural}${path.endsWith('/status') ? '/status' : ''}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

/** What the policy that selects every pod says at the moment. */
const everybody = (port: number): unknown =>
  ciliumPolicy('all', {
    endpointSelector: {},
    ingress: [{ toPorts: [{ ports: [{ port: String(port), protocol: 'TCP' }] }] }],
  });

const ofApp = (index: number): unknown =>
  ciliumPolicy(`app-${index}`, {
    endpointSelector: { matchLabels: { app: `a${index}` } },
    ingress: [{ toPorts: [{ ports: [{ port: String(10_000 + index), protocol: 'TCP' }] }] }],
  });

describe('writes of status', function () {
  this.timeout(900_000);
  let stage: Stage;
  let operator: OperatorProcess;
  let agents: AgentsProcess | undefined;

  const changePod = (count: number): Promise<unknown> =>
    stage.client.request({
      method: 'PATCH',
      path: `${podPath}/pod-${(count * 7) % nodeCount}`,
      contentType: 'application/merge-patch+json',
      body: { metadata: { labels: { app: `a${count % appCount}` } } },
    });
  /** A metric of the operator without labels. */
  const measured = async (name: string): Promise<number> => {
    const page = await operator.page(operator.metricsPort, '/metrics');
    return Number(new RegExp(`^${name} (.+)$`, 'm').exec(page)?.[1]);
  };
  /** Keeps the pace whatever the API server's answers take. @returns how many were made */
  const changePods = async (began: number): Promise<number> => {
    let count = 0;
    const work = async (): Promise<void> => {
      while (Date.now() - began < seconds * 1_000) {
        const due = began + (count * 1_000) / podChangesPerSecond;
        count += 1;
        const mine = count;
        await sleep(Math.max(0, due - Date.now()));
        await changePod(mine);
      }
    };
    await Promise.all(Array.from({ length: mostInFlight }, work));
    return count;
  };
  const changePolicies = async (began: number): Promise<number> => {
    let count = 0;
    while (Date.now() - began < seconds * 1_000) {
      await replace(stage.client, ciliumPolicyPath, 'all', everybody(1_000 + count));
      count += 1;
      await sleep(Math.max(0, began + count * 1_000 - Date.now()));
    }
    return count;
  };

  before(async () => {
    stage = await Stage.open();
    await each(nodeCount, (index) => stage.node(`node-${index}`));
    await each(nodeCount, (index) =>
      stage.pod(`pod-${index}`, `node-${index}`, `10.${index >> 8}.${index & 255}.1`, {
        app: `a${index % appCount}`,
      }),
    );
    await create(stage.client, ciliumPolicyPath, everybody(999));
    await each(appCount, (index) => create(stage.client, ciliumPolicyPath, ofApp(index)));
  });
  after(async () => {
    await agents?.stop();
    await stage?.close();
  });

  it(`are ${mostWrites} a second at most, with ${nodeCount} nodes, a policy change a second and ${podChangesPerSecond} pod changes`, async () => {
    operator = await stage.operator();
    agents = new AgentsProcess(operator.address, stage.authorityFolder, nodeCount);
    await agents.accepted();
    const bundles = async () => {
      await sleep(2_000);
      const list = await stage.client.request({ path: bundlePath });
      const { items } = list as { items: readonly { status?: { agent?: unknown } }[] };
      return items.filter(({ status }) => status?.agent !== undefined).length;
    };
    // Two writes for each node, its creation and its status, or another one where the agent came later.
    const settle = Math.max(240_000, (nodeCount * 3 * 1_000) / 30);
    await eventually('a PolicyBundle of every node', bundles, (count) => count === nodeCount, settle);
    const before = await agents.done();
    const cpuBefore = await measured('process_cpu_seconds_total');
    const began = Date.now();
    const [pods, policies] = await Promise.all([changePods(began), changePolicies(began)]);
    const ms = Date.now() - began;
    const cpu = (await measured('process_cpu_seconds_total')) - cpuBefore;
    const all = await stage.writes();
    const during = all.filter(({ requestReceivedTimestamp }) => {
      const at = Date.parse(requestReceivedTimestamp);
      return at >= began && at < began + ms;
    });
    const after = await agents.done();
    const podsPerSecond = Math.round((pods * 1_000) / ms);
    const report = {
      nodes: nodeCount,
      seconds: ms / 1_000,
      policyChanges: policies,
      podChangesPerSecond: podsPerSecond,
      nodeRevisionsPerSecond: Math.round(((after.reports - before.reports) * 1_000) / ms),
      streamsEnded: after.ends,
      operatorCores: Math.round((cpu * 100_000) / ms) / 100,
      operatorLagMs: Math.round((await measured('nodejs_eventloop_lag_p99_seconds')) * 1_000),
      writesPerSecond: Math.round((during.length * 1_000) / ms),
      mostInASecond: mostInASecond(during),
      mostInASecondWhileStarting: mostInASecond(all),
      ...byKind(during),
    };
    console.log(`      ${JSON.stringify(report)}`);
    assert.ok(mostInASecond(all) <= mostWrites, `${mostInASecond(all)} in a second`);
    assert.ok(during.length > 0, 'it does write');
    assert.ok(podsPerSecond >= podChangesPerSecond * leastPace, `only ${podsPerSecond} pod changes a second`);
    // What people wait for is not held up by all the numbers.
    const enforced = await eventually(
      'the last version to be enforced',
      () => stage.condition(`${ciliumPolicyPath}/all`, 'Enforced'),
      (seen) =>
        seen?.text === `True Enforced: ${nodeCount}/${nodeCount} nodes` &&
        seen.observedGeneration === policies + 1,
      180_000,
    );
    assert.equal(enforced?.status, 'True');
  });

  it('end when nothing changes', async () => {
    const quiet = async () => {
      await sleep(1_000);
      return (await stage.writes(Date.now() - 6_000)).length;
    };
    await eventually('quiet', quiet, (count) => count === 0, Math.max(240_000, nodeCount * 60));
    const began = Date.now();
    await sleep(3_000);
    assert.equal((await stage.writes(began)).length, 0);
  });
});
