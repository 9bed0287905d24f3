import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AgentError } from '../errors.ts';

const bpfFileSystem = 0xcafe4a11;

/**
 * What an agent keeps in the BPF file system (names there have no dots):
 *
 *     sets/<number>-<version>/{maps,progs}   programs and their maps; more than one only while they are replaced
 *     current -> sets/…                      the set in force; replaced by one rename
 *     maps, progs -> current/…               for people
 *     links/<ifindex>-<direction>            TCX links
 *     filters/<ifindex>-<direction>          an empty directory for each clsact filter
 *     qdiscs/<ifindex>                       an empty directory for each clsact qdisc that the agent has made
 */
export class PinDirectory {
  readonly path: string;

  /** Throws AgentError `kernel` where the path is not in a BPF file system, or can not be made there. */
  constructor(path: string) {
    this.path = path;
    let standing = path;
    while (!existsSync(standing)) standing = dirname(standing);
    if (statfsSync(standing).type !== bpfFileSystem)
      throw new AgentError('kernel', `${path} is not in a BPF file system: mount -t bpf bpf /sys/fs/bpf`, {
        path,
      });
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      for (const name of ['sets', 'links', 'filters', 'qdiscs'])
        mkdirSync(join(path, name), { recursive: true });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new AgentError('kernel', `the pin directory can not be made: ${why}`, { path }, error);
    }
  }

  /** Path of the set in force. */
  get current(): string | undefined {
    const pointer = join(this.path, 'current');
    return existsSync(pointer) ? join(this.path, readlinkSync(pointer)) : undefined;
  }

  /** Version of the programs in a set, as newSet() was told. */
  version(set: string): string {
    return basename(set).replace(/^\d+-/, '');
  }

  /** An empty directory for a set that comes after all others. */
  newSet(version: string): string {
    const numbers = this.#sets().map((name) => Number.parseInt(name, 10));
    const set = join(this.path, 'sets', `${Math.max(0, ...numbers) + 1}-${version}`);
    for (const name of ['maps', 'progs']) mkdirSync(join(set, name), { recursive: true });
    return set;
  }

  makeCurrent(set: string): void {
    const next = join(this.path, 'next');
    rmSync(next, { force: true });
    symlinkSync(join('sets', basename(set)), next);
    renameSync(next, join(this.path, 'current'));
    for (const name of ['maps', 'progs']) {
      rmSync(join(this.path, name), { force: true });
      symlinkSync(join('current', name), join(this.path, name));
    }
  }

  /** Unpins the sets that are not named; what links and filters still use lives on. */
  removeSetsBut(kept: readonly string[]): void {
    for (const name of this.#sets()) {
      const set = join(this.path, 'sets', name);
      if (!kept.includes(set)) rmSync(set, { recursive: true, force: true });
    }
  }

  link(name: string): string {
    return join(this.path, 'links', name);
  }

  filter(name: string): string {
    return join(this.path, 'filters', name);
  }

  qdisc(ifindex: number): string {
    return join(this.path, 'qdiscs', String(ifindex));
  }

  links(): readonly string[] {
    return readdirSync(join(this.path, 'links'));
  }

  filters(): readonly string[] {
    return readdirSync(join(this.path, 'filters'));
  }

  /** How many programs and maps are pinned, in all sets. */
  pinned(): { readonly programs: number; readonly maps: number } {
    const count = (kind: string): number =>
      this.#sets().reduce((sum, set) => sum + readdirSync(join(this.path, 'sets', set, kind)).length, 0);
    return { programs: count('progs'), maps: count('maps') };
  }

  /** Unpins all. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  #sets(): readonly string[] {
    return readdirSync(join(this.path, 'sets'));
  }
}
