import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  addDigest,
  digestFromBytes,
  digestToBytes,
  emptyDigest,
  equalDigest,
  subtractDigest,
} from './digest.ts';
import { weir } from './gen/bundle.js';
import { encodeItem, encodeKeyed, itemKind, readItems } from './item.ts';

const prefix = (last: number) =>
  encodeItem({
    kind: itemKind.prefix,
    message: { address: Uint8Array.of(10, 0, 0, last), length: 32, identity: new Uint8Array(16) },
  });

describe('item', () => {
  it('concatenates into a message that splits into the same items', () => {
    const items = [prefix(1), prefix(2), prefix(3)];
    const read = [...readItems(Buffer.concat(items.map((item) => item.field)))];
    assert.deepEqual(
      read.map(({ item }) => [item.id, item.digest]),
      items.map((item) => [item.id, item.digest]),
    );
  });

  it('refuses an unknown kind and a cut message', () => {
    assert.throws(() => [...readItems(Uint8Array.of((15 << 3) | 2, 0))], /unknown kind of item: 15/);
    assert.throws(() => [...readItems(prefix(1).field.subarray(0, 10))], RangeError);
  });

  it('has a digest that does not depend on order and can be taken back', () => {
    const [a, b, c] = [prefix(1).digest, prefix(2).digest, prefix(3).digest] as const;
    const sum = addDigest(addDigest(a, b), c);
    assert.ok(equalDigest(sum, addDigest(addDigest(c, a), b)));
    assert.ok(equalDigest(subtractDigest(subtractDigest(subtractDigest(sum, b), a), c), emptyDigest));
    assert.ok(equalDigest(digestFromBytes(digestToBytes(sum)), sum));
  });

  it('is the same made from a message or from a key and the encoded rest', () => {
    const key = Uint8Array.from({ length: 16 }, (_, index) => index);
    for (const count of [0, 1, 2000]) {
      const rest = { direction: 1, selectors: Array.from({ length: count }, () => key) };
      const whole = encodeItem({ kind: itemKind.table, message: { key, ...rest } });
      const parts = encodeKeyed(itemKind.table, key, weir.bundle.v1.Table.encode(rest).finish());
      assert.deepEqual(
        [parts.id, parts.key, parts.field, parts.body, parts.digest],
        [whole.id, whole.key, whole.field, whole.body, whole.digest],
      );
    }
  });

  it('can be made after one that could not', () => {
    const before = prefix(1);
    const bad = { outcomes: [{ origins: [null as never] }] };
    assert.throws(() => encodeItem({ kind: itemKind.table, message: bad }));
    assert.deepEqual(prefix(1).field, before.field);
  });
});
