import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

interface Watched {
  readonly watcher: FSWatcher;
  readonly inode: bigint;
}

/**
 * Tells of changes in a folder and the folders in it, as well as the system tells them. Each folder has a watch of its
 * own: Node's recursive one follows files, and loses those that others are put in the place of.
 */
export class FolderWatch {
  readonly #directory: string;
  readonly #onChange: () => void;
  readonly #watched = new Map<string, Watched>();
  #closed = false;

  constructor(directory: string, onChange: () => void) {
    this.#directory = directory;
    this.#onChange = onChange;
  }

  /**
   * Watches the folders that are there now; one that was put in another's place is watched anew.
   * @returns why one can't be watched.
   */
  async renew(): Promise<string | undefined> {
    try {
      const present = await foldersFrom(this.#directory);
      if (this.#closed) return undefined;
      for (const folder of [...this.#watched.keys()]) if (!present.has(folder)) this.#drop(folder);
      for (const [folder, inode] of present) this.#watch(folder, inode);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  close(): void {
    this.#closed = true;
    for (const folder of [...this.#watched.keys()]) this.#drop(folder);
  }

  #watch(folder: string, inode: bigint): void {
    if (this.#watched.get(folder)?.inode === inode) return;
    this.#drop(folder);
    const watcher = watch(folder);
    watcher.on('change', this.#onChange);
    watcher.on('error', () => this.#drop(folder));
    this.#watched.set(folder, { watcher, inode });
  }

  #drop(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
  }
}

/** A folder and those in it with their inodes, without those whose names begin with a dot. */
async function foldersFrom(directory: string): Promise<ReadonlyMap<string, bigint>> {
  const folders = new Map([[directory, (await stat(directory, { bigint: true })).ino]]);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    for (const [folder, inode] of await foldersIn(join(directory, entry.name))) folders.set(folder, inode);
  }
  return folders;
}

/** None where the folder is gone since it was listed. */
async function foldersIn(directory: string): Promise<ReadonlyMap<string, bigint>> {
  try {
    return await foldersFrom(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
}
