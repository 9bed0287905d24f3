import type { FSWatcher } from 'node:fs';
import { mkdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { completeManifests } from './complete.ts';
import { manifestFiles } from './manifests.ts';
import type { LabPlan } from './plan.ts';

/** Long enough for an editor to finish its writes, short enough that nobody waits for it. */
const SETTLE_MILLISECONDS = 20;

/** Writes a file whole: a reader sees the former content or the new one. */
export function replaceFile(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = join(dirname(file), `.${basename(file)}.new`);
  writeFileSync(fresh, content);
  renameSync(fresh, file);
}

/** Keeps the folder that the operator reads equal to the user's folder, completed for the lab. */
export class Mirror {
  readonly #source: string;
  readonly #target: string;
  readonly #plan: LabPlan;
  /** Contents of the source files at the last look: only what the user changes is written again. */
  readonly #seen = new Map<string, string>();

  constructor(source: string, target: string, plan: LabPlan) {
    this.#source = source;
    this.#target = target;
    this.#plan = plan;
  }

  /** Takes over what has changed since the last look; the first look takes everything. */
  sync(): void {
    const files = manifestFiles(this.#source);
    for (const file of files) {
      const content = readFileSync(join(this.#source, file), 'utf8');
      if (this.#seen.get(file) === content) continue;
      replaceFile(join(this.#target, file), completeManifests(content, this.#plan));
      this.#seen.set(file, content);
    }
    for (const file of [...this.#seen.keys()].filter((known) => !files.includes(known))) {
      rmSync(join(this.#target, file), { force: true });
      this.#seen.delete(file);
    }
  }

  /** Syncs on every change; failures (a file that goes while it is read) are reported, the next change tries again. */
  watch(report: (error: unknown) => void): FSWatcher {
    let timer: NodeJS.Timeout | undefined;
    return watch(this.#source, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        try {
          this.sync();
        } catch (error) {
          report(error);
        }
      }, SETTLE_MILLISECONDS);
    });
  }
}
