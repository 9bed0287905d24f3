import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ownLoopback, ownPorts } from '../own-loopback.ts';
import { until } from '../until.ts';
import { type PodIdentity, podCommand } from './pod-command.ts';

const main = join(import.meta.dirname, '../../operator/src/main.ts');

/** An operator that has not answered by then is not slow but stuck. */
const pageMs = 30_000;

export interface StartOptions {
  /** Path of a kubeconfig, or who it is as a pod. */
  readonly source: string | PodIdentity;
  readonly state: string;
  /** Folder whose authority is copied to the state folder. */
  readonly authority: string;
  readonly flags?: readonly string[];
}

/** One operator, as it is started in production. */
export class OperatorProcess {
  readonly healthPort: number;
  readonly metricsPort: number;
  readonly #port: number;
  readonly #child: ChildProcess;
  #output = '';

  private constructor(child: ChildProcess, ports: readonly number[]) {
    [this.#port = 0, this.healthPort = 0, this.metricsPort = 0] = ports;
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
  }

  static async start(options: StartOptions): Promise<OperatorProcess> {
    const { source, state, authority, flags = [] } = options;
    await mkdir(state, { recursive: true });
    for (const file of ['ca.crt', 'ca.key']) await copyFile(join(authority, file), join(state, file));
    const ports = await ownPorts(3);
    const [agents, health, metrics] = ports.map((port) => `${ownLoopback}:${port}`);
    const command = [
      ...[process.execPath, main, 'serve', `--state=${state}`, '--log-format=json'],
      ...[`--listen=${agents}`, `--health-listen=${health}`, `--metrics-listen=${metrics}`],
      ...(typeof source === 'string' ? [`--kubeconfig=${source}`] : ['--in-cluster']),
      ...flags,
    ];
    const [program = '', ...args] =
      typeof source === 'string' ? command : await podCommand(source, `${state}.pod`, command);
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    return new OperatorProcess(child, ports);
  }

  get address(): string {
    return `${ownLoopback}:${this.#port}`;
  }

  get log(): string {
    return this.#output;
  }

  /** Waits until a line with that message is logged. */
  async logged(message: string, ms = 60_000): Promise<void> {
    const found = (): boolean => this.#output.includes(`"message":"${message}"`);
    await until(message, found, ms).catch(() => {
      throw new Error(`not within ${ms} ms: "${message}" in\n${this.#output}`);
    });
  }

  /** Body of an answer, with its status before it: "200 [+]objects ok". */
  async page(port: number, path: string): Promise<string> {
    const signal = AbortSignal.timeout(pageMs);
    const response = await fetch(`http://${ownLoopback}:${port}${path}`, { signal });
    return `${response.status} ${await response.text()}`;
  }

  /** Waits until a page has a line like that. @returns the page */
  async shows(port: number, path: string, line: RegExp): Promise<string> {
    let page = '';
    const holds = async (): Promise<boolean> => {
      page = await this.page(port, path);
      return line.test(page);
    };
    await until(() => `${line} in ${path}:\n${page}`, holds, 60_000);
    return page;
  }

  /** @returns its exit code; null: it was killed. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const ended = new Promise<number | null>((resolve) => this.#child.once('exit', resolve));
    this.#child.kill(signal);
    return ended;
  }
}
