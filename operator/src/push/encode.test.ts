import assert from 'node:assert/strict';
import { emptyDigest } from '@weir/proto/digest.ts';
import { encodeItem, type Item, itemKind, readItems } from '@weir/proto/item.ts';
import { decodeResponse } from '@weir/proto/service.ts';
import { describe, it } from 'mocha';
import { DeltaEncoder } from './encode-delta.ts';
import { encodeSnapshot } from './encode-snapshot.ts';

const selector = (name: number, bytes: number): Item =>
  encodeItem({
    kind: itemKind.selector,
    message: { key: new Uint8Array(16).fill(name), text: 'x'.repeat(bytes) },
  });
const identity = (name: number): Item =>
  encodeItem({
    kind: itemKind.identity,
    message: { key: new Uint8Array(16).fill(name), number: name, entity: 1 },
  });

const ids = (bytes: Uint8Array | null | undefined): string[] =>
  Array.from(readItems(bytes ?? new Uint8Array()), ({ item }) => item.id);

const target = { revision: 7, digest: emptyDigest };

describe('encoding of snapshots and deltas', () => {
  it('cuts a snapshot at a megabyte and lets a larger item go alone', () => {
    const items = [selector(1, 600_000), selector(2, 300_000), selector(3, 2_000_000), selector(4, 10)];
    const messages = [...encodeSnapshot(target, items)].map((bytes) => decodeResponse(bytes).snapshot);
    assert.deepEqual(
      messages.map((message) => [message?.chunk, message?.last, ids(message?.items).length]),
      [
        [0, false, 2],
        [1, false, 1],
        [2, true, 1],
      ],
    );
    assert.deepEqual(
      messages.flatMap((message) => ids(message?.items)),
      items.map(({ id }) => id),
    );
  });

  it('has one message for an empty bundle', () => {
    const messages = [...encodeSnapshot(target, [])].map((bytes) => decodeResponse(bytes).snapshot);
    assert.equal(messages.length, 1);
    assert.equal(messages[0]?.last, true);
  });

  it('tells a delta in chunks, removes last', () => {
    const change = {
      upserts: [selector(1, 900_000), identity(1), selector(2, 900_000)],
      removes: [identity(2), selector(3, 1)],
    };
    const from = { revision: 6, digest: emptyDigest };
    const deltas = new DeltaEncoder()
      .encode(from, target, change)
      .map((bytes) => decodeResponse(bytes).delta);
    assert.ok(deltas.length > 1);
    assert.deepEqual(
      deltas.map((delta) => delta?.chunk),
      deltas.map((_, index) => index),
    );
    assert.deepEqual(
      deltas.map((delta) => delta?.last),
      deltas.map((_, index) => index === deltas.length - 1),
    );
    assert.deepEqual(
      deltas.flatMap((delta) => ids(delta?.upserts)).sort(),
      change.upserts.map(({ id }) => id).sort(),
    );
    assert.deepEqual(
      deltas.flatMap((delta) => (delta?.removes ?? []).map(({ kind }) => kind)),
      [itemKind.identity, itemKind.selector],
    );
  });

  it('does not mix up what nodes have in common and what not', () => {
    const encoder = new DeltaEncoder();
    const shared = [selector(1, 10), selector(2, 10)];
    const decode = (upserts: readonly Item[]) =>
      encoder
        .encode(target, target, { upserts, removes: [] })
        .flatMap((bytes) => ids(decodeResponse(bytes).delta?.upserts));
    for (const upserts of [
      [...shared, identity(1)],
      [...shared, identity(2)],
      [selector(1, 10)],
      [...shared].reverse(),
    ]) {
      assert.deepEqual(decode(upserts).sort(), upserts.map(({ id }) => id).sort());
    }
  });
});
