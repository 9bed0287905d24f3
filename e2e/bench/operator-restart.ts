import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAuthority, operatorName } from '@weir/operator/src/trust/authority.ts';
import { each } from '../cluster-source/objects.ts';
import { Relay } from '../cluster-weir/relay.ts';
import type { WeirCluster } from '../cluster-weir/weir-cluster.ts';
import { Agent } from '../sync/pair.ts';
import type { Result } from './result.ts';

const namespaces = 50;
const nodes = 50;
const pods = 5_000;
const policies = 1_000;
/** Not longer than watches are left alone. */
const quietMs = 4_000;
const settleMs = 120_000;
const mergePatch = 'application/merge-patch+json';

const nameOf = (what: string, index: number): string => `${what}-${index}`;
const address = (index: number): string => `10.${128 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;

/** Objects that no kubelet looks after, so that an API server is all that they cost. */
async function fill({ client, cluster }: WeirCluster): Promise<void> {
  const create = (path: string, body: unknown): Promise<unknown> =>
    client.request({ method: 'POST', path, body });
  await each(nodes, (index) =>
    create('/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: nameOf('sim', index) } }),
  );
  await each(namespaces, (index) =>
    create('/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: nameOf('ns', index) },
    }),
  );
  await cluster.until('accounts', async () => {
    const { stdout } = await cluster.kubectl(
      'get',
      'serviceaccounts',
      '-A',
      '--field-selector=metadata.name=default',
      '-o',
      'name',
    );
    return stdout.trim().split('\n').length >= namespaces;
  });
  await each(pods, async (index) => {
    const name = nameOf('pod', index);
    const path = `/api/v1/namespaces/${nameOf('ns', index % namespaces)}/pods`;
    const labels = { app: nameOf('app', index % 200), tier: nameOf('tier', index % 3) };
    const spec = {
      nodeName: nameOf('sim', Math.floor(index / namespaces) % nodes),
      tolerations: [{ operator: 'Exists' }],
      automountServiceAccountToken: false,
      containers: [{ name: 'c', image: 'none' }],
    };
    await create(path, { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec });
    const ip = address(index);
    const status = { phase: 'Running', podIP: ip, podIPs: [{ ip }] };
    await client.request({
      method: 'PATCH',
      path: `${path}/${name}/status`,
      contentType: mergePatch,
      body: { status },
    });
  });
  await each(policies, (index) =>
    create(`/apis/networking.k8s.io/v1/namespaces/${nameOf('ns', index % namespaces)}/networkpolicies`, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: nameOf('policy', index) },
      spec: {
        podSelector: { matchLabels: { app: nameOf('app', index % 200) } },
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { tier: nameOf('tier', index % 3) } } }],
            ports: [{ port: 8080 }],
          },
        ],
        policyTypes: ['Ingress'],
      },
    }),
  );
}

/** Requests of the operator that the API server got since. */
function requestsSince(weir: WeirCluster, time: number): number {
  const seen = new Set<string>();
  for (const line of readFileSync(weir.cluster.control.auditLog(), 'utf8').split('\n')) {
    if (!line.includes(':weir-operator"')) continue;
    const entry = JSON.parse(line) as { readonly auditID: string; readonly requestReceivedTimestamp: string };
    if (Date.parse(entry.requestReceivedTimestamp) >= time) seen.add(entry.auditID);
  }
  return seen.size;
}

/**
 * The operator is killed and started again in a cluster of 5,000 pods and 1,000 policies, with 50 agents that do
 * all but write to a kernel, and those of the lab. Until it has everybody's word that its bundle is enforced.
 */
export async function measureRestart(weir: WeirCluster): Promise<readonly Result[]> {
  await fill(weir);
  const [host = '', port = ''] = weir.address('operator').split(':');
  const relay = await Relay.open({ far: weir.cluster.operator.namespace, address: host, port: Number(port) });
  const agents = await simulate(weir, relay);
  try {
    const everybody = [...agents.keys(), ...weir.cluster.plan.nodes.map(({ name }) => name)];
    const confirmed = async (): Promise<boolean> => everybody.every((node) => weir.isInSync(node));
    await weir.cluster.until('everybody in sync', confirmed);
    // Status and accepted versions are written at a bounded rate.
    const quiet = async (): Promise<boolean> => requestsSince(weir, Date.now() - quietMs) === 0;
    await weir.cluster.until('an operator that has told all', quiet, settleMs);
    const changes = (): number => [...agents.values()].reduce((sum, agent) => sum + agent.changes.length, 0);
    const before = { changes: changes(), bytes: relay.received };
    await weir.end('operator', 'SIGKILL');
    const time = Date.now();
    const began = performance.now();
    await weir.startOperator();
    const served = performance.now() - began;
    while (!(await confirmed())) await sleep(10);
    const all = performance.now() - began;
    const bytes = (relay.received - before.bytes) / agents.size;
    await sleep(2_000);
    const result = (name: string, value: number, unit: string): Result => ({
      name,
      value,
      unit,
      better: 'lower',
    });
    return [
      result('restart_to_serving_ms', served, 'ms'),
      result('restart_to_confirmed_ms', all, 'ms'),
      result('restart_api_requests', requestsSince(weir, time), 'requests'),
      result('restart_bytes_an_agent', bytes, 'bytes'),
      result('restart_bundles_sent', changes() - before.changes, 'bundles'),
    ];
  } finally {
    for (const agent of agents.values()) await agent.client.stop();
    await relay.close();
  }
}

async function simulate(weir: WeirCluster, relay: Relay): Promise<ReadonlyMap<string, Agent>> {
  const authority = await openAuthority(weir.state('operator'), Date.now);
  const agents = new Map<string, Agent>();
  for (let index = 0; index < nodes; index++) {
    const node = nameOf('sim', index);
    const tls = { ...(await authority.issueNode(node)), serverName: operatorName };
    const retryMs = { first: 500, most: 5_000 };
    const agent = new Agent({ target: `127.0.0.1:${relay.port}`, tls, node, retryMs });
    agents.set(node, agent);
    agent.client.start();
  }
  return agents;
}
