import { rename, writeFile } from 'node:fs/promises';
import { digestText } from '@weir/proto/digest.ts';
import type { NodeStatus } from '../push/node-status.ts';
import type { SourceProblem } from '../source/source-problem.ts';
import { problemLine } from './problem-line.ts';

/** How long changes are gathered before they are written, in milliseconds. */
const quietMs = 20;
/** Of all time, at most one part in so many goes into writing, as long as no change waits for `mostMs`. */
const leisure = 50;
/** The most milliseconds that changes wait: what was slow once need not be slow the next time. */
const mostMs = 1_000;

/** The operator's state as a file of JSON that is always whole: nodes with what they enforce, and all problems. */
export class StatusFile {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  readonly #clock: () => number;
  readonly #nodes = new Map<string, NodeStatus>();
  #problems: readonly SourceProblem[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** To make the last content, in milliseconds: nothing else goes on meanwhile, as it does while a file is written. */
  #tookMs = 0;

  /** @param clock milliseconds, monotonic */
  constructor(path: string, onError: (error: unknown) => void, clock: () => number) {
    this.#path = path;
    this.#onError = onError;
    this.#clock = clock;
  }

  setNode(node: string, status: NodeStatus): void {
    this.#nodes.set(node, status);
    this.#schedule();
  }

  setProblems(problems: readonly SourceProblem[]): void {
    this.#problems = problems;
    this.#schedule();
  }

  /** Writes what is gathered and stops. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#write();
  }

  #schedule(): void {
    const waitMs = Math.min(Math.max(quietMs, this.#tookMs * leisure), mostMs);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writing.then(() => this.#write());
    }, waitMs);
  }

  async #write(): Promise<void> {
    const began = this.#clock();
    const nodes = Object.fromEntries(
      [...this.#nodes].sort().map(([name, status]) => [name, nodeText(status)]),
    );
    const content = JSON.stringify({ nodes, problems: this.#problems.map(problemLine) }, undefined, 2);
    this.#tookMs = this.#clock() - began;
    try {
      await writeFile(`${this.#path}.new`, `${content}\n`);
      await rename(`${this.#path}.new`, this.#path);
    } catch (error) {
      this.#onError(error);
    }
  }
}

const nodeText = (status: NodeStatus) => ({
  connected: status.connected,
  revision: status.revision,
  enforced: status.enforced,
  digest: status.digest === undefined ? null : digestText(status.digest),
  enforcedDigest: status.enforcedDigest === undefined ? null : digestText(status.enforcedDigest),
  behindSince: status.behindSince === undefined ? null : new Date(status.behindSince).toISOString(),
  error: status.error ?? null,
  applyMs: status.applyNs / 1e6,
  ...status.counts,
  mode: status.mode,
  version: status.version,
});
