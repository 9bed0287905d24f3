import assert from 'node:assert/strict';
import { contains } from './contains.ts';
import { prefix } from './test-cluster.ts';

describe('contains', () => {
  const cases: readonly [string, string, boolean][] = [
    ['10.0.0.0/8', '10.255.255.255', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['10.0.0.0/9', '10.128.0.0', false],
    ['10.0.0.1/32', '10.0.0.1', true],
    ['0.0.0.0/0', '255.1.2.3', true],
    ['0.0.0.0/0', '::', false],
    ['10.0.0.0/16', '10.0.0.0/8', false],
    ['fd00::/12', 'fd0f:ffff::1', true],
    ['fd00::/12', 'fd10::1', false],
    ['::/0', 'fe80::1', true],
  ];
  for (const [block, inner, expected] of cases) {
    it(`${block} ${expected ? 'has' : 'does not have'} ${inner}`, () =>
      assert.equal(contains(prefix(block), prefix(inner)), expected));
  }
});
