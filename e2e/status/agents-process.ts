import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Agents of many nodes in a process of their own, so that they are in nobody's way. */
export class AgentsProcess {
  readonly #child: ChildProcess;

  /** @param authority folder of the operator's authority @param count of nodes: node-0, node-1, … */
  constructor(port: number, authority: string, count: number) {
    const main = join(import.meta.dirname, 'agents-main.ts');
    this.#child = fork(main, [String(port), authority, String(count)], { execArgv: [] });
  }

  /** Resolves when the operator has accepted all of them. */
  async accepted(): Promise<void> {
    await this.#answer();
  }

  /** How many revisions they have reported. */
  async reports(): Promise<number> {
    const answer = this.#answer();
    this.#child.send('reports');
    return answer;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }

  async #answer(): Promise<number> {
    const ended = once(this.#child, 'exit').then(([code]) => {
      throw new Error(`agents have ended with ${code}`);
    });
    const [message] = await Promise.race([once(this.#child, 'message'), ended]);
    return (message as { reports: number }).reports;
  }
}
