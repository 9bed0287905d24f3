import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ControlPlane } from '../cluster/control-plane.ts';
import { until } from '../until.ts';
import { repository } from './judge.ts';

/** The operator has done it by then. */
const doneMs = 120_000;

/** The operator as the ServiceAccount that config/ gives it, on an API server where that is installed. */
export class InstalledOperator {
  readonly #plane: ControlPlane;
  readonly #directory = mkdtempSync(join(tmpdir(), 'weir-operator-'));
  #process: ChildProcess | undefined;
  #text = '';

  constructor(plane: ControlPlane) {
    this.#plane = plane;
  }

  /** All that it has said. */
  get text(): string {
    return this.#text;
  }

  /** Where agents connect, "127.0.0.1:34567". */
  async address(): Promise<string> {
    const port = (): string | undefined => /"message":"serving agents","port":(\d+)/.exec(this.#text)?.[1];
    await this.until('it serves agents', () => port() !== undefined);
    return `127.0.0.1:${port()}`;
  }

  async start(): Promise<void> {
    const kubeconfig = await this.#plane.serviceAccountKubeconfig('weir-system', 'weir-operator');
    const own = join(this.#directory, 'kubeconfig');
    writeFileSync(own, readFileSync(kubeconfig, 'utf8'), { mode: 0o600 });
    await this.#plane.kubectlAs(own, ['config', 'set-context', '--current', '--namespace=weir-system']);
    await this.#permitted();
    const flags = ['--kubeconfig', own, '--leader-election', '--agent-trust=tokens', '--listen=127.0.0.1:0'];
    const main = join(repository, 'operator/src/main.ts');
    const state = ['--state', join(this.#directory, 'state')];
    this.#text = '';
    this.#process = spawn(process.execPath, [main, 'serve', ...flags, ...state]);
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#text += chunk;
      });
  }

  /** The API server knows its Roles a moment after they were applied. */
  async #permitted(): Promise<void> {
    for (const what of [
      ['list', 'pods'],
      ['create', 'leases', '-n', 'weir-system'],
    ]) {
      // Asked by an administrator: what the operator itself asks for is counted.
      const can = ['auth', 'can-i', ...what, '--as=system:serviceaccount:weir-system:weir-operator'];
      await this.until(
        `its permission to ${what.join(' ')}`,
        async () => (await this.#plane.kubectl(...can)).code === 0,
      );
    }
  }

  /** Waits until it has made something so. */
  until(what: string | (() => string), condition: () => boolean | Promise<boolean>): Promise<void> {
    const text = (): string => (typeof what === 'string' ? what : what());
    return until(() => `${text()}; ${this.#text.slice(-2_000)}`, condition, doneMs);
  }

  /** Lets it give its lease back. */
  async stop(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }

  /** Ends it, and removes its files. */
  async close(): Promise<void> {
    this.#process?.kill('SIGKILL');
    this.#process = undefined;
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
