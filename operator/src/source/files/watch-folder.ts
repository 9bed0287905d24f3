import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Tells of changes in a folder and the folders in it, as well as the system tells them. */
export class FolderWatch {
  readonly #directory: string;
  readonly #onChange: () => void;
  #watcher: FSWatcher | undefined;
  #inode: bigint | undefined;
  #closed = false;

  constructor(directory: string, onChange: () => void) {
    this.#directory = directory;
    this.#onChange = onChange;
  }

  /**
   * Watches the folder that has the path now; one that was put in another's place is watched anew.
   * @returns why it can't be watched.
   */
  async renew(): Promise<string | undefined> {
    try {
      const { ino } = await stat(this.#directory, { bigint: true });
      if (this.#closed || (this.#watcher !== undefined && this.#inode === ino)) return undefined;
      this.#drop();
      const watcher = watch(this.#directory, { recursive: true });
      watcher.on('change', this.#onChange);
      watcher.on('error', () => this.#drop());
      this.#watcher = watcher;
      this.#inode = ino;
      return undefined;
    } catch (error) {
      this.#drop();
      return error instanceof Error ? error.message : String(error);
    }
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  #drop(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
