import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientTls } from '@weir/node-agent/src/sync/open-stream.ts';
import type { SyncOptions } from '@weir/node-agent/src/sync/sync-client.ts';
import { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { openAuthority, operatorName } from '@weir/operator/src/trust/authority.ts';
import { ControlPlane } from '../cluster/control-plane.ts';
import { OperatorProcess } from '../cluster-source/operator-process.ts';
import { Agent } from '../sync/pair.ts';
import { until } from '../until.ts';

export const namespace = 'weir-system';

/** As users install them. */
const permissions = join(import.meta.dirname, '../../config/base/operator-rbac.yaml');

/** Two nodes with an agent's pod each, and what the operator may do, on a real API server. */
export class Stage {
  readonly plane: ControlPlane;
  readonly client: ApiClient;
  readonly folder: string;
  readonly #agents: Agent[] = [];
  readonly #operators: OperatorProcess[] = [];

  private constructor(plane: ControlPlane, folder: string) {
    this.plane = plane;
    this.folder = folder;
    this.client = ApiClient.open({ kind: 'kubeconfig', file: plane.kubeconfig });
  }

  static async open(): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'weir-trust-'));
    const plane = await ControlPlane.up({ controllers: false });
    const stage = new Stage(plane, folder);
    await openAuthority(join(folder, 'authority'), Date.now);
    await plane.apply(objects);
    await plane.mustKubectl('apply', '-n', namespace, '-f', permissions);
    for (const number of [1, 2]) await stage.agentPod(`agent-${number}`, `node-${number}`);
    return stage;
  }

  /** A pod of the agents' DaemonSet on that node. */
  async agentPod(name: string, node: string): Promise<void> {
    await this.plane.apply(`
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  nodeName: ${node}
  serviceAccountName: weir-agent
  hostNetwork: true
  containers: [{ name: agent, image: none }]
`);
  }

  async removePod(name: string): Promise<void> {
    await this.plane.mustKubectl('delete', 'pod', name, '-n', namespace, '--force', '--grace-period=0');
  }

  /** As kubelet projects it into a pod. */
  token(pod: string, audience = operatorName): Promise<string> {
    return this.plane.token({ namespace, serviceAccount: 'weir-agent', audience, pod });
  }

  /** What agents are to trust, as kubelet projects it. */
  async trusted(): Promise<string> {
    const map = await this.plane.get<{ data: Record<string, string> }>(
      'configmap',
      'weir-ca',
      '-n',
      namespace,
    );
    return map.data['ca.crt'] ?? '';
  }

  operator(...flags: readonly string[]): Promise<OperatorProcess> {
    return this.operatorAs('weir-operator', ...flags);
  }

  async operatorAs(serviceAccount: string, ...flags: readonly string[]): Promise<OperatorProcess> {
    const { certificate } = this.plane.authority.pem;
    const token = await this.plane.token({ namespace, serviceAccount });
    const operator = await OperatorProcess.start({
      source: { namespace, token, authority: certificate, server: this.plane.server },
      state: join(this.folder, `operator-${this.#operators.length}`),
      authority: join(this.folder, 'authority'),
      flags: ['--agent-trust=tokens', ...flags],
    });
    this.#operators.push(operator);
    return operator;
  }

  /** An agent that says it is that node and shows what the function gives. */
  agent(
    target: string,
    node: string,
    token: string | (() => Promise<string>),
    options: Partial<SyncOptions> = {},
  ): Agent {
    const tls = async (): Promise<ClientTls> => ({
      ca: Buffer.from(await this.trusted()),
      token: typeof token === 'string' ? token : await token(),
      serverName: operatorName,
    });
    const agent = new Agent({ target, node, tls, retryMs: { first: 100, most: 1_000 }, ...options });
    this.#agents.push(agent);
    agent.client.start();
    return agent;
  }

  /** Ends agents and operators. */
  async clear(): Promise<void> {
    for (const agent of this.#agents.splice(0)) await agent.client.stop();
    for (const operator of this.#operators) await operator.end('SIGKILL');
  }

  async close(): Promise<void> {
    await this.clear();
    this.client.close();
    await this.plane.down();
    await rm(this.folder, { recursive: true });
  }
}

/** Waits until an agent is turned away. @returns why */
export async function refusal(agent: Agent): Promise<string> {
  await until(
    () => `refusal; ${JSON.stringify(agent.client.state)}`,
    () => agent.client.state.kind === 'failed',
    60_000,
  );
  return agent.client.state.kind === 'failed' ? agent.client.state.reason : '';
}

const objects = `
apiVersion: v1
kind: Namespace
metadata: { name: ${namespace} }
---
apiVersion: v1
kind: Node
metadata: { name: node-1 }
---
apiVersion: v1
kind: Node
metadata: { name: node-2 }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: weir-agent, namespace: ${namespace} }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: stranger, namespace: ${namespace} }
`;
