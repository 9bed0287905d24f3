import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { endpointLayout, endpointPlace, endpointProbes } from '../image/layout.ts';
import { installedEndpoints, widenEndpoints } from './endpoint-table.ts';

const { size, offsets } = endpointLayout;

/** Where a program finds an interface, as bpf/include/endpoint.h looks; undefined where it does not. */
function find(table: Uint8Array, ifindex: number): Buffer | undefined {
  const bytes = Buffer.from(table.buffer, table.byteOffset, table.length);
  const places = table.length / size;
  for (let probe = 0; probe < endpointProbes; probe++) {
    const at = ((endpointPlace(ifindex, Math.log2(places)) + probe) % places) * size;
    const found = bytes.readUInt32LE(at + offsets.ifindex);
    if (found === ifindex) return bytes.subarray(at, at + size);
    if (found === 0) return undefined;
  }
  return undefined;
}

/** A table with as many of the interfaces as fit, and those. */
function fill(places: number, ifindexes: readonly number[]) {
  const table = Buffer.alloc(places * size);
  const fitted = ifindexes.filter((ifindex) => {
    for (let probe = 0; probe < endpointProbes; probe++) {
      const at = ((endpointPlace(ifindex, Math.log2(places)) + probe) % places) * size;
      if (table.readUInt32LE(at) !== 0) continue;
      table.writeUInt32LE(ifindex, at + offsets.ifindex);
      table.writeUInt32LE(ifindex ^ 0xffff, at + offsets.instance);
      return true;
    }
    return false;
  });
  return { table, fitted };
}

describe('widening the endpoint table', () => {
  it('keeps every interface findable, however full the table was', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 64 }),
        (bits, doublings, ifindexes) => {
          const { table, fitted } = fill(2 ** bits, ifindexes);
          const wide = widenEndpoints(table, table.length * 2 ** doublings);
          for (const ifindex of fitted)
            assert.equal(find(wide, ifindex)?.readUInt32LE(offsets.instance), ifindex ^ 0xffff);
          assert.equal(installedEndpoints(wide).length, fitted.length);
        },
      ),
    );
  });

  it('leaves a table alone that is as large already', () => {
    const { table } = fill(16, [4, 5]);
    assert.equal(widenEndpoints(table, table.length), table);
  });
});
