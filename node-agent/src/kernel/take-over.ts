import type { Log } from '@weir/log/log.ts';
import { arrayNames } from '../image/image.ts';
import type { Attachments } from './attachments.ts';
import { carriedHalves } from './growth.ts';
import { mapOf, type ProgramObject } from './object.ts';
import type { PinDirectory } from './pin-directory.ts';
import { lastCommitOf, ProgramSet } from './program-set.ts';
import { smallestHalves } from './size-class.ts';

/** What an agent starts with. */
export interface TakenOver {
  /** The object's programs. */
  readonly set: ProgramSet;
  /**
   * True where what is attached still runs programs whose maps the object's can't go on with. These go on enforcing
   * until the first commit to `set`.
   */
  readonly pending: boolean;
  /** Number of the last commit that is known. */
  readonly lastCommit: number;
}

/**
 * Takes over what is pinned. Where the pinned programs are the object's, nothing is written; where they are of another
 * version and read the same maps, the links are moved to the new ones in place; with nothing pinned, all is made.
 */
export async function takeOver(
  pins: PinDirectory,
  object: ProgramObject,
  attachments: Attachments,
  log: Log,
  pause: () => Promise<void>,
): Promise<TakenOver> {
  const taken = await findSet(pins, object, log);
  const { set, pending } = taken;
  try {
    if (!pending) {
      if (pins.current !== set.path) pins.makeCurrent(set.path);
      // Also finishes what an agent that died while it moved links has begun.
      await attachments.move(set, pause);
    }
    pins.removeSetsBut([set.path, ...(pins.current === undefined ? [] : [pins.current])]);
    return taken;
  } catch (error) {
    set.close();
    throw error;
  }
}

async function findSet(pins: PinDirectory, object: ProgramObject, log: Log): Promise<TakenOver> {
  const path = pins.current;
  if (path === undefined) {
    log.info('loading programs', { object: object.file, version: object.version });
    // Links without a set are what is left of a directory that somebody has cleared in part.
    const pending = pins.links().length + pins.filters().length > 0;
    return { set: await load(pins, object, undefined, new Map()), pending, lastCommit: 0 };
  }
  const pinned = open(path, log);
  if (pinned === undefined)
    return { set: await load(pins, object, undefined, new Map()), pending: true, lastCommit: 0 };
  if (pins.version(path) === object.version)
    return { set: pinned, pending: false, lastCommit: lastCommitOf(pinned) };
  try {
    return await replace(pins, object, pinned, log);
  } finally {
    pinned.close();
  }
}

/** Loads the object's programs beside those of another version, with what they can use of its maps. */
async function replace(
  pins: PinDirectory,
  object: ProgramObject,
  pinned: ProgramSet,
  log: Log,
): Promise<TakenOver> {
  const usable = pinned.usableBy(object);
  const sameLayout = [...imageMaps].every((name) => usable.has(name));
  log.info('replacing programs', { from: pins.version(pinned.path), to: object.version, sameLayout });
  const set = sameLayout
    ? await load(pins, object, pinned, usable)
    : await load(pins, object, undefined, new Map([...usable].filter(([name]) => !imageMaps.has(name))));
  // Flows are kept, so their interfaces' numbers must not be given to others.
  if (!sameLayout) set.control.continueInstances(pinned.control);
  return { set, pending: !sameLayout, lastCommit: lastCommitOf(pinned) };
}

const imageMaps: ReadonlySet<string> = new Set(['weir_ctl', ...arrayNames.map(mapOf)]);

function open(path: string, log: Log): ProgramSet | undefined {
  try {
    return new ProgramSet(path);
  } catch (error) {
    log.warn('what is pinned can not be used and is replaced by the first commit', {
      path,
      error: error instanceof Error ? error.message : String(error),
    });
    return undefined;
  }
}

async function load(
  pins: PinDirectory,
  object: ProgramObject,
  old: ProgramSet | undefined,
  shared: ReadonlyMap<string, number>,
): Promise<ProgramSet> {
  const path = pins.newSet(object.version);
  const halves = old === undefined ? smallestHalves : carriedHalves(old, smallestHalves, shared);
  await object.load(path, halves, shared);
  return new ProgramSet(path);
}
