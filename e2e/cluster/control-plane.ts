import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult } from '../lab/command.ts';
import { runCommand } from '../lab/command.ts';
import { endProcesses, inNamespaceCommand, logEnd, signal, startProcess } from '../lab/process.ts';
import type { ProcessId } from '../lab/state.ts';
import { isAlive } from '../lab/state.ts';
import type { Binaries, BinaryName } from './binaries.ts';
import { buildBinaries } from './binaries.ts';
import { cacheFolder } from './cache-folder.ts';
import type { Authority, CertificateSubject } from './certificates.ts';
import type { ComponentName, ComponentSetup } from './components.ts';
import { componentCommand, componentNames } from './components.ts';
import { serverUrl, writeControlFiles } from './control-files.ts';
import { ClusterError } from './errors.ts';
import type { Credential } from './kubeconfig.ts';
import { kubeconfigText } from './kubeconfig.ts';
import type { Place } from './place.ts';
import { loopbackPlace } from './place.ts';

export interface ControlPlaneOptions {
  /** Default: on an address of 127.0.0.0/8, with free ports. */
  readonly place?: Place;
  /** false: the API server alone, without controllers and scheduler: cheap, for tests of clients. Default true. */
  readonly controllers?: boolean;
  /** More flags of kube-apiserver: "--flag=value". */
  readonly apiserverFlags?: readonly string[];
  readonly controllerManagerFlags?: readonly string[];
  /** Told what is being done. Default: what is built goes to stderr, for that takes minutes. */
  readonly report?: (step: string) => void;
}

/** What a ServiceAccount token is to say. */
export interface TokenRequest {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Default: the API server's own. */
  readonly audience?: string;
  /** Name of the pod that it is bound to, so that it also names the pod's node. */
  readonly pod?: string;
  /** Default 3600; the API server takes no less than 600. */
  readonly seconds?: number;
}

/** The API server would wait a minute for clients that hold their connections. */
const PATIENCE_MILLISECONDS = 2_000;
const READY_MILLISECONDS = 180_000;
const runs: readonly BinaryName[] = ['etcd', 'apiserver', 'kubectl', 'controllerManager', 'scheduler'];

/** A real API server on a real etcd, with controller-manager and scheduler, for one test. */
export class ControlPlane {
  readonly binaries: Binaries;
  /** "https://127.0.0.1:34567". */
  readonly server: string;
  readonly directory: string;
  readonly authority: Authority;
  readonly #place: Place;
  readonly #setup: ComponentSetup;
  readonly #processes = new Map<ComponentName, ProcessId>();

  private constructor(setup: ComponentSetup, authority: Authority) {
    this.binaries = setup.binaries;
    this.server = serverUrl(setup.place);
    this.directory = setup.place.directory;
    this.authority = authority;
    this.#place = setup.place;
    this.#setup = setup;
  }

  /**
   * Brings it up, building what is missing, and waits until pods can be made in namespace "default".
   * @throws ClusterError; then nothing is left of it
   */
  static async up(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const report = options.report ?? ((step) => process.stderr.write(`${step}\n`));
    const binaries = await buildBinaries(cacheFolder(process.env), runs, report);
    const place = options.place ?? (await loopbackPlace());
    const setup: ComponentSetup = {
      binaries,
      place,
      controllers: options.controllers ?? true,
      apiserverFlags: options.apiserverFlags ?? [],
      controllerManagerFlags: options.controllerManagerFlags ?? [],
    };
    try {
      const plane = new ControlPlane(setup, await writeControlFiles(place));
      await plane.#raise();
      return plane;
    } catch (error) {
      await place.leave();
      throw error;
    }
  }

  async #raise(): Promise<void> {
    await this.#launch('etcd');
    await this.start('apiserver');
    if (!this.#setup.controllers) return;
    await Promise.all([this.#launch('controller-manager'), this.#launch('scheduler')]);
    await this.#until('controller-manager', 'get', 'serviceaccount', 'default', '-n', 'default');
  }

  /** Path of the kubeconfig of an administrator: group system:masters. */
  get kubeconfig(): string {
    return join(this.directory, 'admin.kubeconfig');
  }

  /** Path of the log of all requests: one audit.k8s.io/v1 Event in JSON a line, level Metadata, once answered. */
  auditLog(): string {
    return join(this.directory, 'audit.log');
  }

  /** All that a component has logged, also before a restart. */
  log(component: ComponentName): string {
    return readFileSync(this.#logFile(component), 'utf8');
  }

  /** kubectl as administrator, where the API server is. */
  kubectl(...args: readonly string[]): Promise<CommandResult> {
    return this.kubectlAs(this.kubeconfig, args);
  }

  /** kubectl with a kubeconfig and something on its standard input. */
  kubectlAs(kubeconfig: string, args: readonly string[], input = ''): Promise<CommandResult> {
    const cache = join(this.directory, 'kubectl-cache');
    const command = [this.binaries.kubectl, `--kubeconfig=${kubeconfig}`, `--cache-dir=${cache}`, ...args];
    const { namespace } = this.#place;
    return runCommand(namespace === undefined ? command : inNamespaceCommand(namespace, command), input);
  }

  /** As kubectl, and it must succeed. @returns its output @throws ClusterError command-failed */
  async mustKubectl(...args: readonly string[]): Promise<string> {
    return mustSucceed(['kubectl', ...args], await this.kubectl(...args));
  }

  /** kubectl apply of manifests in YAML. @throws ClusterError command-failed */
  async apply(manifests: string): Promise<void> {
    const args = ['apply', '-f', '-'];
    mustSucceed(['kubectl', ...args], await this.kubectlAs(this.kubeconfig, args, manifests));
  }

  /** An object or a list, as the API server has it. @throws ClusterError command-failed */
  async get<T = unknown>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.mustKubectl('get', '-o', 'json', ...args)) as T;
  }

  /** A token by TokenRequest. @throws ClusterError command-failed */
  async token(request: TokenRequest): Promise<string> {
    const { namespace, serviceAccount, audience, pod, seconds = 3600 } = request;
    const flags = ['-n', namespace, `--duration=${seconds}s`];
    if (audience !== undefined) flags.push(`--audience=${audience}`);
    if (pod !== undefined) {
      const uid = await this.mustKubectl(
        'get',
        'pod',
        pod,
        '-n',
        namespace,
        '-o',
        'jsonpath={.metadata.uid}',
      );
      flags.push('--bound-object-kind=Pod', `--bound-object-name=${pod}`, `--bound-object-uid=${uid}`);
    }
    return (await this.mustKubectl('create', 'token', serviceAccount, ...flags)).trim();
  }

  /** Writes a kubeconfig for a ServiceAccount. @returns its path @throws ClusterError command-failed */
  async serviceAccountKubeconfig(namespace: string, serviceAccount: string): Promise<string> {
    const token = await this.token({ namespace, serviceAccount, seconds: 86_400 });
    return this.#writeKubeconfig(`${namespace}.${serviceAccount}`, { kind: 'token', token });
  }

  /** Writes a kubeconfig for any user, by a client certificate. @returns its path */
  async userKubeconfig(subject: CertificateSubject): Promise<string> {
    const own = await this.authority.issue(subject);
    return this.#writeKubeconfig(subject.user.replaceAll(/[^\w.-]/g, '_'), { kind: 'certificate', ...own });
  }

  #writeKubeconfig(name: string, credential: Credential): string {
    const path = join(this.directory, `${name}.kubeconfig`);
    const text = kubeconfigText(this.server, this.authority.pem.certificate, credential);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  /** Starts a component that is stopped, and waits until it serves. @throws ClusterError */
  async start(component: ComponentName): Promise<void> {
    await this.#launch(component);
    if (component === 'apiserver') await this.#until(component, 'get', '--raw', '/readyz');
  }

  /** Asks a component to end, and waits for it. */
  async stop(component: ComponentName): Promise<void> {
    await endProcesses(this.#idsOf(component), PATIENCE_MILLISECONDS);
  }

  /** kill -9. */
  async kill(component: ComponentName): Promise<void> {
    await endProcesses(this.#idsOf(component), 0);
  }

  async restart(component: ComponentName): Promise<void> {
    await this.stop(component);
    await this.start(component);
  }

  /**
   * Makes etcd forget all revisions but the newest. Once the API server has restarted (it answers from memory before
   * that), lists that go on from an old page and watches from an old version get 410. @throws ClusterError command-failed
   */
  async compact(): Promise<void> {
    const { namespace, loopback, etcdPort } = this.#place;
    const script = join(import.meta.dirname, 'compact-etcd.ts');
    const command = [process.execPath, script, `${loopback}:${etcdPort}`];
    const result = await runCommand(
      namespace === undefined ? command : inNamespaceCommand(namespace, command),
    );
    mustSucceed(['compact'], result);
  }

  /** SIGSTOP: it holds its connections and answers nothing. */
  freeze(component: ComponentName): void {
    for (const id of this.#idsOf(component)) signal(id, 'SIGSTOP');
  }

  thaw(component: ComponentName): void {
    for (const id of this.#idsOf(component)) signal(id, 'SIGCONT');
  }

  /** Ends everything and removes the files. */
  async down(): Promise<void> {
    // The scheduler first and etcd last: nobody then waits for what is gone.
    for (const component of componentNames.toReversed()) await this.stop(component);
    await this.#place.leave();
  }

  #idsOf(component: ComponentName): readonly ProcessId[] {
    const id = this.#processes.get(component);
    return id === undefined ? [] : [id];
  }

  #logFile(component: ComponentName): string {
    return join(this.directory, `${component}.log`);
  }

  async #launch(component: ComponentName): Promise<void> {
    if (this.#idsOf(component).some(isAlive)) return;
    const { namespace, marker } = this.#place;
    const command = componentCommand(component, this.#setup);
    const id = await startProcess({ command, namespace, log: this.#logFile(component), marker });
    this.#processes.set(component, id);
  }

  /** Waits until a kubectl command succeeds. */
  async #until(component: ComponentName, ...args: readonly string[]): Promise<void> {
    const deadline = Date.now() + READY_MILLISECONDS;
    for (;;) {
      const { code, stderr } = await this.kubectl(...args, '--request-timeout=10s');
      if (code === 0) return;
      const log = this.#logFile(component);
      if (!this.#idsOf(component).some(isAlive)) {
        throw new ClusterError('component-ended', `${component} has ended: ${logEnd(log)}`);
      }
      if (Date.now() > deadline) {
        const what = `kubectl ${args.join(' ')}: ${stderr.trim()}`;
        throw new ClusterError('component-not-ready', `${component} is not ready: ${what}\n${logEnd(log)}`);
      }
      await sleep(100);
    }
  }
}

function mustSucceed(args: readonly string[], { code, stdout, stderr }: CommandResult): string {
  if (code === 0) return stdout;
  throw new ClusterError('command-failed', `${args.join(' ')} ended with ${code}: ${stderr.trim()}`);
}
