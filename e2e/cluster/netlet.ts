import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabNode } from '../lab/plan.ts';
import { endProcesses, logEnd, startProcess } from '../lab/process.ts';
import type { ProcessId } from '../lab/state.ts';
import { isAlive } from '../lab/state.ts';
import type { ControlPlane } from './control-plane.ts';
import { ClusterError } from './errors.ts';

/** What runs in the place of an image. */
export interface ImageProgram {
  readonly command: readonly string[];
  /**
   * Whether its containers have a file system of their own: the machine's, writes to which go with the container,
   * with the pod's volumes in it (tokens, ConfigMaps, Secrets, fields, empty folders, host paths). Each node has host
   * paths of its own, but for /proc, /sys, /dev and /lib. Default false: they see the machine's, and no volume.
   */
  readonly volumes?: boolean;
}

export interface NetletOptions {
  readonly control: ControlPlane;
  readonly program: string;
  /** Where it runs: what reaches the API server. */
  readonly namespace: string;
  readonly marker: string;
  /** Gets its files and the logs of containers. */
  readonly directory: string;
  /** Names of pods' namespaces: the prefix and the pod's UID. */
  readonly prefix: string;
  readonly nodes: readonly LabNode[];
  readonly labels: (node: string) => Readonly<Record<string, string>>;
  /** By image name, see ClusterLabOptions. */
  readonly images: Readonly<Record<string, ImageProgram>>;
  /** What pods find in KUBERNETES_SERVICE_HOST and _PORT: "172.18.0.249:6443". */
  readonly apiserver: string;
  /** What is /sys/fs/bpf to the pods of a node. */
  readonly pins: (node: string) => string;
  readonly reuseAddresses: boolean;
}

const READY_MILLISECONDS = 120_000;

/** The process that plays kubelet for all nodes of a lab. */
export class Netlet {
  readonly #options: NetletOptions;
  #process: ProcessId | undefined;

  private constructor(options: NetletOptions) {
    this.#options = options;
  }

  /** @throws ClusterError component-ended, component-not-ready */
  static async up(options: NetletOptions): Promise<Netlet> {
    mkdirSync(options.directory, { recursive: true, mode: 0o700 });
    const netlet = new Netlet(options);
    await netlet.#writeConfig();
    await netlet.start();
    return netlet;
  }

  get log(): string {
    return join(this.#options.directory, 'netlet.log');
  }

  get #ready(): string {
    return join(this.#options.directory, 'ready');
  }

  /** Starts it again: pods that run are made anew. */
  async start(): Promise<void> {
    const { program, namespace, marker, directory } = this.#options;
    rmSync(this.#ready, { force: true });
    const command = [program, `-config=${join(directory, 'config.json')}`];
    const id = await startProcess({ command, namespace, log: this.log, marker });
    this.#process = id;
    const deadline = Date.now() + READY_MILLISECONDS;
    while (!existsSync(this.#ready)) {
      if (!isAlive(id)) throw new ClusterError('component-ended', `netlet has ended: ${logEnd(this.log)}`);
      if (Date.now() > deadline) {
        throw new ClusterError('component-not-ready', `netlet is not ready: ${logEnd(this.log)}`);
      }
      await sleep(20);
    }
  }

  /** Ends it, and with it all that runs in pods. */
  async stop(): Promise<void> {
    if (this.#process !== undefined) await endProcesses([this.#process]);
  }

  async #writeConfig(): Promise<void> {
    const { control, directory, prefix, nodes, labels, images, apiserver, pins, reuseAddresses } =
      this.#options;
    const kubeconfig = await control.userKubeconfig({ user: 'weir-netlet', groups: ['system:masters'] });
    const config = {
      prefix,
      kubeconfig,
      directory: join(directory, 'pods'),
      ready: this.#ready,
      images,
      apiserver,
      reuse: reuseAddresses,
      authority: control.authority.pem.certificate,
      nodes: await Promise.all(
        nodes.map(async (node) => ({
          ...node,
          labels: labels(node.name),
          pins: pins(node.name),
          ...(await control.authority.issue({ user: `system:node:${node.name}`, names: node.addresses })),
        })),
      ),
    };
    writeFileSync(join(directory, 'config.json'), JSON.stringify(config), { mode: 0o600 });
  }
}
