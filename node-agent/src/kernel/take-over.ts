import type { Log } from '@weir/log/log.ts';
import { arrayNames } from '../image/image.ts';
import type { Attachments } from './attachments.ts';
import { carriedHalves } from './growth.ts';
import { mapOf, type ProgramObject } from './object.ts';
import type { PinDirectory } from './pin-directory.ts';
import { ProgramSet } from './program-set.ts';
import { smallestHalves } from './size-class.ts';

/** The sets at start. */
export interface Sets {
  /** What the links run. */
  readonly enforcing: ProgramSet;
  /** Programs that read another layout than the pinned maps have: they take the links over with their first commit. */
  readonly pending: ProgramSet | undefined;
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
): Promise<Sets> {
  const sets = await findSets(pins, object, log);
  if (pins.current !== sets.enforcing.path) pins.makeCurrent(sets.enforcing.path);
  // Also finishes what an agent that died while it moved links has begun.
  attachments.move(sets.enforcing);
  pins.removeSetsBut([sets.enforcing.path, ...(sets.pending ? [sets.pending.path] : [])]);
  return sets;
}

async function findSets(pins: PinDirectory, object: ProgramObject, log: Log): Promise<Sets> {
  const path = pins.current;
  if (path === undefined) {
    log.info('loading programs', { object: object.file, version: object.version });
    return { enforcing: await loadSet(pins, object, undefined, new Map()), pending: undefined };
  }
  const pinned = new ProgramSet(path);
  if (pins.version(path) === object.version) return { enforcing: pinned, pending: undefined };

  const usable = pinned.usableBy(object);
  const sameLayout = ['weir_ctl', ...arrayNames.map(mapOf)].every((name) => usable.has(name));
  log.info('replacing programs', { from: pins.version(path), to: object.version, sameLayout });
  if (sameLayout) {
    const enforcing = await loadSet(pins, object, pinned, usable);
    pinned.close();
    return { enforcing, pending: undefined };
  }
  const kept = new Map([...usable].filter(([name]) => !isImageMap(name)));
  const pending = await loadSet(pins, object, undefined, kept);
  pending.control.continueInstances(pinned.control);
  return { enforcing: pinned, pending };
}

const imageMaps: ReadonlySet<string> = new Set(['weir_ctl', ...arrayNames.map(mapOf)]);
const isImageMap = (name: string): boolean => imageMaps.has(name);

async function loadSet(
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
