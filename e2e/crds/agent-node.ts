import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun } from '../lab/command.ts';
import { mountBpffs } from '../lab/weir.ts';
import { repository } from './judge.ts';

const manifests = `
apiVersion: v1
kind: Node
metadata: { name: node-1 }
status: { addresses: [{ type: InternalIP, address: 10.98.0.1 }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, uid: web-1, labels: { app: web } }
spec: { nodeName: node-1, containers: [{ name: c, image: none }] }
status: { phase: Running, podIP: 10.99.0.2, podIPs: [{ ip: 10.99.0.2 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;
const operator = join(repository, 'operator/src/main.ts');
const agent = join(repository, 'node-agent/src/main.ts');

/** A network namespace that plays a node with one pod, an operator in it, and agents with what one gives them. */
export class AgentNode {
  readonly #name = `weir-caps-${process.pid}`;
  readonly #directory = mkdtempSync(join(tmpdir(), 'weir-caps-'));
  readonly #children: ChildProcess[] = [];

  get pins(): string {
    return `/sys/fs/bpf/${this.#name}`;
  }

  async up(): Promise<void> {
    await mountBpffs();
    const [node, pod] = [this.#name, `${this.#name}-pod`];
    await mustRun(['ip', 'netns', 'add', node]);
    await mustRun(['ip', 'netns', 'add', pod]);
    for (const command of [
      `-n ${node} link set lo up`,
      `-n ${node} link add veth0 type veth peer name eth0 netns ${pod}`,
      `-n ${node} address add 10.98.0.1/32 dev lo`,
      `-n ${node} link set veth0 up`,
      `-n ${pod} address add 10.99.0.2/32 dev eth0`,
      `-n ${pod} link set eth0 up`,
    ])
      await mustRun(['ip', ...command.split(' ')]);
    mkdirSync(join(this.#directory, 'manifests'));
    writeFileSync(join(this.#directory, 'manifests/all.yaml'), manifests);
    const state = join(this.#directory, 'operator');
    const certificate = [
      'certificate',
      '--state',
      state,
      '--node',
      'node-1',
      '--out',
      `${this.#directory}/tls`,
    ];
    await mustRun([process.execPath, operator, ...certificate]);
    const serve = [
      'serve',
      '--source',
      `${this.#directory}/manifests`,
      '--listen',
      '127.0.0.1:7443',
      '--state',
      state,
    ];
    this.#start([process.execPath, operator, ...serve]);
  }

  /** An agent that has these capabilities at most, and pins of its own. */
  startAgent(capabilities: readonly string[]): RunningAgent {
    const state = mkdtempSync(join(this.#directory, 'agent-'));
    // The manifest says NET_ADMIN; setpriv of Debian 12 knows the newest ones by their numbers.
    const numbers: Readonly<Record<string, string>> = { PERFMON: 'cap_38', BPF: 'cap_39' };
    const names = capabilities.map((name) => `+${numbers[name] ?? name.toLowerCase()}`);
    const confined = [
      'setpriv',
      '--no-new-privs',
      '--inh-caps=-all',
      `--bounding-set=${['-all', ...names].join(',')}`,
    ];
    const flags = ['--node', 'node-1', '--operator', '127.0.0.1:7443', '--tls', `${this.#directory}/tls`];
    const folders = ['--pins', this.pins, '--state', state, '--objects', join(repository, 'build/bpf')];
    const child = this.#start([...confined, process.execPath, agent, 'run', ...flags, ...folders]);
    return new RunningAgent(child, join(state, 'status.json'));
  }

  /** Takes away what the last agent has left. */
  async clear(): Promise<void> {
    await mustRun([process.execPath, agent, 'remove', '--pins', this.pins]);
  }

  async down(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    if (existsSync(this.pins)) await this.clear();
    for (const name of [this.#name, `${this.#name}-pod`])
      if (existsSync(`/run/netns/${name}`)) await mustRun(['ip', 'netns', 'del', name]);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #start(command: readonly string[]): ChildProcess {
    const child = spawn('nsenter', [`--net=/run/netns/${this.#name}`, ...command], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    return child;
  }
}

/** One agent's process, and what came of it. */
export class RunningAgent {
  readonly #child: ChildProcess;
  readonly #status: string;
  #text = '';

  constructor(child: ChildProcess, status: string) {
    this.#child = child;
    this.#status = status;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#text += text;
      });
  }

  /** All that it said. */
  get text(): string {
    return this.#text;
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** How many pods it governs; undefined: it has enforced nothing yet. */
  get attached(): number | undefined {
    if (!existsSync(this.#status)) return undefined;
    const { revision, attached } = JSON.parse(readFileSync(this.#status, 'utf8')) as Record<string, number>;
    return (revision ?? 0) > 0 ? attached : undefined;
  }

  async stop(): Promise<void> {
    if (this.ended) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    const killer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(killer);
  }
}
