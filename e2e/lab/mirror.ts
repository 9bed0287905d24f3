import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { completeManifests } from './complete.ts';
import { replaceFile } from './files.ts';
import { manifestFiles } from './manifests.ts';
import type { LabPlan } from './plan.ts';

/** Keeps the folder that the operator reads equal to the user's folder, completed for the lab. */
export class Mirror {
  readonly #source: string;
  readonly #target: string;
  /** Contents of the source files at the last look: only what the user changes is written again. */
  readonly #seen = new Map<string, string>();

  constructor(source: string, target: string) {
    this.#source = source;
    this.#target = target;
  }

  /** Takes over what has changed since the last look; the first look takes everything. */
  sync(plan: LabPlan): void {
    const files = manifestFiles(this.#source);
    for (const file of files) {
      const content = readFileSync(join(this.#source, file), 'utf8');
      if (this.#seen.get(file) === content) continue;
      replaceFile(join(this.#target, file), completeManifests(content, plan));
      this.#seen.set(file, content);
    }
    for (const file of [...this.#seen.keys()].filter((known) => !files.includes(known))) {
      rmSync(join(this.#target, file), { force: true });
      this.#seen.delete(file);
    }
  }
}
