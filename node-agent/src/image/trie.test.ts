import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { BlockNames } from './block-names.ts';
import { IdSets } from './id-sets.ts';
import { KeyList } from './key-list.ts';
import { valueIndex } from './layout.ts';
import { findValue } from './lookup.ts';
import { nameOperation, PrefixTable, prefixOperation } from './prefix-table.ts';
import { Slots } from './slots.ts';
import { isInside } from './testing/naive-lookup.ts';
import { Trie } from './trie.ts';

interface Prefix {
  readonly address: Uint8Array;
  readonly length: number;
}

/** A search structure over prefixes that each are an identity of their own, beside the plain list of them. */
class Pair {
  readonly #slots = new Slots();
  readonly #table: PrefixTable;
  readonly #trie: Trie;
  readonly #family: 4 | 6;
  readonly #prefixes = new Map<string, Prefix & { readonly identity: number }>();

  constructor(family: 4 | 6) {
    this.#family = family;
    const meaning = {
      names: new BlockNames(),
      slots: this.#slots,
      sets: new IdSets(),
      isOfWorld: () => false,
    };
    this.#table = new PrefixTable(family === 4 ? 1 : 4, family === 4 ? 0 : 1, meaning);
    this.#trie = new Trie(family, this.#table.columns);
  }

  /** Identity 0 removes. */
  change(changes: readonly (Prefix & { readonly identity: number })[]): void {
    const operations = new KeyList(this.#family === 4 ? 1 : 4);
    for (const change of changes) {
      const { address, length, identity } = change;
      operations.pushBytes(address, length, prefixOperation.identity, identity);
      const key = `${address.join('.')}/${length}`;
      if (identity === 0) this.#prefixes.delete(key);
      else this.#prefixes.set(key, change);
    }
    const changed = this.#table.apply(operations);
    if (changed.size > 0) this.#trie.update(this.#table.columns, changed);
    this.#slots.settle();
  }

  identity(address: Uint8Array): number {
    const none = new Uint8Array();
    const { root, nodes, values } = this.#trie;
    const image = {
      endpoint: none,
      root4: root,
      node4: nodes,
      value4: values,
      root6: root,
      node6: nodes,
      value6: values,
      class: none,
      portcls: none,
      rowidx: none,
      row: none,
      outcome: none,
    };
    return this.#slots.identity[findValue(image, address) & valueIndex] ?? -1;
  }

  naive(address: Uint8Array): number {
    let longest = -1;
    let identity = 0;
    for (const prefix of this.#prefixes.values()) {
      if (prefix.length <= longest || !isInside(address, prefix)) continue;
      longest = prefix.length;
      identity = prefix.identity;
    }
    return identity;
  }

  /** What the structure takes, and what one takes that is built anew. */
  get sizes() {
    return [this.#trie.used, new Trie(this.#family, this.#table.columns).used] as const;
  }

  check(addresses: Iterable<Uint8Array>): void {
    for (const address of addresses)
      assert.equal(this.identity(address), this.naive(address), address.join('.'));
  }

  /** The first and last address of each prefix, and those before and behind. */
  *edges(): Generator<Uint8Array> {
    for (const { address, length } of this.#prefixes.values()) {
      const bits = address.length * 8;
      const first = address.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
      const size = 1n << BigInt(bits - length);
      for (const number of [first, first + size - 1n, first - 1n, first + size])
        yield toBytes(BigInt.asUintN(bits, number), address.length);
    }
  }
}

function toBytes(number: bigint, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) =>
    Number((number >> BigInt((size - 1 - index) * 8)) & 255n),
  );
}

function prefix(address: readonly number[], length: number): Prefix {
  const masks = address.map((_, index) => (0xff00 >> Math.max(0, Math.min(8, length - index * 8))) & 255);
  return { address: Uint8Array.from(address, (byte, index) => byte & (masks[index] ?? 0)), length };
}

/** Addresses that share long and short runs of bytes. */
const address = (size: 4 | 16) =>
  fc.oneof(
    fc.array(fc.nat(255), { minLength: size, maxLength: size }),
    fc.array(fc.constantFrom(0, 0, 0, 0, 1, 128), { minLength: size, maxLength: size }),
  );

const change = (size: 4 | 16) =>
  fc
    .tuple(address(size), fc.integer({ min: 0, max: size * 8 }), fc.integer({ min: 0, max: 9 }))
    .map(([bytes, length, identity]) => ({
      ...prefix(bytes, length),
      identity: identity === 0 ? 0 : identity + 1,
    }));

for (const [family, size] of [
  [4, 4],
  [6, 16],
] as const)
  describe(`Trie, IPv${family}`, () => {
    it('finds the longest prefix, whatever changes', () => {
      fc.assert(
        fc.property(
          fc.array(change(size), { minLength: 20, maxLength: 120, size: 'max' }),
          fc.array(fc.array(change(size), { minLength: 1, maxLength: 4 }), { maxLength: 12, size: 'max' }),
          fc.array(address(size), { minLength: 20, maxLength: 20 }),
          (first, batches, probes) => {
            const pair = new Pair(family);
            pair.change(first);
            for (const batch of batches) {
              pair.change(batch);
              pair.check(pair.edges());
              pair.check(probes.map((bytes) => Uint8Array.from(bytes)));
              const [size, sizeAnew] = pair.sizes;
              assert.deepEqual(size, sizeAnew, 'nothing is leaked');
            }
          },
        ),
        { numRuns: 40 },
      );
    }).timeout(60_000);

    it('takes a prefix out again so that nothing is left of it', () => {
      const pair = new Pair(family);
      const bits = size * 8;
      const bytes = Array.from({ length: size }, (_, index) => index + 10);
      const nested = Array.from({ length: bits + 1 }, (_, length) => ({
        ...prefix(bytes, length),
        identity: length + 2,
      }));
      pair.change(nested);
      pair.check(pair.edges());
      for (const each of nested.slice().reverse()) {
        pair.change([{ ...each, identity: 0 }]);
        pair.check(pair.edges());
      }
      assert.equal(pair.identity(Uint8Array.from(bytes)), 0);
      assert.deepEqual(pair.sizes[0], { nodes: 0, values: 0 });
    });

    it('tells neighbours apart', () => {
      const pair = new Pair(family);
      const bytes = (last: number) => [...Array.from({ length: size - 1 }, () => 7), last];
      pair.change(
        Array.from({ length: 256 }, (_, last) => ({ ...prefix(bytes(last), size * 8), identity: last + 2 })),
      );
      pair.check(pair.edges());
      pair.change([{ ...prefix(bytes(77), size * 8), identity: 0 }]);
      assert.equal(pair.identity(Uint8Array.from(bytes(77))), 0);
      pair.check(pair.edges());
    });
  });

describe('PrefixTable', () => {
  it('gives a block its slot back when nobody names it', () => {
    const slots = new Slots();
    const names = new BlockNames();
    const table = new PrefixTable(1, 0, { names, slots, sets: new IdSets(), isOfWorld: () => false });
    const operate = (operation: number, element: number) => {
      const operations = new KeyList(1);
      operations.pushBytes(Uint8Array.of(192, 0, 2, 0), 24, nameOperation(operation, 0), element);
      table.apply(operations);
      slots.settle();
      names.settle();
    };
    operate(prefixOperation.addName, 4);
    operate(prefixOperation.addName, 6);
    assert.equal(table.columns.size, 2);
    operate(prefixOperation.removeName, 4);
    assert.equal(table.columns.size, 2);
    operate(prefixOperation.removeName, 6);
    assert.equal(table.columns.size, 1);
    const used = Array.from({ length: slots.size }, (_, slot) => slot).filter((slot) => slots.isUsed(slot));
    assert.deepEqual(used, [0, 1]);
  });
});
