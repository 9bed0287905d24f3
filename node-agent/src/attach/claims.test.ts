import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { AddressClaims } from './claims.ts';
import type { PodInterface } from './pod-interface.ts';

const address = (last: number): Uint8Array => Uint8Array.of(10, 0, 0, last);
const veth = (ifindex: number, ...last: number[]): PodInterface => ({
  ifindex,
  name: `veth${ifindex}`,
  addresses: last.map(address),
});

describe('address claims', () => {
  it('leave an address with its first interface when a pod takes it', () => {
    const claims = new AddressClaims();
    claims.update([veth(5, 1), veth(3, 2)]);
    claims.update([veth(3, 2, 1), veth(5, 1)]);
    assert.equal(claims.holders(address(1))[0], 5);
  });

  it('pass an address on once its interface is gone or gave it up', () => {
    const claims = new AddressClaims();
    claims.update([veth(5, 1), veth(6)]);
    claims.update([veth(6, 1)]);
    assert.equal(claims.holders(address(1))[0], 6);
    claims.update([veth(6), veth(7, 1)]);
    assert.equal(claims.holders(address(1))[0], 7);
  });

  it('do not take a new interface with a used index for the old one', () => {
    const claims = new AddressClaims();
    claims.update([{ ...veth(5, 1), name: 'old' }]);
    claims.update([{ ...veth(5, 1), name: 'new' }, veth(4, 1)]);
    assert.equal(claims.holders(address(1))[0], 4);
  });
});
