import { type ArrayName, arrayNames } from '../image/image.ts';
import type { Generation } from './control.ts';
import { widenEndpoints } from './endpoint-table.ts';
import { mapOf, type ProgramObject } from './object.ts';
import type { PinDirectory } from './pin-directory.ts';
import { ProgramSet } from './program-set.ts';
import { grownArrays, type Halves } from './size-class.ts';

/**
 * The programs again with larger arrays. Only the arrays that grow are new; they get both generations' content, and
 * all else, weir_ctl too, is shared. So the old and the new programs judge alike by the same word while the links
 * are moved one by one, and whoever finds the pins after a crash may finish the move. No commit may run meanwhile.
 */
export async function grow(
  old: ProgramSet,
  halves: Halves,
  object: ProgramObject,
  pins: PinDirectory,
  pause: () => Promise<void>,
): Promise<ProgramSet> {
  const grown = grownArrays(old.halves, halves);
  const shared = new Map(old.maps);
  for (const name of grown) shared.delete(mapOf(name));
  const path = pins.newSet(object.version);
  await object.load(path, halves, shared);
  const set = new ProgramSet(path);
  try {
    for (const name of grown)
      for (const generation of [0, 1] as const) {
        copyHalf(old, set, name, generation);
        await pause();
      }
    return set;
  } catch (error) {
    set.close();
    throw error;
  }
}

function copyHalf(old: ProgramSet, set: ProgramSet, name: ArrayName, generation: Generation): void {
  const target = set.arrays[name].generation(generation);
  const source = old.arrays[name].generation(generation);
  target.set(name === 'endpoint' ? widenEndpoints(source, target.length) : source);
}

/** The arrays of another version's set that its programs can go on with. */
export const carriedHalves = (
  old: ProgramSet,
  fallback: Halves,
  usable: ReadonlyMap<string, number>,
): Halves => {
  const halves: Record<ArrayName, number> = { ...fallback };
  for (const name of arrayNames) if (usable.has(mapOf(name))) halves[name] = old.halves[name];
  return halves;
};
