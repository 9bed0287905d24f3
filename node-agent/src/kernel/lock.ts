import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { AgentError } from '../errors.ts';
import { errnoText } from './kernel-error.ts';
import { libc } from './libbpf.ts';

const lockExclusive = 2;
const lockNonBlocking = 4;
const errorWouldBlock = 11;

/**
 * Makes this process the only one that writes under a pin directory: flock(2) on the directory itself, held until
 * close() or death. Throws AgentError `locked` with the holder's pid.
 */
export class Lock {
  readonly #fd: number;

  constructor(directory: string) {
    this.#fd = openSync(directory, constants.O_RDONLY | constants.O_DIRECTORY);
    const number = -libc.flock(this.#fd, lockExclusive | lockNonBlocking);
    if (number === 0) return;
    const { ino } = fstatSync(this.#fd);
    closeSync(this.#fd);
    if (number !== errorWouldBlock)
      throw new AgentError('kernel', `can't lock ${directory}: ${errnoText(number)}`, { path: directory });
    const pid = holder(ino);
    throw new AgentError(
      'locked',
      `${directory} belongs to another agent, process ${pid ?? 'unknown (in another pid namespace)'}`,
      { path: directory, pid },
    );
  }

  close(): void {
    closeSync(this.#fd);
  }
}

/** proc_locks(5): `1: FLOCK ADVISORY WRITE <pid> <major>:<minor>:<inode> 0 EOF`. */
function holder(inode: number): number | undefined {
  for (const line of readFileSync('/proc/locks', 'utf8').split('\n')) {
    const fields = line.split(/\s+/);
    if (fields[1] === 'FLOCK' && fields[5]?.endsWith(`:${inode}`)) return Number(fields[4]) || undefined;
  }
  return undefined;
}
