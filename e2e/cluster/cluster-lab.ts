import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult } from '../lab/command.ts';
import { runCommand } from '../lab/command.ts';
import { Lab } from '../lab/lab.ts';
import type { LabNode, LabPlace, LabPlan, WiringChoice } from '../lab/plan.ts';
import { podPrefix } from '../lab/plan.ts';
import { type ProbeResult, probeAll } from '../lab/probe.ts';
import type { ProbeProtocol } from '../lab/probe-request.ts';
import { inNamespaceCommand, startProcess } from '../lab/process.ts';
import type { ProcessId } from '../lab/state.ts';
import { mustReadState } from '../lab/state.ts';
import { pairUp } from '../lab/target.ts';
import { mountBpffs, pinsFolder } from '../lab/weir.ts';
import type { Binaries } from './binaries.ts';
import { buildBinaries } from './binaries.ts';
import { cacheFolder } from './cache-folder.ts';
import type { ControlPlaneOptions } from './control-plane.ts';
import { ControlPlane } from './control-plane.ts';
import { ClusterError } from './errors.ts';
import { startKubeProxy } from './kube-proxy.ts';
import type { ImageProgram } from './netlet.ts';
import { Netlet } from './netlet.ts';
import type { ClusterPlace, PodView } from './pod-view.ts';
import { readPods } from './pod-view.ts';

export interface ClusterNode {
  readonly name: string;
  /** Default: 10.244.N.0/24 and fd00:244:N::/64. */
  readonly podCidrs?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

export interface ClusterLabOptions {
  /** Small letters and digits, at most 16. Default "cluster" and the process's number. */
  readonly name?: string;
  /** Default: node-1 and node-2. */
  readonly nodes?: readonly ClusterNode[];
  /** Default p2p. */
  readonly wiring?: WiringChoice;
  /** Runs kube-proxy on every node, which needs nft(8). Default false. */
  readonly proxy?: boolean;
  /** Gives a freed address to the next pod. Default false: addresses go round. */
  readonly reuseAddresses?: boolean;
  /**
   * Programs that run in a pod's network namespace in the place of an image, by the last part of the image's name.
   * "agnhost" is there always; containers of images without a program run as nothing, for ever.
   */
  readonly images?: Readonly<Record<string, ImageProgram>>;
  readonly controlPlane?: Omit<ControlPlaneOptions, 'place' | 'report'>;
  readonly report?: (step: string) => void;
}

const READY_MILLISECONDS = 120_000;
const defaultNodes: readonly ClusterNode[] = [{ name: 'node-1' }, { name: 'node-2' }];

/**
 * A cluster with a real control plane on nodes that are network namespaces. Weir is not in it: it is started on top,
 * the operator in `operator.namespace` with a kubeconfig of its own, an agent in each node's namespace.
 */
export class ClusterLab {
  readonly lab: Lab;
  readonly control: ControlPlane;
  readonly netlet: Netlet;
  readonly #nodesFolder: string;

  private constructor(lab: Lab, control: ControlPlane, netlet: Netlet, nodesFolder: string) {
    this.lab = lab;
    this.control = control;
    this.netlet = netlet;
    this.#nodesFolder = nodesFolder;
  }

  /** Brings it up and waits until the nodes are ready. @throws ClusterError, LabError; then nothing is left of it */
  static async up(options: ClusterLabOptions = {}): Promise<ClusterLab> {
    const report = options.report ?? ((step) => process.stderr.write(`${step}\n`));
    const binaries = await buildBinaries(cacheFolder(process.env), undefined, report);
    const name = options.name ?? `cluster${process.pid}`;
    const nodes = options.nodes ?? defaultNodes;
    const folder = writeNodes(name, nodes);
    const wiring = options.wiring ?? 'p2p';
    const lab = await Lab.up({ folder, name, wiring, weir: false, control: true, report });
    try {
      await mountBpffs();
      for (const node of lab.plan.nodes) mkdirSync(pinsOf(name, node.name), { recursive: true });
      report('starting the control plane');
      const control = await ControlPlane.up({ ...options.controlPlane, place: placeIn(lab, name), report });
      report('starting the nodes');
      const cluster = new ClusterLab(
        lab,
        control,
        await raiseNetlet(lab, name, control, binaries, options),
        folder,
      );
      await cluster.#raiseNodes(binaries, options);
      return cluster;
    } catch (error) {
      await lab.down();
      throw error;
    }
  }

  async #raiseNodes(binaries: Binaries, options: ClusterLabOptions): Promise<void> {
    const { control, plan } = this;
    const { marker } = mustReadState(plan.name);
    for (const node of options.proxy === true ? plan.nodes : []) {
      const program = binaries.proxy;
      await startKubeProxy(node, { control, program, marker, directory: this.lab.directory });
    }
    await this.until(`${plan.nodes.length} ready nodes`, async () => {
      const { stdout } = await this.kubectl('get', 'nodes', '-o', nodesReady);
      return stdout.split('\n').filter((line) => line === 'True').length === plan.nodes.length;
    });
  }

  /** Names and addresses: `plan.nodes` with their namespaces, `plan.world`. It has no pods, see pods(). */
  get plan(): LabPlan {
    return this.lab.plan;
  }

  /** Where an operator can run: agents reach its addresses, and it reaches the API server. */
  get operator(): LabPlace {
    return this.plan.operator;
  }

  /** In /run: logs and states. It goes with the cluster. */
  get directory(): string {
    return this.lab.directory;
  }

  /** In the environment (WEIR_LAB_MARKER) of all processes; what else is started with it ends with the cluster. */
  get marker(): string {
    return mustReadState(this.plan.name).marker;
  }

  /** Folder on bpffs for what is pinned on a node; it goes with the cluster. To pods it is /sys/fs/bpf. */
  pins(node: string): string {
    return pinsOf(this.plan.name, node);
  }

  kubectl(...args: readonly string[]): Promise<CommandResult> {
    return this.control.kubectl(...args);
  }

  /** The pods of a namespace, or of all, as they are now. @throws ClusterError command-failed */
  pods(namespace?: string): Promise<readonly PodView[]> {
    return readPods(this.control, this.plan, namespace);
  }

  /** Waits until all pods of a namespace that a selector matches, at least `count`, are ready. @throws ClusterError */
  async waitReady(namespace: string, selector: string, count = 1): Promise<readonly PodView[]> {
    let found: readonly PodView[] = [];
    const seen = (): string => found.map(({ name, phase, ready }) => `${name} ${phase} ${ready}`).join(', ');
    await this.until(
      () => `${count} ready pods ${selector} in ${namespace} (${seen()})`,
      async () => {
        found = await readPods(this.control, this.plan, namespace, selector);
        return found.length >= count && found.every(({ ready }) => ready);
      },
    );
    return found;
  }

  /** "NAMESPACE/POD", a node's name or "world". @throws ClusterError pod-unknown */
  async place(name: string): Promise<ClusterPlace> {
    const { nodes, world } = this.plan;
    if (name === 'world') return { kind: 'world', ...world };
    const node = nodes.find((candidate) => candidate.name === name);
    if (node !== undefined) return { kind: 'node', ...node };
    const [namespace = '', pod] = name.split('/');
    const found = (await this.pods(namespace)).find((candidate) => candidate.name === pod);
    if (found === undefined || found.addresses.length === 0) {
      throw new ClusterError('pod-unknown', `${name} is no pod with an address, no node and not "world"`);
    }
    return { kind: 'pod', namespace: found.network, addresses: found.addresses };
  }

  /**
   * Tries a real connection by every address family that both have. @param to a place, or an address
   * @throws ClusterError pod-unknown, LabError no-route
   */
  async probe(
    from: string,
    to: string,
    protocol: ProbeProtocol,
    port = 0,
    timeout?: number,
  ): Promise<readonly ProbeResult[]> {
    const source = await this.place(from);
    const target = /^[\d.]+$|:/.test(to)
      ? ({ kind: 'world', namespace: '', addresses: [to] } as const)
      : await this.place(to);
    const requests = pairUp({ ...source, name: from }, { ...target, name: to }).map((pair) => ({
      namespace: source.namespace,
      source: source.kind === 'world' ? pair.source : undefined,
      target: pair.target,
      protocol,
      port,
      // What agnhost answers, and the world too.
      datagram: 'echo ?\n',
    }));
    return probeAll(requests, timeout);
  }

  /** Runs a command of the machine in the network namespace of a place. @throws ClusterError pod-unknown */
  async exec(place: string, command: readonly string[]): Promise<CommandResult> {
    return runCommand(inNamespaceCommand((await this.place(place)).namespace, command));
  }

  /**
   * Starts a program that ends with the cluster: an operator in operator.namespace, an agent in a node's. Its log is
   * NAME.log in the directory. @throws LabError
   */
  start(name: string, namespace: string, command: readonly string[]): Promise<ProcessId> {
    const log = join(this.directory, `${name}.log`);
    return startProcess({ command, namespace, log, marker: this.marker });
  }

  /**
   * Commands that the condition runs may fail until it holds.
   * @param what is waited for; as a function it is asked only at the end, so that it can say what was seen last
   * @throws ClusterError timed-out
   */
  async until(
    what: string | (() => string),
    condition: () => Promise<boolean>,
    timeout = READY_MILLISECONDS,
  ): Promise<void> {
    const deadline = Date.now() + timeout;
    let failure: unknown;
    const holds = async (): Promise<boolean> => {
      try {
        failure = undefined;
        return await condition();
      } catch (error) {
        if (!(error instanceof ClusterError && error.code === 'command-failed')) throw error;
        failure = error;
        return false;
      }
    };
    while (!(await holds())) {
      if (Date.now() > deadline) {
        const text = `no ${typeof what === 'string' ? what : what()} in ${timeout} ms`;
        throw new ClusterError('timed-out', text, failure);
      }
      await sleep(100);
    }
  }

  /** Ends all processes and removes all namespaces and files. */
  async down(): Promise<void> {
    await this.netlet.stop();
    await this.control.down();
    await this.lab.down();
    rmSync(this.#nodesFolder, { recursive: true, force: true });
  }
}

const pinsOf = (lab: string, node: string): string => join(pinsFolder(lab), node);

const nodesReady = 'jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}';

/** The lab is planned from manifests of nodes alone. */
function writeNodes(name: string, nodes: readonly ClusterNode[]): string {
  const folder = join('/run/weir-cluster-nodes', name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const items = nodes.map(({ name: node, podCidrs = [] }) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: node },
    spec: { podCIDRs: podCidrs },
  }));
  writeFileSync(join(folder, 'nodes.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return folder;
}

/** The lab ends what runs there, by its marker, and removes the folder. */
function placeIn(lab: Lab, name: string): NonNullable<ControlPlaneOptions['place']> {
  const { control } = lab.plan;
  const [address] = control?.addresses ?? [];
  if (control === undefined || address === undefined) {
    throw new ClusterError('option-invalid', `lab ${name} has no place for an API server`);
  }
  return {
    namespace: control.namespace,
    address,
    loopback: '127.0.0.1',
    apiPort: 6443,
    etcdPort: 2379,
    etcdPeerPort: 2380,
    directory: join(lab.directory, 'control'),
    marker: mustReadState(name).marker,
    leave: async () => undefined,
  };
}

function raiseNetlet(
  lab: Lab,
  name: string,
  control: ControlPlane,
  binaries: Binaries,
  options: ClusterLabOptions,
): Promise<Netlet> {
  const labels = (node: string): Readonly<Record<string, string>> =>
    options.nodes?.find((candidate) => candidate.name === node)?.labels ?? {};
  return Netlet.up({
    control,
    program: binaries.netlet,
    namespace: placeIn(lab, name).namespace ?? '',
    marker: mustReadState(name).marker,
    directory: join(lab.directory, 'netlet'),
    prefix: podPrefix(name),
    nodes: lab.plan.nodes,
    labels,
    images: { agnhost: { command: [binaries.agnhost] }, ...options.images },
    apiserver: control.server.replace('https://', ''),
    pins: (node) => pinsOf(name, node),
    reuseAddresses: options.reuseAddresses ?? false,
  });
}

export type { ClusterPlace, LabNode, PodView };
