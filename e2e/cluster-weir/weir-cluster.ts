import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { ClusterLab, type ClusterLabOptions } from '../cluster/cluster-lab.ts';
import { mustRun } from '../lab/command.ts';
import { endProcesses, inNamespaceCommand, logEnd, repository, signal } from '../lab/process.ts';
import { isAlive, type ProcessId } from '../lab/state.ts';
import { Commits } from './commits.ts';
import { Relay } from './relay.ts';

export interface WeirClusterOptions extends ClusterLabOptions {
  /** Nodes that get no agent yet. */
  readonly later?: readonly string[];
  /** More flags of the operator. */
  readonly operatorFlags?: readonly string[];
}

export interface OperatorStart {
  /** Default "operator". Each listens on a port of its own. */
  readonly name?: string;
  /** Path; default: the operator's own, straight to the API server. */
  readonly kubeconfig?: string;
  readonly flags?: readonly string[];
  /** How long it may take until it serves, in milliseconds. Default two minutes. */
  readonly patience?: number;
}

export interface AgentStart {
  /** Names of those that it goes to, the first first. */
  readonly operators?: readonly string[];
  /** "host:port" where it finds them instead. */
  readonly target?: string;
  /** Folder with the compiled programs. */
  readonly objects?: string;
}

const operatorMain = join(repository, 'operator/src/main.ts');
const agentMain = join(repository, 'node-agent/src/main.ts');
const firstPort = 7443;
/** As in production, so that what the tests do needs no more permissions. */
const permissions = join(repository, 'config/base/operator-rbac.yaml');

/** A test cluster with Weir on it: operators and agents are processes of their own, with certificates. */
export class WeirCluster {
  readonly cluster: ClusterLab;
  /** Of an administrator, from this process. */
  readonly client: ApiClient;
  readonly #kubeconfig: string;
  readonly #relays: Relay[];
  readonly #processes = new Map<string, ProcessId>();
  readonly #commits = new Map<string, Commits>();
  readonly #ports = new Map<string, number>();

  private constructor(cluster: ClusterLab, kubeconfig: string, relay: Relay, client: ApiClient) {
    this.cluster = cluster;
    this.#kubeconfig = kubeconfig;
    this.#relays = [relay];
    this.client = client;
  }

  /** One operator, and an agent on each node. */
  static async up(options: WeirClusterOptions = {}): Promise<WeirCluster> {
    const cluster = await ClusterLab.up({ report: () => undefined, ...options });
    try {
      const weir = await WeirCluster.#install(cluster);
      await weir.startOperator({ flags: options.operatorFlags ?? [] });
      for (const { name } of cluster.plan.nodes)
        if (!options.later?.includes(name)) await weir.startAgent(name);
      return weir;
    } catch (error) {
      await cluster.down();
      throw error;
    }
  }

  static async #install(cluster: ClusterLab): Promise<WeirCluster> {
    const { control } = cluster;
    const crds = readdirSync(join(repository, 'crds')).filter((name) => /s\.yaml$/.test(name));
    const files = crds.flatMap((name) => ['-f', join(repository, 'crds', name)]);
    await control.mustKubectl('apply', ...files);
    await control.mustKubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=180s');
    await control.apply('apiVersion: v1\nkind: Namespace\nmetadata: { name: weir-system }');
    await control.apply(serviceAccounts);
    await control.mustKubectl('apply', '-n', 'weir-system', '-f', permissions);
    const kubeconfig = await control.serviceAccountKubeconfig('weir-system', 'weir-operator');
    const relay = await Relay.open(apiServer(cluster));
    const client = ApiClient.open({
      kind: 'kubeconfig',
      file: through(relay, control.kubeconfig, control.server),
    });
    return new WeirCluster(cluster, kubeconfig, relay, client);
  }

  get directory(): string {
    return this.cluster.directory;
  }

  /** Folder of an operator's state. */
  state(name: string): string {
    return join(this.directory, name);
  }

  log(name: string): string {
    return readFileSync(join(this.directory, `${name}.log`), 'utf8');
  }

  /** "172.18.0.250:7443" */
  address(operator: string): string {
    let port = this.#ports.get(operator);
    if (port === undefined) {
      port = firstPort + this.#ports.size;
      this.#ports.set(operator, port);
    }
    return `${this.cluster.operator.addresses[0]}:${port}`;
  }

  /** Waits until it serves agents. */
  async startOperator(options: OperatorStart = {}): Promise<void> {
    const { name = 'operator', kubeconfig = this.#kubeconfig, flags = [], patience } = options;
    const state = this.state(name);
    mkdirSync(state, { recursive: true });
    if (name !== 'operator')
      for (const file of ['ca.crt', 'ca.key'])
        copyFileSync(join(this.state('operator'), file), join(state, file));
    const log = join(this.directory, `${name}.log`);
    const served = (): number => (existsSync(log) ? this.log(name).split('"serving agents"').length : 1);
    const before = served();
    // What its former life has written says nothing of this one.
    rmSync(join(state, 'status.json'), { force: true });
    await this.#start(name, this.cluster.operator.namespace, [
      ...[process.execPath, operatorMain, 'serve', `--kubeconfig=${kubeconfig}`, `--state=${state}`],
      ...[`--listen=${this.address(name)}`, '--log-format=json', ...flags],
    ]);
    const serves = async (): Promise<boolean> => {
      this.#mustRun(name);
      return served() > before;
    };
    try {
      await this.cluster.until('agents served', serves, patience);
    } catch (error) {
      throw new Error(`${name}: ${logEnd(log)}`, { cause: error });
    }
  }

  async startAgent(node: string, options: AgentStart = {}): Promise<void> {
    const { operators = ['operator'], objects = join(repository, 'build/bpf') } = options;
    const { target = operators.map((operator) => this.address(operator)).join(',') } = options;
    const name = agentOf(node);
    const tls = join(this.directory, 'tls', node);
    if (!existsSync(tls)) {
      const state = ['--state', this.state('operator'), '--node', node, '--out', tls];
      mkdirSync(tls, { recursive: true });
      await mustRun([process.execPath, operatorMain, 'certificate', ...state]);
    }
    const found = this.cluster.plan.nodes.find((candidate) => candidate.name === node);
    mkdirSync(this.state(name), { recursive: true });
    await this.#leftBy(node);
    await this.#start(name, found?.namespace ?? '', [
      ...[
        process.execPath,
        agentMain,
        'run',
        '--node',
        node,
        '--tls',
        tls,
        '--pins',
        this.cluster.pins(node),
      ],
      ...['--operator', target],
      ...['--state', this.state(name), '--objects', objects, '--log-format', 'json'],
    ]);
  }

  /** Ends a process by its name: an operator's, or agent-NODE. SIGKILL ends it at once. */
  async end(name: string, how: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const id = this.#processes.get(name);
    this.#processes.delete(name);
    if (id === undefined) throw new Error(`${name} does not run`);
    if (how === 'SIGKILL') signal(id, how);
    await endProcesses([id], 10_000);
  }

  /** Whether it was started and not ended. */
  runs(name: string): boolean {
    return this.#processes.has(name);
  }

  /** What a node's kernel enforces. */
  commits(node: string): Commits {
    let found = this.#commits.get(node);
    if (found === undefined) {
      found = new Commits(this.cluster.pins(node));
      this.#commits.set(node, found);
    }
    return found;
  }

  /** Waits until all nodes with an agent have confirmed what an operator wants of them. */
  async inSync(operator = 'operator'): Promise<void> {
    await this.cluster.until(
      () => `confirmation by all agents: ${JSON.stringify(this.operatorStatus(operator).nodes)}`,
      async () => {
        const agents = [...this.#processes.keys()].filter((name) => name.startsWith(agentOf('')));
        return agents.every((agent) => this.isInSync(agent.slice(agentOf('').length), operator));
      },
    );
  }

  /** Waits until operators know that a node's former agent has left: it is not to be taken for the next one. */
  async #leftBy(node: string): Promise<void> {
    const operators = [...this.#processes.keys()].filter((name) => !name.startsWith(agentOf('')));
    await this.cluster.until(
      `end of the former connection of ${node} at ${operators.join()}`,
      async () => !operators.some((name) => this.operatorStatus(name).nodes[node]?.connected === true),
    );
  }

  /** Whether an operator that runs has the confirmation of a node's agent. */
  isInSync(node: string, operator = 'operator'): boolean {
    const status = this.operatorStatus(operator).nodes[node];
    if (!this.#processes.has(operator) || status?.connected !== true) return false;
    return status.digest !== null && status.digest === status.enforcedDigest;
  }

  /** A page of an operator's, such as its metrics; `port` at 127.0.0.1. */
  async page(port: number, path: string): Promise<string> {
    const script = `console.log(await (await fetch('http://127.0.0.1:${port}${path}')).text())`;
    const command = [process.execPath, '--input-type=module', '-e', script];
    return mustRun(inNamespaceCommand(this.cluster.operator.namespace, command));
  }

  operatorStatus(operator = 'operator'): OperatorStatus {
    const path = join(this.state(operator), 'status.json');
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as OperatorStatus) : { nodes: {} };
  }

  /** A way to the API server for an operator that can be cut. @returns it with a kubeconfig by it */
  async cuttable(): Promise<{ readonly relay: Relay; readonly kubeconfig: string }> {
    const relay = await Relay.open({ ...apiServer(this.cluster), near: this.cluster.operator.namespace });
    this.#relays.push(relay);
    return { relay, kubeconfig: through(relay, this.#kubeconfig, this.cluster.control.server) };
  }

  /** A way for a node's agent to an operator that can be cut. @returns it with what the agent is to be given */
  async cuttableOperator(
    node: string,
    operator = 'operator',
  ): Promise<{ readonly relay: Relay; readonly target: string }> {
    const [address = '', port] = this.address(operator).split(':');
    const near = this.cluster.plan.nodes.find(({ name }) => name === node)?.namespace ?? '';
    const far = this.cluster.operator.namespace;
    const relay = await Relay.open({ near, far, address, port: Number(port) });
    this.#relays.push(relay);
    return { relay, target: `127.0.0.1:${relay.port}` };
  }

  async down(): Promise<void> {
    for (const commits of this.#commits.values()) commits.close();
    this.client.close();
    await endProcesses([...this.#processes.values()], 5_000);
    for (const relay of this.#relays) await relay.close();
    await this.cluster.down();
  }

  async #start(name: string, namespace: string, command: readonly string[]): Promise<void> {
    this.#processes.set(name, await this.cluster.start(name, namespace, command));
  }

  #mustRun(name: string): void {
    const id = this.#processes.get(name);
    if (id === undefined || !isAlive(id)) throw new Error(`${name} has ended`);
  }
}

export interface OperatorStatus {
  readonly nodes: Readonly<
    Record<
      string,
      {
        readonly connected: boolean;
        readonly revision: number;
        readonly digest: string | null;
        readonly enforcedDigest: string | null;
      }
    >
  >;
  readonly problems?: readonly string[];
}

export const agentOf = (node: string): string => `agent-${node}`;

const apiServer = ({ operator, control }: ClusterLab) => {
  const { hostname, port } = new URL(control.server);
  return { far: operator.namespace, address: hostname, port: Number(port) };
};

/** @returns path of a kubeconfig like the given one, by a relay */
function through({ port }: Relay, kubeconfig: string, server: string): string {
  const path = `${kubeconfig}.relay-${port}`;
  const text = readFileSync(kubeconfig, 'utf8').replaceAll(server, `https://127.0.0.1:${port}`);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const serviceAccounts = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: weir-operator, namespace: weir-system }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: weir-agent, namespace: weir-system }
`;
