import assert from 'node:assert/strict';
import { BlockNames } from '@weir/node-agent/src/image/block-names.ts';
import { IdSets } from '@weir/node-agent/src/image/id-sets.ts';
import type { Image } from '@weir/node-agent/src/image/image.ts';
import { KeyList } from '@weir/node-agent/src/image/key-list.ts';
import { valueIndex } from '@weir/node-agent/src/image/layout.ts';
import type { PrefixColumns } from '@weir/node-agent/src/image/prefix-columns.ts';
import { PrefixTable, prefixOperation } from '@weir/node-agent/src/image/prefix-table.ts';
import { Slots } from '@weir/node-agent/src/image/slots.ts';
import { Trie } from '@weir/node-agent/src/image/trie.ts';
import { halvesFor, smallestHalves } from '@weir/node-agent/src/kernel/size-class.ts';
import { udp } from './packet.ts';
import { Programs } from './programs.ts';
import { type Family, families, outward, stage } from './scene.ts';

const prefixCount = 3000;
const probes = 6000;
/** Fewer than the ring buffer holds. */
const batch = 1000;

/** Numbers below a limit, the same in every run. */
function sequence(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** Few distinct bytes near the front, so that prefixes nest and share nodes. */
const randomAddress = (family: Family, random: (limit: number) => number): Uint8Array =>
  Uint8Array.from({ length: family === 4 ? 4 : 16 }, (_, index) =>
    random(4) === 0 ? random(256) : 16 + random(index < 2 ? 4 : 3),
  );

function prefixTable(family: Family, random: (limit: number) => number): PrefixTable {
  const meaning = { names: new BlockNames(), slots: new Slots(), sets: new IdSets(), isOfWorld: () => false };
  const words = family === 4 ? 1 : 4;
  const table = new PrefixTable(words, family === 4 ? 0 : 1, meaning);
  const operations = new KeyList(words);
  for (let identity = 1; identity <= prefixCount; identity++) {
    const length = 1 + random(words * 32);
    operations.pushBytes(randomAddress(family, random), length, prefixOperation.identity, identity);
  }
  table.apply(operations);
  meaning.slots.settle();
  return table;
}

const bit = (words: Uint32Array, first: number, index: number): number =>
  ((words[first + (index >>> 5)] ?? 0) >>> (31 - (index & 31))) & 1;

/** Whether the first `length` bits are a row's. */
function isInside(columns: PrefixColumns, row: number, address: Uint32Array): boolean {
  for (let index = 0; index < (columns.length[row] ?? 0); index++)
    if (bit(address, 0, index) !== bit(columns.address, row * columns.words, index)) return false;
  return true;
}

/** The slot of the longest prefix around an address, by looking at all of them. */
function slowSlot(columns: PrefixColumns, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer);
  const address = Uint32Array.from({ length: columns.words }, (_, word) => view.getUint32(word * 4));
  let longest = -1;
  for (let row = 0; row < columns.size; row++)
    if ((columns.length[row] ?? 0) > (columns.length[longest] ?? -1) && isInside(columns, row, address))
      longest = row;
  return (columns.value[longest] ?? 0) & valueIndex;
}

/** An address of a prefix, one at its borders, or any. */
function probe(columns: PrefixColumns, family: Family, random: (limit: number) => number): Uint8Array {
  const address = randomAddress(family, random);
  if (random(3) === 0) return address;
  const row = random(columns.size);
  const length = columns.length[row] ?? 0;
  const fill = random(3);
  for (let index = 0; index < columns.words * 32; index++) {
    const mask = 128 >> (index & 7);
    const inside = index < length;
    if (!inside && fill === 2) break;
    const set = inside ? bit(columns.address, row * columns.words, index) === 1 : fill === 1;
    const place = index >>> 3;
    address[place] = ((address[place] ?? 0) & ~mask) | (set ? mask : 0);
  }
  return address;
}

describe('the peer search', () => {
  for (const family of families)
    it(`IPv${family}: finds the longest of ${prefixCount} prefixes, as looking at all of them does`, async () => {
      const random = sequence(family);
      const { columns } = prefixTable(family, random);
      const trie = new Trie(columns);
      const arrays =
        family === 4 ? { root4: trie.root, node4: trie.nodes } : { root6: trie.root, node6: trie.nodes };
      const image: Image = { ...stage({}), ...arrays };
      const programs = await Programs.load(halvesFor(image, smallestHalves));
      try {
        programs.commit(stage({}));
        programs.commit(image);
        for (let done = 0; done < probes; done += batch) {
          const addresses = Array.from({ length: batch }, () => probe(columns, family, random));
          for (const [index, address] of addresses.entries())
            programs.sent(outward(family, udp({ sourcePort: done + index, destinationPort: 9 }), address));
          const found = programs.events().map(({ slot }) => slot);
          assert.deepEqual(
            found,
            addresses.map((address) => slowSlot(columns, address)),
          );
        }
      } finally {
        programs.close();
      }
    });
});
