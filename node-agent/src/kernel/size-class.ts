import { AgentError } from '../errors.ts';
import { type ArrayName, arrayNames, type Image } from '../image/image.ts';
import { arrayLayouts } from '../image/layout.ts';

/** Elements of one half of each array, after packing; powers of two. The programs know them as cfg_half_<array>. */
export type Halves = Readonly<Record<ArrayName, number>>;

/** Bytes of an element in the kernel, where what is smaller than a word is packed. */
export const elementBytes = (name: ArrayName): number => {
  const { elementBytes: bytes, packed } = arrayLayouts[name];
  return bytes * packed;
};

/**
 * What a small node starts with: small enough to cost little (1.1 MB a half, of which the two fixed roots and the
 * port classes are 1.0 MB), large enough that growth is rare.
 */
export const smallestHalves: Halves = {
  endpoint: 1024,
  root4: 65536 / 2,
  node4: 256,
  root6: 65536 / 2,
  node6: 256,
  class: 256,
  portcls: 262144 / 4,
  rowidx: 256,
  row: 2048,
  outcome: 256,
};

const largestHalf = 1 << 24;

/**
 * The halves that hold an image, never smaller than those there are: shrinking would load the programs anew each
 * time a node hovers at a boundary. Throws AgentError `over-limit` where an array is larger than the programs can
 * index, or a fixed one than it is.
 */
export function halvesFor(image: Image, present: Halves): Halves {
  const halves: Record<ArrayName, number> = { ...present };
  for (const name of arrayNames) {
    const elements = image[name].length / elementBytes(name);
    if (!Number.isInteger(elements))
      throw new AgentError('over-limit', `array ${name} ends inside an element`, {
        array: name,
        bytes: image[name].length,
      });
    const limit = arrayLayouts[name].fixedLength === undefined ? largestHalf : smallestHalves[name];
    if (elements > limit)
      throw new AgentError('over-limit', `array ${name} has ${elements} elements, the limit is ${limit}`, {
        array: name,
        elements,
        limit,
      });
    while (halves[name] < elements) halves[name] *= 2;
  }
  return halves;
}

/** The arrays of which `wanted` has more than `present`. */
export const grownArrays = (present: Halves, wanted: Halves): readonly ArrayName[] =>
  arrayNames.filter((name) => wanted[name] > present[name]);
