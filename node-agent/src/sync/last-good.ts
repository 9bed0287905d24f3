import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '@weir/log/log.ts';
import { AgentError } from '../errors.ts';
import { decodeLastGood, type Enforced, encodeLastGood, type LastGood } from './last-good-format.ts';

export interface LastGoodOptions {
  readonly path: string;
  /** Of this boot: /proc/sys/kernel/random/boot_id. */
  readonly bootId: string;
  readonly log: Log;
  /** Milliseconds that changes are gathered for before the file is written. */
  readonly delayMs: number;
}

/** Gives what is enforced, or nothing while that is changing. */
export type Capture = () => Enforced | undefined;

/**
 * The last good bundle as a file, for a start with the operator away. It is replaced as a whole, in the background and
 * never more often than asked: of several bundles that come while it is being written only the newest is.
 */
export class LastGoodFile {
  readonly #options: LastGoodOptions;
  #pending: Capture | undefined;
  #writing: Promise<void> | undefined;
  readonly #stop = new AbortController();

  constructor(options: LastGoodOptions) {
    this.#options = options;
  }

  /** Undefined where there is no file, or none that can be used: that is logged (`last-good-damaged`). */
  async read(): Promise<LastGood | undefined> {
    const { path, log } = this.#options;
    try {
      return decodeLastGood(await readFile(path));
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
      const { code, message } = new AgentError(
        'last-good-damaged',
        `${path}: ${messageOf(thrown)}`,
        {},
        thrown,
      );
      log.error('last good bundle is ignored', { code, error: message });
      return undefined;
    }
  }

  /** Something else is enforced now; it is captured when the file is written. */
  save(capture: Capture): void {
    this.#pending = capture;
    this.#writing ??= this.#writeAll();
  }

  /** Writes what is pending at once and resolves when the file is there. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    const { path, log, bootId, delayMs } = this.#options;
    while (this.#pending) {
      await sleep(delayMs, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
      const enforced = this.#pending();
      // While it is changing: later, unless this was the last chance.
      if (!enforced && !this.#stop.signal.aborted) continue;
      this.#pending = undefined;
      if (!enforced) break;
      try {
        await replaceFile(path, encodeLastGood(enforced, bootId));
        log.debug('last good bundle is written', { revision: enforced.revision });
      } catch (thrown) {
        const { code, message } = new AgentError(
          'last-good-damaged',
          `${path}: ${messageOf(thrown)}`,
          {},
          thrown,
        );
        log.error('last good bundle is not written', { code, error: message });
      }
    }
    this.#writing = undefined;
  }
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** After a crash at any moment the path has the old content or the new one, whole. */
async function replaceFile(path: string, parts: Iterable<Uint8Array>): Promise<void> {
  const temporary = `${path}.new`;
  try {
    await withFile(temporary, 'w', async (file) => {
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await withFile(dirname(path), 'r', (folder) => folder.sync());
}

async function withFile(
  path: string,
  flags: string,
  use: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}
