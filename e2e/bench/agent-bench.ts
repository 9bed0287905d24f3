import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import { openAuthority } from '@weir/operator/src/trust/authority.ts';
import { inNamespaceCommand, repository } from '../lab/process.ts';
import { mountBpffs } from '../lab/weir.ts';
import { until } from '../until.ts';
import { type Memory, readMemory } from './agent-memory.ts';
import { AgentNode, benchNode, operatorHost } from './agent-node.ts';
import type { AgentState } from './agent-operator.ts';
import { benchPins } from './leftovers.ts';

export interface Size {
  readonly pods: number;
  readonly prefixes: number;
}

const syncMs = 120_000;

/** A node with pods, an operator that has a bundle for it, and one agent at a time. */
export class AgentBench {
  readonly node: AgentNode;
  /** With the agent's state, keys and certificates. */
  readonly folder = mkdtempSync(join(tmpdir(), 'weir-bench-'));
  readonly #size: Size;
  #operator: ChildProcess | undefined;
  #agent: ChildProcess | undefined;
  #state: AgentState | undefined;

  constructor(size: Size) {
    this.#size = size;
    this.node = new AgentNode(size.pods);
  }

  async up(): Promise<void> {
    await mountBpffs();
    const authority = await openAuthority(join(this.folder, 'authority'), Date.now);
    const { ca, cert, key } = await authority.issueNode(benchNode);
    const tls = join(this.folder, 'tls');
    mkdirSync(tls);
    for (const [name, content] of Object.entries({ 'ca.crt': ca, 'tls.crt': cert, 'tls.key': key }))
      writeFileSync(join(tls, name), content, { mode: 0o600 });
    await this.node.up();
    const script = join(import.meta.dirname, 'agent-operator.ts');
    const flags = [join(this.folder, 'authority'), String(this.#size.pods), String(this.#size.prefixes)];
    const operator = this.#start(
      [process.execPath, script, ...flags],
      ['ignore', 'inherit', 'inherit', 'ipc'],
    );
    operator.on('message', (state: AgentState) => {
      this.#state = state;
    });
    this.#operator = operator;
    await until('an operator', () => this.#state !== undefined, syncMs);
  }

  /** Milliseconds from the start of the process to the operator's knowledge that its bundle is enforced. */
  async startAgent(program: readonly string[]): Promise<number> {
    await until('an operator without an agent', () => this.#state?.inSync === false, syncMs);
    const began = Number(process.hrtime.bigint()) / 1e6;
    const flags = {
      node: benchNode,
      operator: `${operatorHost}:${this.#state?.port}`,
      tls: join(this.folder, 'tls'),
      pins: benchPins,
      state: join(this.folder, 'state'),
      'log-level': 'warn',
    };
    const list = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
    const agent = this.#start([...program, 'run', ...list], ['ignore', 'ignore', 'inherit']);
    this.#agent = agent;
    await until(
      'an agent in sync',
      () => {
        if (agent.exitCode !== null || agent.signalCode !== null) throw new Error('the agent has ended');
        return this.#state?.inSync === true;
      },
      syncMs,
    );
    return (this.#state?.at ?? Number.NaN) - began;
  }

  async endAgent(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const agent = this.#agent;
    if (agent === undefined || agent.exitCode !== null || agent.signalCode !== null) return;
    const ended = once(agent, 'exit');
    agent.kill(signal);
    await ended;
  }

  async change(number: number): Promise<void> {
    const former = this.#state?.revision ?? 0;
    this.#operator?.send(number);
    await until(
      'a change in force',
      () => this.#state?.inSync === true && this.#state.revision > former,
      syncMs,
    );
  }

  get pid(): number {
    return this.#agent?.pid ?? 0;
  }

  memory(): Memory {
    return readMemory(this.pid);
  }

  async down(): Promise<void> {
    await this.endAgent('SIGKILL');
    this.#operator?.kill('SIGKILL');
    removeDatapath(benchPins);
    this.node.down();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #start(command: readonly string[], stdio: StdioOptions): ChildProcess {
    const [program = '', ...rest] = inNamespaceCommand(this.node.name, command);
    // Not as a flag: an image has programs of its own.
    const env = { ...process.env, WEIR_OBJECTS: join(repository, 'build/bpf') };
    return spawn(program, rest, { cwd: repository, stdio, env });
  }
}
