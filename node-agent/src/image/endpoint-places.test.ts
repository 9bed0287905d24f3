import assert from 'node:assert/strict';
import { weir } from '@weir/proto/bundle.js';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { endpointBits, placeEndpoints } from './endpoint-places.ts';
import { endpointFlag, endpointLayout, endpointPlace, endpointProbes } from './layout.ts';

const { size, offsets } = endpointLayout;
const endpoint = weir.bundle.v1.Endpoint.create({
  uid: 'a',
  addresses: [Uint8Array.of(10, 0, 0, 7), Uint8Array.from({ length: 16 }, (_, index) => index)],
  egressTable: new Uint8Array(16),
});
const placed = (ifindex: number) => ({
  binding: { uid: 'a', ifindex, instance: ifindex + 1, adoptUntil: 99 },
  endpoint,
  egress: 12,
  ingress: 34,
});

/** As the programs look for an interface. */
function find(array: Uint8Array, ifindex: number): number | undefined {
  const bits = endpointBits(array);
  const view = new DataView(array.buffer);
  for (let probe = 0; probe < endpointProbes; probe++) {
    const start = ((endpointPlace(ifindex, bits) + probe) % 2 ** bits) * size;
    if (view.getUint32(start + offsets.ifindex, true) === ifindex) return start;
  }
  return undefined;
}

describe('placeEndpoints', () => {
  it('puts every interface where the programs look', () => {
    const ifindexes = fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 31 - 1 }), {
      maxLength: 3000,
      size: 'max',
    });
    fc.assert(
      fc.property(ifindexes, (list) => {
        const array = placeEndpoints(list.map(placed), 0);
        for (const ifindex of list) assert.notEqual(find(array, ifindex), undefined, String(ifindex));
      }),
      { numRuns: 10 },
    );
    const row = Array.from({ length: 5000 }, (_, index) => index + 3);
    const array = placeEndpoints(row.map(placed), 0);
    for (const ifindex of row) assert.notEqual(find(array, ifindex), undefined, String(ifindex));
  });

  it('grows instead of placing an interface too far off, and never shrinks', () => {
    const bits = 10;
    const colliding = [];
    for (let ifindex = 1; colliding.length <= endpointProbes; ifindex++)
      if (endpointPlace(ifindex, bits) === 5) colliding.push(ifindex);
    const array = placeEndpoints(colliding.map(placed), 0);
    assert.ok(endpointBits(array) > bits);
    for (const ifindex of colliding) assert.notEqual(find(array, ifindex), undefined);
    assert.equal(endpointBits(placeEndpoints([placed(1)], 13)), 13);
  });

  it('writes the words of struct endpoint', () => {
    const array = placeEndpoints([placed(7)], 0);
    const start = find(array, 7) ?? Number.NaN;
    const view = new DataView(array.buffer, start, size);
    assert.equal(
      view.getUint32(offsets.flags, true),
      endpointFlag.egressIsolated | endpointFlag.ip4 | endpointFlag.ip6,
    );
    assert.deepEqual(
      [view.getUint32(offsets.table, true), view.getUint32(offsets.table + 4, true)],
      [12, 34],
    );
    assert.equal(view.getUint32(offsets.instance, true), 8);
    assert.equal(view.getUint32(offsets.adopt_until, true), 99);
    // The CRC-32 of 'a'.
    assert.equal(view.getUint32(offsets.owner, true), 0xe8b7_be43);
    assert.equal(view.getUint32(offsets.ip4, true), 0x0a00_0007);
    assert.equal(view.getBigUint64(offsets.ip6_hi, true), 0x0001_0203_0405_0607n);
    assert.equal(view.getBigUint64(offsets.ip6_lo, true), 0x0809_0a0b_0c0d_0e0fn);
  });

  it('says of a closed interface that it is, and of no address and owner', () => {
    const array = placeEndpoints([{ ...placed(7), endpoint: undefined }], 0);
    const view = new DataView(array.buffer, find(array, 7), size);
    assert.equal(view.getUint32(offsets.owner, true), 0);
    const { closed, ingressIsolated, egressIsolated } = endpointFlag;
    assert.equal(view.getUint32(offsets.flags, true), closed | ingressIsolated | egressIsolated);
    assert.equal(view.getUint32(offsets.instance, true), 8);
  });
});
