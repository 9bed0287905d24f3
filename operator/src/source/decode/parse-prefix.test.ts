import assert from 'node:assert/strict';
import { containsPrefix, parseAddress, parsePrefix } from './parse-prefix.ts';

describe('parsePrefix', () => {
  const valid: readonly [text: string, canonical: string][] = [
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['10.1.2.3/13', '10.0.0.0/13'],
    ['255.255.255.255/31', '255.255.255.254/31'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.1/32', '192.0.2.1/32'],
    ['::/0', '::/0'],
    ['2001:DB8:0:0::1/64', '2001:db8::/64'],
    ['2001:db8::ffff/127', '2001:db8::fffe/127'],
    ['fd00:0:0:1:0:0:0:1/128', 'fd00:0:0:1::1/128'],
  ];
  for (const [text, canonical] of valid)
    it(`reads ${text} as ${canonical}`, () => assert.equal(parsePrefix(text)?.text, canonical));

  const invalid = [
    '',
    '/',
    '/8',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '10.0.0.0/8 ',
    '10.0.0/8',
    '010.0.0.0/8',
    '0x0a.0.0.0/8',
    '256.0.0.0/8',
    '::/129',
    ':::/0',
    'fe80::1%eth0/64',
    '::ffff:10.0.0.0/104',
    'ten',
  ];
  for (const text of invalid)
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parsePrefix(text), undefined));

  it('gives big-endian bytes without host bits', () => {
    assert.deepEqual(parsePrefix('10.255.255.255/12'), {
      family: 4,
      address: Uint8Array.of(10, 240, 0, 0),
      length: 12,
      text: '10.240.0.0/12',
    });
  });
});

describe('parseAddress', () => {
  it('reads whole addresses only', () => {
    assert.equal(parseAddress('10.0.0.1')?.text, '10.0.0.1/32');
    assert.equal(parseAddress('FD00::1')?.text, 'fd00::1/128');
    for (const text of ['10.0.0.1/32', '', '::ffff:10.0.0.1', 'fe80::1%1', 'localhost'])
      assert.equal(parseAddress(text), undefined, text);
  });
});

describe('containsPrefix', () => {
  const table: readonly [outer: string, inner: string, contains: boolean][] = [
    ['10.0.0.0/8', '10.1.0.0/16', true],
    ['10.0.0.0/8', '10.0.0.0/8', true],
    ['10.1.0.0/16', '10.0.0.0/8', false],
    ['10.0.0.0/8', '11.0.0.0/16', false],
    ['0.0.0.0/0', '2001:db8::/32', false],
    ['::/0', '10.0.0.0/8', false],
    ['2001:db8::/33', '2001:db8:8000::/48', false],
  ];
  for (const [outer, inner, contains] of table)
    it(`${inner} is ${contains ? '' : 'not '}in ${outer}`, () => {
      const [a, b] = [parsePrefix(outer), parsePrefix(inner)];
      assert.ok(a && b);
      assert.equal(containsPrefix(a, b), contains);
    });
});
