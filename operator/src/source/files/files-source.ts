import { isDeepStrictEqual } from 'node:util';
import { OperatorError } from '../../errors.ts';
import type { ClusterEvent } from '../../model/event.ts';
import type { Settings } from '../../model/settings.ts';
import { type FileProblem, fileProblem } from '../source-problem.ts';
import { Catalog } from './catalog.ts';
import { Coalesce } from './coalesce.ts';
import { foreignText } from './foreign.ts';
import { type SeenFiles, scanFolder } from './scan-folder.ts';
import { FolderWatch } from './watch-folder.ts';

export interface FilesSourceOptions {
  /** With the folders in it, except those whose name begins with a dot. */
  readonly directory: string;
  readonly settings: Settings;
  /** Called with all changes that one look at the folder found; first, and even if there are none, by start. */
  readonly onEvents: (events: readonly ClusterEvent[]) => void;
  /** Called with all problems that there are now, whenever they change. */
  readonly onProblems: (problems: readonly FileProblem[]) => void;
  /** Called with what the folder has besides and is not read ("12 Deployments"), whenever that changes to something. */
  readonly onForeign?: (text: string) => void;
  /** How long to wait for more changes after one, in milliseconds; a file that is being written is left alone. */
  readonly quietMs?: number;
  /** How often to look without having been told of a change, in milliseconds: notifications can get lost. */
  readonly rescanMs?: number;
}

const defaultQuietMs = 100;
const defaultRescanMs = 10_000;

/**
 * A folder of manifests as a source of events. Whatever becomes unreadable, the folder itself included, keeps its last
 * valid content in force.
 */
export class FilesSource {
  readonly #options: FilesSourceOptions;
  readonly #catalog = new Catalog();
  readonly #seen: SeenFiles = new Map();
  readonly #watch: FolderWatch;
  readonly #changes: Coalesce;
  #problems: readonly FileProblem[] = [];
  #foreign = '';
  #rescan: NodeJS.Timeout | undefined;
  /** The look at the folder that is going on, or the last one. */
  #look: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: FilesSourceOptions) {
    this.#options = options;
    this.#changes = new Coalesce(options.quietMs ?? defaultQuietMs, () => this.#lookAgain());
    this.#watch = new FolderWatch(options.directory, () => this.#changes.ask());
  }

  /**
   * Resolves when the folder's content has been delivered.
   * @throws OperatorError manifests-unreadable
   */
  async start(): Promise<void> {
    const first = this.#firstLook();
    this.#look = first.catch(() => undefined);
    try {
      await first;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async #firstLook(): Promise<void> {
    const { directory, settings } = this.#options;
    // Before the folder is read, so that no change falls between the two.
    const unwatched = await this.#watch.renew();
    try {
      await scanFolder(directory, this.#catalog, this.#seen, settings);
    } catch (error) {
      throw unreadable(directory, error);
    }
    this.#deliver('first', this.#unwatched(unwatched));
  }

  /** Resolves when nothing is called any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#rescan);
    this.#changes.cancel();
    this.#watch.close();
    await this.#look;
  }

  #lookAgain(): void {
    clearTimeout(this.#rescan);
    this.#look = this.#look.then(async () => this.#deliver('later', await this.#scan()));
  }

  /** @returns what is wrong with the folder. */
  async #scan(): Promise<readonly FileProblem[]> {
    if (this.#stopped) return [];
    const { directory, settings } = this.#options;
    const unwatched = await this.#watch.renew();
    try {
      await scanFolder(directory, this.#catalog, this.#seen, settings);
      return this.#unwatched(unwatched);
    } catch (error) {
      return [folderProblem(directory, unreadable(directory, error).message)];
    }
  }

  #unwatched(reason: string | undefined): readonly FileProblem[] {
    if (reason === undefined) return [];
    const { directory, rescanMs = defaultRescanMs } = this.#options;
    const message = `changes can't be watched, only looked for every ${rescanMs} ms: ${reason}`;
    return [folderProblem(directory, message)];
  }

  #deliver(which: 'first' | 'later', ofFolder: readonly FileProblem[]): void {
    if (this.#stopped) return;
    const { events, problems } = this.#catalog.settle();
    const now = [...ofFolder, ...problems];
    const changed = !isDeepStrictEqual(now, this.#problems);
    this.#problems = now;
    this.#rescan = setTimeout(() => this.#lookAgain(), this.#options.rescanMs ?? defaultRescanMs);
    if (which === 'first' || events.length > 0) this.#options.onEvents(events);
    if (changed) this.#options.onProblems(now);
    const foreign = foreignText(this.#catalog.foreign);
    const isNew = foreign !== this.#foreign && foreign !== '';
    this.#foreign = foreign;
    if (isNew) this.#options.onForeign?.(foreign);
  }
}

const folderProblem = (directory: string, message: string): FileProblem =>
  fileProblem(directory, { line: 1, column: 1 }, { object: undefined, path: '', message });

function unreadable(directory: string, cause: unknown): OperatorError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new OperatorError(
    'manifests-unreadable',
    `the manifests in ${directory} can't be read: ${reason}`,
    cause,
  );
}
