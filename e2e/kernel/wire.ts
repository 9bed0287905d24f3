import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { removeLeftNamespaces } from './leftovers.ts';
import type { Programs } from './programs.ts';

/** Milliseconds. */
const scriptTimeout = 30_000;

const run = (program: string, args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/**
 * A node and a pod in network namespaces of their own, joined by a veth pair; the programs are clsact filters at the
 * node's side. Addresses: node 10.4.0.1 and fd04::1, pod 10.9.0.1 and fd09::1.
 */
export class Wire {
  /** Of the node's side. */
  readonly ifindex: number;
  readonly #names: { readonly node: string; readonly pod: string };
  readonly #servers: ChildProcess[] = [];

  constructor(programs: Programs) {
    this.#names = { node: `weir-node-${process.pid}`, pod: `weir-pod-${process.pid}` };
    const { node, pod } = this.#names;
    for (const prefix of ['weir-node-', 'weir-pod-']) removeLeftNamespaces(prefix);
    for (const name of [node, pod]) run('ip', ['netns', 'add', name]);
    run('ip', ['-n', node, 'link', 'add', 'veth', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', pod]);
    this.#address('node', 'veth', '10.4.0.1', 'fd04::1', '10.9.0.1', 'fd09::1');
    this.#address('pod', 'eth0', '10.9.0.1', 'fd09::1', '10.4.0.1', 'fd04::1');
    this.ifindex = JSON.parse(run('ip', ['-n', node, '-j', 'link', 'show', 'veth']))[0].ifindex;
    this.inside('node', 'tc', 'qdisc', 'add', 'dev', 'veth', 'clsact');
    for (const [hook, program] of [
      ['ingress', 'pod_egress'],
      ['egress', 'pod_ingress'],
    ] as const)
      this.inside(
        'node',
        ...['tc', 'filter', 'add', 'dev', 'veth', hook, 'prio', '1', 'protocol', 'all'],
        ...['bpf', 'direct-action', 'object-pinned', `${programs.pins}/progs/${program}`],
      );
  }

  /** Runs a command in one of the namespaces; throws where it fails. nsenter, since `ip netns exec` hides bpffs. */
  inside(where: 'node' | 'pod', ...command: readonly string[]): string {
    return run('nsenter', [`--net=/run/netns/${this.#names[where]}`, ...command]);
  }

  /** Runs a Node script, or a line of one, in one of the namespaces; what it prints, or undefined where it fails. */
  async script(where: 'node' | 'pod', ...args: readonly string[]): Promise<string | undefined> {
    const command = [`--net=/run/netns/${this.#names[where]}`, process.execPath, ...args];
    try {
      return (await promisify(execFile)('nsenter', command, { timeout: scriptTimeout })).stdout.trim();
    } catch {
      return undefined;
    }
  }

  /** Runs a line of a Node script in one of the namespaces until the wire is closed; resolves when it has printed. */
  async serve(where: 'node' | 'pod', line: string): Promise<void> {
    const command = [`--net=/run/netns/${this.#names[where]}`, process.execPath, '-e', line];
    const child = spawn('nsenter', command, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#servers.push(child);
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`a server exited: ${code}`)));
    await Promise.race([once(child.stdout, 'data'), ended]);
  }

  /** Sends a frame out of the pod's device, as it is. */
  async sendFromPod(frame: Buffer): Promise<void> {
    const sent = await this.script(
      'pod',
      `${import.meta.dirname}/send-frame.ts`,
      'eth0',
      frame.toString('hex'),
    );
    if (sent === undefined) throw new Error('send-frame.ts failed');
  }

  async close(): Promise<void> {
    for (const child of this.#servers) if (child.exitCode === null && child.kill()) await once(child, 'exit');
    for (const name of Object.values(this.#names)) run('ip', ['netns', 'del', name]);
  }

  #address(
    where: 'node' | 'pod',
    device: string,
    ip4: string,
    ip6: string,
    peer4: string,
    peer6: string,
  ): void {
    const ip = (...args: readonly string[]) => run('ip', ['-n', this.#names[where], ...args]);
    ip('addr', 'add', `${ip4}/32`, 'dev', device);
    ip('addr', 'add', `${ip6}/128`, 'dev', device, 'nodad');
    for (const link of ['lo', device]) ip('link', 'set', link, 'up');
    ip('route', 'add', `${peer4}/32`, 'dev', device);
    ip('route', 'add', `${peer6}/128`, 'dev', device);
  }
}
