import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What they all have done so far. */
export interface AgentsDone {
  /** Revisions that they have reported. */
  readonly reports: number;
  /** Streams that have ended, and were opened again. */
  readonly ends: number;
}

/** Agents of many nodes in a process of their own, so that they are in nobody's way. */
export class AgentsProcess {
  readonly #child: ChildProcess;

  /**
   * @param operator "host:port" @param authority folder of the operator's authority
   * @param count of nodes: node-0, node-1, …
   */
  constructor(operator: string, authority: string, count: number) {
    const main = join(import.meta.dirname, 'agents-main.ts');
    this.#child = fork(main, [operator, authority, String(count)], { execArgv: [] });
  }

  /** Resolves when the operator has accepted all of them. */
  async accepted(): Promise<void> {
    await this.#answer();
  }

  async done(): Promise<AgentsDone> {
    const answer = this.#answer();
    this.#child.send('done');
    return answer;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }

  async #answer(): Promise<AgentsDone> {
    const ended = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`agents have ended with ${code}`);
    });
    const [message] = await Promise.race([once(this.#child, 'message'), ended]);
    return message as AgentsDone;
  }
}
