import { stat } from 'node:fs/promises';
import { OperatorError } from '../../errors.ts';
import type { ClusterEvent } from '../../model/event.ts';
import type { Settings } from '../../model/settings.ts';
import type { FileProblem } from '../source-problem.ts';
import { Catalog } from './catalog.ts';
import type { ForeignCounts } from './foreign.ts';
import { parseManifest, unreadableManifest } from './parse-manifest.ts';
import { listManifests, readManifestFile } from './read-folder.ts';

/** What files say, read once. */
export interface ManifestContent {
  readonly events: readonly ClusterEvent[];
  readonly problems: readonly FileProblem[];
  /** What there is besides, and is not read. */
  readonly foreign: ForeignCounts;
}

/**
 * Reads files, whatever their names, and the manifests of folders.
 * @throws OperatorError manifests-unreadable where a path does not exist or a folder can't be read.
 */
export async function readManifests(paths: readonly string[], settings: Settings): Promise<ManifestContent> {
  const catalog = new Catalog();
  for (const file of await filesOf(paths)) {
    const content = await readManifestFile(file);
    if (content === undefined) throw unreadable(file, new Error('it does not exist'));
    const { kind } = content;
    catalog.set(
      file,
      kind === 'text'
        ? await parseManifest(file, content.text, settings)
        : unreadableManifest(file, content.message),
    );
  }
  return { ...catalog.settle(), foreign: catalog.foreign };
}

async function filesOf(paths: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of paths) {
    try {
      const isFolder = (await stat(path)).isDirectory();
      files.push(...(isFolder ? await listManifests(path) : [path]));
    } catch (error) {
      throw unreadable(path, error);
    }
  }
  return files;
}

function unreadable(path: string, cause: unknown): OperatorError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new OperatorError('manifests-unreadable', `${path} can't be read: ${reason}`, cause);
}
