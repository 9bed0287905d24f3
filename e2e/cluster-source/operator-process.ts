import { type ChildProcess, spawn } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { until } from '../sync/until.ts';

const main = join(import.meta.dirname, '../../operator/src/main.ts');

/** One operator, as it is started in production. */
export class OperatorProcess {
  readonly port: number;
  readonly healthPort: number;
  readonly metricsPort: number;
  readonly #child: ChildProcess;
  #output = '';

  private constructor(child: ChildProcess, ports: readonly number[]) {
    [this.port = 0, this.healthPort = 0, this.metricsPort = 0] = ports;
    this.#child = child;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
  }

  /**
   * @param state folder, whose authority is copied from `authority`
   * @param flags beside those for the API server, the ports and the election
   */
  static async start(options: {
    readonly kubeconfig: string;
    readonly state: string;
    readonly authority: string;
    readonly flags?: readonly string[];
  }): Promise<OperatorProcess> {
    const { kubeconfig, state, authority, flags = [] } = options;
    await mkdir(state, { recursive: true });
    for (const file of ['ca.crt', 'ca.key']) await copyFile(join(authority, file), join(state, file));
    const ports = await freePorts(3);
    const [agents, health, metrics] = ports.map((port) => `127.0.0.1:${port}`);
    const child = spawn(
      process.execPath,
      [
        ...[main, 'serve', `--kubeconfig=${kubeconfig}`, `--state=${state}`, '--log-format=json'],
        ...[`--listen=${agents}`, `--health-listen=${health}`, `--metrics-listen=${metrics}`],
        ...flags,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    return new OperatorProcess(child, ports);
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  get log(): string {
    return this.#output;
  }

  /** Resident, in bytes. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Waits until a line with that message is logged. */
  logged(message: string, ms = 15_000): Promise<void> {
    return until(
      `"${message}" in\n${this.#output}`,
      () => this.#output.includes(`"message":"${message}"`),
      ms,
    );
  }

  /** Body of an answer, with its status before it: "200 [+]objects ok". */
  async page(port: number, path: string): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return `${response.status} ${await response.text()}`;
  }

  /** @returns its exit code; null: it was killed. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    const ended = new Promise<number | null>((resolve) => this.#child.once('exit', resolve));
    this.#child.kill(signal);
    return ended;
  }
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports.push((server.address() as AddressInfo).port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}
