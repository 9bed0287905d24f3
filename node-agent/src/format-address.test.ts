import assert from 'node:assert/strict';
import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatAddress } from './format-address.ts';

const bytesOf = (groups: readonly number[]): readonly number[] =>
  groups.flatMap((group) => [group >> 8, group & 255]);

describe('addresses as text', () => {
  it('writes IPv4 by its bytes', () => assert.equal(formatAddress([10, 0, 200, 1]), '10.0.200.1'));

  for (const [groups, text] of [
    [[0, 0, 0, 0, 0, 0, 0, 0], '::'],
    [[0, 0, 0, 0, 0, 0, 0, 1], '::1'],
    [[0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], '2001:db8::'],
    [[0x2001, 0xdb8, 0, 1, 1, 1, 1, 1], '2001:db8:0:1:1:1:1:1'],
    [[0x2001, 0, 0, 1, 0, 0, 0, 1], '2001:0:0:1::1'],
    [[0, 0, 1, 0, 0, 1, 1, 1], '::1:0:0:1:1:1'],
  ] as const)
    it(`writes IPv6 as RFC 5952 says: ${text}`, () => assert.equal(formatAddress(bytesOf(groups)), text));

  it('writes what is read as the same address', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        const text = formatAddress(bytesOf(groups));
        assert.ok(isIPv6(text), text);
        const [head = '', tail] = text.split('::').map((part) => (part === '' ? [] : part.split(':')));
        const zeros = Array.from({ length: 8 - head.length - (tail?.length ?? 0) }, () => '0');
        assert.deepEqual(
          [...head, ...zeros, ...(tail ?? [])].map((part) => Number.parseInt(part, 16)),
          groups,
        );
      }),
    );
  });
});
