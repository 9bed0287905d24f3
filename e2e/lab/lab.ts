import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandResult } from './command.ts';
import { runCommand } from './command.ts';
import { takeDown } from './down.ts';
import { LabError } from './errors.ts';
import { readJson, replaceFile } from './files.ts';
import type { Flow } from './flow.ts';
import type { LabPlan } from './plan.ts';
import { type ProbeResult, patience, probeAll, type Timeout } from './probe.ts';
import type { ProbeProtocol, ProbeRequest } from './probe-request.ts';
import { endProcesses, inNamespaceCommand, logEnd } from './process.ts';
import type { LabState, ProcessId } from './state.ts';
import { isAlive, mustReadState, planFile, runDirectory } from './state.ts';
import type { AgentStatus, OperatorStatus } from './status.ts';
import { findPlace, pairUp } from './target.ts';
import { openTraffic, type Traffic } from './traffic.ts';
import type { LabOptions } from './up.ts';
import { raise, start } from './up.ts';
import { agentName, agentSpec, operatorAddress, operatorSpec } from './weir.ts';

/** A change that says nothing new is never compiled, so that waiting for it has to end: an operator may be slow. */
const COMPILE_MILLISECONDS = 10_000;

/** A running lab, for tests and for the command line. */
export class Lab {
  readonly #name: string;
  #plan: LabPlan;
  /** When the plan's file was written; 0: there is none, since no pod has come or gone. */
  #planTime = 0;
  /** How often the operator had compiled when a manifest was last changed. */
  #compiledBefore: number | undefined;
  /** When programs were started anew, by their names: what a file of theirs said before is of the former ones. */
  readonly #restarted = new Map<string, number>();
  readonly #traffics = new Set<Traffic>();

  private constructor(state: LabState) {
    this.#plan = state.plan;
    this.#name = state.plan.name;
  }

  /** @throws LabError; then nothing is left of the lab */
  static async up(options: LabOptions): Promise<Lab> {
    return new Lab(await raise(options));
  }

  /** A lab that is up already. @throws LabError lab-not-up */
  static open(name: string): Lab {
    return new Lab(mustReadState(name));
  }

  async down(): Promise<void> {
    await Promise.all([...this.#traffics].map((traffic) => traffic.stop()));
    await takeDown(this.#name);
  }

  /** As it is now: pods come and go with the manifests. */
  get plan(): LabPlan {
    const written = statSync(planFile(this.#name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (written !== this.#planTime) {
      this.#plan = this.#state.plan;
      this.#planTime = written;
    }
    return this.#plan;
  }

  /** Where the lab keeps logs, states and the manifests that the operator reads. */
  get directory(): string {
    return runDirectory(this.#name);
  }

  get #state(): LabState {
    return mustReadState(this.#name);
  }

  /** @param expected by which it is waited longer for an answer */
  async probe(
    from: string,
    to: string,
    protocol: ProbeProtocol,
    port = 0,
    expected: 'allow' | 'deny' = 'deny',
  ): Promise<'allow' | 'deny'> {
    const [result] = await this.probeAll([{ from, to, protocol, port }], patience[expected]);
    if (result === undefined) throw new LabError('no-route', `${from} and ${to} share no address family`);
    return result.verdict;
  }

  /** Tries all flows at once; results are in their order. @param timeout milliseconds, default 700 */
  probeAll(flows: readonly Flow[], timeout?: Timeout): Promise<readonly ProbeResult[]> {
    return probeAll(
      flows.map((flow) => this.#request(flow)),
      timeout,
    );
  }

  /** Sends requests over one flow until it is stopped, over one connection for TCP. @param interval milliseconds */
  async openTraffic(flow: Flow, interval = 1): Promise<Traffic> {
    const traffic = await openTraffic(this.#request(flow), interval);
    this.#traffics.add(traffic);
    return traffic;
  }

  #request({ from, to, protocol, port, family, source: chosen }: Flow): ProbeRequest {
    const source = findPlace(this.plan, from);
    const target = findPlace(this.plan, to);
    const pair = pairUp(source, target).find(
      (candidate) => family === undefined || candidate.family === family,
    );
    if (pair === undefined) {
      throw new LabError('no-route', `${from} and ${to} share no IPv${family ?? '4 or IPv6'} addresses`);
    }
    return {
      namespace: source.namespace,
      // Pods and nodes have one address of a family and leave the choice to the kernel, as programs do.
      source: chosen ?? (source.kind === 'world' ? pair.source : undefined),
      target: pair.target,
      protocol,
      port,
    };
  }

  /** Runs a command to its end in the network namespace of a pod, a node or the world. */
  exec(place: string, command: readonly string[]): Promise<CommandResult> {
    return runCommand(inNamespaceCommand(findPlace(this.plan, place).namespace, command));
  }

  /** Puts a manifest file beside those that the operator reads; the same name replaces. */
  applyManifest(file: string, yaml: string): void {
    const path = join(this.manifests, file);
    if (existsSync(path) && readFileSync(path, 'utf8') === yaml) return;
    this.#noteChange();
    replaceFile(path, yaml);
  }

  removeManifest(file: string): void {
    const path = join(this.manifests, file);
    if (!existsSync(path)) return;
    this.#noteChange();
    rmSync(path);
  }

  /** The folder that the operator reads: the user's manifests, completed, and what was applied. */
  get manifests(): string {
    return join(this.directory, 'manifests');
  }

  #noteChange(): void {
    this.#compiledBefore = compilations(this.operatorLog()).length;
  }

  /** undefined until the operator has written one. */
  operatorStatus(): OperatorStatus | undefined {
    return readJson<OperatorStatus>(this.#statusFile('operator'));
  }

  /** undefined until the agent has written one. */
  agentStatus(node: string): AgentStatus | undefined {
    return readJson<AgentStatus>(this.#statusFile(agentName(node)));
  }

  #statusFile(program: string): string {
    return join(this.directory, program, 'status.json');
  }

  /** Whether the status was written since then, in milliseconds since 1970. */
  #hasWritten(program: string, since: number): boolean {
    const written = statSync(this.#statusFile(program), { throwIfNoEntry: false });
    return written !== undefined && written.mtimeMs >= since;
  }

  /** All that the agent of a node has logged, also before a restart. */
  agentLog(node: string): string {
    return readFileSync(join(this.directory, `${agentName(node)}.log`), 'utf8');
  }

  /** Empty without an operator. */
  operatorLog(): string {
    const file = join(this.directory, 'operator.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /**
   * Waits until every node has reported the newest revision that the operator has for it, and is attached to its pods.
   * @param timeout milliseconds
   * @throws LabError timed-out, process-ended
   */
  async waitEnforced(timeout = 60_000): Promise<void> {
    const deadline = Date.now() + timeout;
    await this.#waitCompiled(Math.min(timeout, COMPILE_MILLISECONDS));
    for (;;) {
      const status = this.operatorStatus();
      const behind = this.plan.nodes.filter(({ name }) => !this.#isEnforced(status, name));
      if (behind.length === 0) return;
      this.#checkProcesses();
      if (Date.now() > deadline) {
        const names = behind.map(({ name }) => name).join(', ');
        throw new LabError(
          'timed-out',
          `not enforced in ${timeout} ms on ${names}: ${JSON.stringify(status)}`,
        );
      }
      await sleep(10);
    }
  }

  #isEnforced(status: OperatorStatus | undefined, node: string): boolean {
    const told = status?.nodes[node];
    const own = this.agentStatus(node);
    const agent = agentName(node);
    const since = (program: string): number => this.#restarted.get(program) ?? 0;
    return (
      told?.connected === true &&
      told.revision > 0 &&
      told.enforced === told.revision &&
      own?.digest === told.digest &&
      own.attaching === 0 &&
      this.#hasWritten(agent, since(agent)) &&
      this.#hasWritten('operator', Math.max(since(agent), since('operator')))
    );
  }

  /** Waits until the last change is compiled, and is in the operator's status. */
  async #waitCompiled(timeout: number): Promise<void> {
    const before = this.#compiledBefore;
    if (before === undefined) return;
    this.#compiledBefore = undefined;
    const deadline = Date.now() + timeout;
    const isShown = (): boolean => {
      const [last, ...others] = compilations(this.operatorLog()).reverse();
      if (last === undefined || others.length < before) return false;
      return last.nodes === 0 || this.#hasWritten('operator', Date.parse(last.timestamp));
    };
    while (!isShown() && Date.now() < deadline) await sleep(10);
  }

  #checkProcesses(): void {
    const ended = Object.entries(this.#state.processes).find(([, id]) => !isAlive(id));
    if (ended === undefined) return;
    const [name] = ended;
    throw new LabError('process-ended', `${name} has ended: ${logEnd(join(this.directory, `${name}.log`))}`);
  }

  /** kill -9. */
  async killAgent(node: string): Promise<void> {
    await endProcesses([this.#process(agentName(node))], 0);
  }

  /** Asks the agent to end and waits for it. */
  async stopAgent(node: string): Promise<void> {
    await endProcesses([this.#process(agentName(node))]);
  }

  async startAgent(node: string): Promise<void> {
    const found = this.plan.nodes.find(({ name }) => name === node);
    if (found === undefined) throw new LabError('target-unknown', `the lab has no node ${node}`);
    const state = this.#state;
    this.#restarted.set(agentName(node), Date.now());
    await start(state, agentName(node), agentSpec(state, found));
  }

  async stopOperator(): Promise<void> {
    await endProcesses([this.#process('operator')]);
  }

  /** Starts the operator, or another program in its place. */
  async startOperator(command?: readonly string[]): Promise<void> {
    const state = this.#state;
    const spec = operatorSpec(state);
    this.#restarted.set('operator', Date.now());
    await start(state, 'operator', command === undefined ? spec : { ...spec, command });
  }

  /** "address:port" where agents look for the operator. */
  get operatorAddress(): string {
    return operatorAddress(this.#state);
  }

  #process(name: string): ProcessId {
    const id = this.#state.processes[name];
    if (id === undefined) throw new LabError('target-unknown', `the lab has no process ${name}`);
    return id;
  }
}

interface Compilation {
  /** Whose bundles it changed. */
  readonly nodes: number;
  readonly timestamp: string;
}

/** Of the operator's log, the oldest first. */
const compilations = (log: string): Compilation[] =>
  log
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.includes('"message":"compiled"'))
    .map((line) => JSON.parse(line) as Compilation);
