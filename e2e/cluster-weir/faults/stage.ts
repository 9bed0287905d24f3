import assert from 'node:assert/strict';
import { ApiError } from '@weir/operator/src/source/kube/api-error.ts';
import { deployment } from '../../cluster/deployment.ts';
import type { PodView } from '../../cluster/pod-view.ts';
import { LabError } from '../../lab/errors.ts';
import { onlyFrom } from '../only-from.ts';
import { type Reach, untilReach } from '../reach.ts';
import { Shots } from '../shots.ts';
import { packetsOfOneLoss, toldDenials } from '../told-denials.ts';
import { agentOf, type OperatorStart, WeirCluster } from '../weir-cluster.ts';
import { ciliumPath, closed, denial, podOn, podPath, policyPath } from './objects.ts';

export interface PolicyStatus {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly status?: { readonly conditions?: readonly Told[] };
}

export interface BundleStatus {
  readonly metadata: { readonly name: string };
  readonly status?: {
    readonly revision?: number;
    readonly enforced?: number;
    readonly conditions?: readonly Told[];
  };
}

export interface Told {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
}

interface Event {
  readonly reason: string;
  readonly note?: string;
  readonly regarding?: { readonly name?: string };
}

const metricsPorts: Readonly<Record<string, number>> = { operator: 9441, second: 9442 };
const metricsFlag = (operator: string): string => `--metrics-listen=127.0.0.1:${metricsPorts[operator]}`;

/** The cluster that all faults happen to: pods of servers, two on a node, of a client that they let in, and of another. */
export class FaultStage {
  readonly weir: WeirCluster;
  readonly web: readonly PodView[];
  readonly client: PodView;
  readonly other: PodView;
  /** Of those that run, the one that status is asked of. */
  operator = 'operator';

  private constructor(weir: WeirCluster, web: readonly PodView[], client: PodView, other: PodView) {
    this.weir = weir;
    this.web = web;
    this.client = client;
    this.other = other;
  }

  static async open(): Promise<FaultStage> {
    const weir = await WeirCluster.up({
      wiring: 'mixed',
      nodes: [{ name: 'node-1' }, { name: 'node-2' }, { name: 'node-3' }],
      operatorFlags: [metricsFlag('operator')],
      // Ten thousand objects are deleted at once here.
      controlPlane: { apiserverFlags: ['--delete-collection-workers=16'] },
    });
    try {
      const { cluster } = weir;
      // For a pod that is sent there, and for nothing else.
      await cluster.control.mustKubectl('cordon', 'node-3');
      await cluster.control.apply(
        [deployment('web', 2), deployment('client', 1), deployment('other', 1)].join('---\n'),
      );
      await cluster.control.apply(onlyFrom('web', 'web', 'client'));
      for (const node of ['node-1', 'node-2'])
        await weir.client.request({
          method: 'POST',
          path: podPath,
          body: podOn(node, `web-on-${node}`, 'web'),
        });
      const web = await cluster.waitReady('default', 'app=web', 4);
      const [client] = await cluster.waitReady('default', 'app=client');
      const [other] = await cluster.waitReady('default', 'app=other');
      assert.ok(client && other);
      const stage = new FaultStage(weir, web, client, other);
      await stage.becomes(other, 'deny');
      return stage;
    } catch (error) {
      await weir.down();
      throw error;
    }
  }

  /** Whatever has happened: what is applied now is enforced and told, and what was is so too. */
  async isWell(): Promise<void> {
    await this.becomes(this.client, 'allow');
    await this.becomes(this.other, 'deny');
    await this.deny('last');
    await this.becomes(this.client, 'deny');
    await this.enforced('last');
    await this.permit('last');
    await this.becomes(this.client, 'allow');
    await this.weir.inSync(this.operator);
    await this.bundlesReady();
  }

  /** Begins anew: one operator, its agents, and no policies but the one of the start. */
  async recover(): Promise<void> {
    const { weir } = this;
    await weir.cluster.control.start('apiserver');
    for (const name of ['operator', 'second']) if (weir.runs(name)) await weir.end(name, 'SIGKILL');
    await weir.client.request({ method: 'DELETE', path: ciliumPath });
    await weir.client.request({
      method: 'DELETE',
      path: policyPath,
      query: { fieldSelector: 'metadata.name!=web' },
    });
    this.operator = 'operator';
    await this.startOperator();
    for (const node of this.nodes) {
      if (weir.runs(agentOf(node))) await weir.end(agentOf(node));
      await weir.startAgent(node);
    }
    await weir.inSync();
  }

  /** Connections to all servers. */
  becomes(from: PodView, expected: Reach): Promise<void> {
    return untilReach(this.weir.cluster, from, this.web, expected);
  }

  /** Servers that have just started may refuse what they are asked. @param what see ClusterLab.until */
  until(what: string | (() => string), holds: () => Promise<boolean>): Promise<void> {
    let failure = '';
    const look = async (): Promise<boolean> => {
      try {
        failure = '';
        return await holds();
      } catch (error) {
        if (!(error instanceof ApiError || error instanceof LabError)) throw error;
        failure = error.message;
        return false;
      }
    };
    const said = (): string => `${typeof what === 'string' ? what : what()} ${failure}`;
    return this.weir.cluster.until(said, look);
  }

  post(path: string, body: unknown): Promise<unknown> {
    return this.weir.client.request({ method: 'POST', path, body });
  }

  create(name: string, app = 'nobody'): Promise<unknown> {
    return this.post(policyPath, closed(name, app));
  }

  remove(name: string, path = policyPath): Promise<unknown> {
    return this.weir.client.request({ method: 'DELETE', path: `${path}/${name}` });
  }

  deny(name: string): Promise<unknown> {
    return this.post(ciliumPath, denial(name));
  }

  permit(name: string): Promise<unknown> {
    return this.remove(name, ciliumPath);
  }

  /** Starts an operator that has a page of metrics. */
  async startOperator(options: OperatorStart = {}): Promise<void> {
    const { name = 'operator', flags = [] } = options;
    await this.weir.startOperator({ ...options, flags: [metricsFlag(name), ...flags] });
  }

  /** Waits for a line of an operator's metrics. */
  metric(line: RegExp, name = this.operator): Promise<void> {
    let page = '';
    // The lines of the same metric tell how far things came.
    const metric = /^\^?(\w+)/.exec(line.source)?.[1] ?? '';
    const seen = (): string =>
      page
        .split('\n')
        .filter((one) => one.startsWith(metric))
        .join('\n');
    return this.until(
      () => `${line} in the metrics of ${name}:\n${seen()}\n`,
      async () => {
        page = await this.metrics(name);
        return line.test(page);
      },
    );
  }

  async metrics(name = this.operator): Promise<string> {
    return this.weir.page(metricsPorts[name] ?? 0, '/metrics');
  }

  /** What is told of a CiliumNetworkPolicy. */
  async conditions(name: string): Promise<readonly Told[]> {
    const policy = (await this.weir.client.request({ path: `${ciliumPath}/${name}` })) as PolicyStatus;
    const { generation } = policy.metadata;
    return (policy.status?.conditions ?? []).filter(
      ({ observedGeneration }) => observedGeneration === generation,
    );
  }

  /** Waits until a CiliumNetworkPolicy is told to be enforced, as kubectl wait does. @returns what is told */
  async enforced(name: string): Promise<Told> {
    let told: Told | undefined;
    const look = async (): Promise<boolean> => {
      told = (await this.conditions(name)).find(({ type }) => type === 'Enforced');
      return told?.status === 'True';
    };
    await this.until(() => `Enforced of ${name}: ${JSON.stringify(told)}`, look);
    assert.ok(told);
    return told;
  }

  async policies(): Promise<readonly PolicyStatus[]> {
    const list = await this.weir.client.request({ path: ciliumPath });
    return (list as { readonly items: readonly PolicyStatus[] }).items;
  }

  /** By node. */
  async bundles(): Promise<ReadonlyMap<string, BundleStatus>> {
    const list = await this.weir.client.request({ path: '/apis/weir.dev/v1alpha1/policybundles' });
    const { items } = list as { readonly items: readonly BundleStatus[] };
    return new Map(items.map((bundle) => [bundle.metadata.name, bundle]));
  }

  /** Waits until the PolicyBundles tell that all nodes with an agent enforce what the operator wants. */
  async bundlesReady(): Promise<void> {
    const nodes = this.nodes.filter((node) => this.weir.runs(agentOf(node)));
    let seen: unknown;
    const look = async (): Promise<boolean> => {
      const bundles = await this.bundles();
      seen = [...bundles.values()].map(({ status }) => status);
      const wanted = this.weir.operatorStatus(this.operator).nodes;
      return nodes.every((node) => {
        const { revision, enforced, conditions = [] } = bundles.get(node)?.status ?? {};
        const isTrue = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
        return isTrue && revision === enforced && revision === wanted[node]?.revision;
      });
    };
    await this.until(() => `PolicyBundles that are Ready: ${JSON.stringify(seen)}`, look);
  }

  get nodes(): readonly string[] {
    return this.weir.cluster.plan.nodes.map(({ name }) => name);
  }

  /** The reasons and notes of Events about an object. */
  async events(name: string): Promise<readonly string[]> {
    const list = await this.weir.client.request({ path: '/apis/events.k8s.io/v1/namespaces/default/events' });
    return (list as { readonly items: readonly Event[] }).items
      .filter(({ regarding }) => regarding?.name === name)
      .map(({ reason, note = '' }) => `${reason}: ${note}`);
  }

  /** Runs something under traffic of which every packet has to be judged as before. */
  async underTraffic(job: () => Promise<void>, interval = 20): Promise<void> {
    const logs = () => this.nodes.map((node) => this.weir.log(agentOf(node)));
    const deniedBefore = toldDenials(logs(), this.client).length;
    const allowed = this.#shots(this.client, interval, 10_000);
    const denied = this.#shots(this.other, interval, 2_000);
    try {
      await job();
    } finally {
      await Promise.all([...allowed, ...denied].map((one) => one.stop()));
    }
    const through = denied.map(({ answered }) => answered);
    const told = toldDenials(logs(), this.client).slice(deniedBefore);
    assert.deepEqual([told, through], [[], through.map(() => 0)], 'denied though allowed, and the other way');
    const missed = allowed.flatMap((one) => one.missed);
    const sent = allowed.reduce((sum, one) => sum + one.sent, 0);
    assert.ok(
      missed.length <= Math.ceil(sent / packetsOfOneLoss),
      `of ${sent} are lost: ${missed.join(', ')}`,
    );
  }

  #shots(from: PodView, interval: number, patienceMs: number): readonly Shots[] {
    return this.web.map(
      ({ addresses: [address = ''] }) =>
        new Shots({ namespace: from.network, address, port: 8081 }, interval, patienceMs),
    );
  }
}
