import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AgentError } from '../errors.ts';
import { arrayNames, type Image } from '../image/image.ts';
import { elementBytes, grownArrays, halvesFor, smallestHalves } from './size-class.ts';

const imageOf = (lengths: Partial<Record<keyof Image, number>>): Image =>
  Object.fromEntries(arrayNames.map((name) => [name, new Uint8Array(lengths[name] ?? 0)])) as Record<
    keyof Image,
    Uint8Array
  >;

describe('size classes', () => {
  it('are powers of two, since the programs mask with them', () => {
    for (const name of arrayNames) assert.equal(Math.log2(smallestHalves[name]) % 1, 0, name);
  });

  it('hold the image exactly or with room', () => {
    const bytes = elementBytes('node4');
    assert.equal(halvesFor(imageOf({ node4: 256 * bytes }), smallestHalves).node4, 256);
    assert.equal(halvesFor(imageOf({ node4: 257 * bytes }), smallestHalves).node4, 512);
  });

  it('never shrink', () => {
    const large = halvesFor(imageOf({ row: 100_000 * 8 }), smallestHalves);
    assert.deepEqual(halvesFor(imageOf({}), large), large);
    assert.deepEqual(grownArrays(smallestHalves, large), ['row']);
  });

  it('name the array that is too large or ends inside an element', () => {
    const refused = (lengths: Partial<Record<keyof Image, number>>, array: string) =>
      assert.throws(
        () => halvesFor(imageOf(lengths), smallestHalves),
        (error) => error instanceof AgentError && error.code === 'over-limit' && error.fields.array === array,
      );
    refused({ portcls: 524_288 + 8 }, 'portcls');
    refused({ node6: 57 }, 'node6');
  });
});
