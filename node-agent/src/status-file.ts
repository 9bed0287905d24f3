import { readFile, rename, writeFile } from 'node:fs/promises';
import { digestText } from '@weir/proto/digest.ts';
import type { Enforced } from './agent.ts';

/** What the agent enforces, as a file of JSON that is always whole; for people, and for the agent's next start. */
export class StatusFile {
  readonly #path: string;
  readonly #onError: (error: unknown) => void;
  #next: string | undefined;
  #writing = false;
  #commits = 0;
  #wordsWritten = 0;

  constructor(path: string, onError: (error: unknown) => void) {
    this.#path = path;
    this.#onError = onError;
  }

  /** The node's own addresses at the last commit; none where the file says nothing. */
  async formerOwnAddresses(): Promise<readonly Uint8Array[]> {
    try {
      const { ownAddresses } = JSON.parse(await readFile(this.#path, 'utf8')) as { ownAddresses?: unknown };
      if (!Array.isArray(ownAddresses)) return [];
      return ownAddresses.map((text) => new Uint8Array(Buffer.from(String(text), 'hex')));
    } catch {
      // A start that finds other addresses than these writes the image anew, which is all that this costs.
      return [];
    }
  }

  enforced({ bundle, bound, own, attached, attaching, commit }: Enforced): void {
    if (commit.wordsWritten > 0) this.#commits++;
    this.#wordsWritten += commit.wordsWritten;
    this.#next = JSON.stringify({
      revision: bundle.revision,
      digest: digestText(bundle.digest),
      commit: commit.commit,
      endpoints: bundle.endpoints.size,
      attached,
      attaching: attaching.length,
      uncovered: bound.uncovered,
      closed: bound.closed.length,
      observed: bound.bindings.filter(({ observe }) => observe).length,
      sinceStart: { commits: this.#commits, wordsWritten: this.#wordsWritten },
      lastCommit: commit,
      ownAddresses: own.map((address) => Buffer.from(address).toString('hex')),
    });
    if (!this.#writing) void this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#next !== undefined) {
      const content = this.#next;
      this.#next = undefined;
      try {
        await writeFile(`${this.#path}.new`, `${content}\n`);
        await rename(`${this.#path}.new`, this.#path);
      } catch (error) {
        this.#onError(error);
      }
    }
    this.#writing = false;
  }
}
