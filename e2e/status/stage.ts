import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { ApiError } from '@weir/operator/src/source/kube/api-error.ts';
import { type Condition, readConditions } from '@weir/operator/src/status/condition.ts';
import { type Authority, openAuthority, operatorName } from '@weir/operator/src/trust/authority.ts';
import { ControlPlane } from '../cluster/control-plane.ts';
import { OperatorProcess } from '../cluster-source/operator-process.ts';
import { Agent } from '../sync/pair.ts';
import { until } from '../until.ts';

const crds = join(import.meta.dirname, '../../crds');
export const bundlePath = '/apis/weir.dev/v1alpha1/policybundles';

/** The user that operators are, so that their writes are told from others in the audit log. */
const operatorUser = 'weir-operator';

export interface AuditEntry {
  readonly verb: string;
  readonly requestURI: string;
  readonly requestReceivedTimestamp: string;
  readonly user: { readonly username: string };
}

/** A real API server with our CRDs, and operators and agents on it that are ended with it. */
export class Stage {
  readonly plane: ControlPlane;
  readonly client: ApiClient;
  readonly authority: Authority;
  readonly #folder: string;
  readonly #kubeconfig: string;
  readonly #operators: OperatorProcess[] = [];
  readonly #agents: Agent[] = [];
  #count = 0;

  private constructor(plane: ControlPlane, folder: string, authority: Authority, kubeconfig: string) {
    this.plane = plane;
    this.client = ApiClient.open({ kind: 'kubeconfig', file: plane.kubeconfig });
    this.#folder = folder;
    this.authority = authority;
    this.#kubeconfig = kubeconfig;
  }

  static async open(): Promise<Stage> {
    const plane = await ControlPlane.up({ controllers: false });
    const folder = await mkdtemp(join(tmpdir(), 'weir-status-'));
    const authority = await openAuthority(join(folder, 'authority'), Date.now);
    const kubeconfig = await plane.userKubeconfig({ user: operatorUser, groups: ['system:masters'] });
    const stage = new Stage(plane, folder, authority, kubeconfig);
    try {
      await stage.#install();
    } catch (error) {
      await stage.close();
      throw error;
    }
    return stage;
  }

  async #install(): Promise<void> {
    const files = [
      'ciliumnetworkpolicies',
      'ciliumclusterwidenetworkpolicies',
      'clusternetworkpolicies',
      'policybundles',
      'ciliumcidrgroups',
    ];
    const flags = files.flatMap((file) => ['-f', join(crds, `${file}.yaml`)]);
    await this.plane.mustKubectl('apply', '--server-side', ...flags);
    const cilium = '/apis/cilium.io/v2';
    const tiered = '/apis/policy.networking.k8s.io/v1alpha2/clusternetworkpolicies';
    for (const path of [bundlePath, tiered, `${cilium}/${files[0]}`, `${cilium}/${files[1]}`]) {
      // While it is being set up, the API server answers in many ways.
      const look = () => this.get(path).catch(() => undefined);
      await eventually(`${path} to be served`, look, (list) => list !== undefined, 180_000);
    }
  }

  /** Where the authority of all its operators is. */
  get authorityFolder(): string {
    return join(this.#folder, 'authority');
  }

  /** As operators use it. */
  get operatorKubeconfig(): string {
    return this.#kubeconfig;
  }

  async operator(...flags: readonly string[]): Promise<OperatorProcess> {
    this.#count += 1;
    const operator = await OperatorProcess.start({
      source: this.#kubeconfig,
      state: join(this.#folder, `operator-${this.#count}`),
      authority: this.authorityFolder,
      flags,
    });
    this.#operators.push(operator);
    await operator.logged('serving agents', 180_000);
    return operator;
  }

  async agent(node: string, ...operators: readonly OperatorProcess[]): Promise<Agent> {
    const tls = { ...(await this.authority.issueNode(node)), serverName: operatorName };
    const target = operators.map(({ address }) => address).join(',');
    const agent = new Agent({
      target,
      tls,
      node,
      version: 'v1.2.3',
      capabilities: ['ipv6', 'tcx', 'attach=tcx', 'kernel=6.18.0'],
      retryMs: { first: 50, most: 500 },
    });
    this.#agents.push(agent);
    agent.client.start();
    return agent;
  }

  /** Requests of operators that write, in their order. */
  async writes(since = 0): Promise<readonly AuditEntry[]> {
    // The last may be just being written.
    const lines = (await readFile(this.plane.auditLog(), 'utf8')).split('\n').slice(0, -1);
    return lines
      .map((line): AuditEntry => JSON.parse(line))
      .filter(({ user, verb }) => user.username === operatorUser && !['get', 'list', 'watch'].includes(verb))
      .filter(({ requestReceivedTimestamp }) => Date.parse(requestReceivedTimestamp) >= since)
      .filter(({ requestURI }) => !requestURI.includes('/leases'))
      .sort((a, b) => a.requestReceivedTimestamp.localeCompare(b.requestReceivedTimestamp));
  }

  /** Waits until operators have written nothing for a while. @returns when that began, as Date.now() */
  async quiet(ms: number): Promise<number> {
    let began = Date.now();
    await eventually(
      'no writes',
      async () => {
        await sleep(ms / 4);
        began = Date.now() - ms;
        return (await this.writes(began)).map(({ verb, requestURI }) => `${verb} ${requestURI}`);
      },
      (seen) => seen.length === 0,
      180_000,
    );
    return began;
  }

  async node(name: string): Promise<void> {
    await this.client.request({
      method: 'POST',
      path: '/api/v1/nodes',
      body: {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name },
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      },
    });
  }

  async pod(
    name: string,
    node: string,
    address: string,
    labels: Readonly<Record<string, string>>,
  ): Promise<void> {
    const path = '/api/v1/namespaces/default/pods';
    const spec = { nodeName: node, containers: [{ name: 'main', image: 'none' }] };
    await this.client.request({
      method: 'POST',
      path,
      body: { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec },
    });
    await this.client.request({
      method: 'PATCH',
      path: `${path}/${name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: { phase: 'Running', podIP: address, podIPs: [{ ip: address }] } },
    });
  }

  /** Undefined: there is no such object. */
  async get(path: string): Promise<unknown> {
    try {
      return await this.client.request({ path });
    } catch (error) {
      if (error instanceof ApiError && error.notFound) return undefined;
      throw error;
    }
  }

  /** "True Enforced: 1/1 nodes" of one condition of a policy; undefined: it does not have it. */
  async condition(path: string, type: string): Promise<(Condition & { readonly text: string }) | undefined> {
    const object = await this.get(path);
    const status =
      typeof object === 'object' && object !== null && 'status' in object ? object.status : undefined;
    const found = readConditions(status).find((one) => one.type === type);
    return found && { ...found, text: `${found.status} ${found.reason}: ${found.message}` };
  }

  /** Ends operators and agents. */
  async clear(): Promise<void> {
    for (const agent of this.#agents.splice(0)) await agent.client.stop();
    for (const operator of this.#operators.splice(0)) await operator.end('SIGKILL');
  }

  async close(): Promise<void> {
    await this.clear();
    this.client.close();
    await this.plane.down();
    await rm(this.#folder, { recursive: true });
  }
}

/** Looks until what it sees is so. @returns it */
export async function eventually<T>(
  what: string,
  look: () => Promise<T>,
  is: (seen: T) => boolean,
  ms = 60_000,
): Promise<T> {
  let seen = await look();
  const holds = async (): Promise<boolean> => {
    if (is(seen)) return true;
    seen = await look();
    return is(seen);
  };
  await until(() => `${what}; last seen: ${JSON.stringify(seen)}`, holds, ms);
  return seen;
}
