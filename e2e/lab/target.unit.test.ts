import assert from 'node:assert/strict';
import { LabError } from './errors.ts';
import { planLab } from './plan.ts';
import { findPlace, parseTarget } from './target.ts';

const pod = (key: string, hostNetwork = false) => ({
  key,
  node: 'a',
  hostNetwork,
  finished: false,
  addresses: [],
  ports: [],
});
const plan = planLab(
  {
    nodes: [{ name: 'a', addresses: [], podCidrs: [] }],
    pods: [pod('shop/api'), pod('shop/db'), pod('data/db'), pod('shop/scraper', true)],
  },
  { name: 'x', wiring: 'p2p', outside: ['203.0.113.10', '203.0.113.11'] },
);

describe('parseTarget', () => {
  for (const [text, expected] of [
    ['shop/api', { place: 'shop/api', protocol: 'ICMP', port: 0 }],
    ['shop/api:80', { place: 'shop/api', protocol: 'TCP', port: 80 }],
    ['api:53/udp', { place: 'api', protocol: 'UDP', port: 53 }],
    ['[fd00::1]:9/SCTP', { place: 'fd00::1', protocol: 'SCTP', port: 9 }],
    ['fd00::1', { place: 'fd00::1', protocol: 'ICMP', port: 0 }],
    ['10.0.0.1:65535', { place: '10.0.0.1', protocol: 'TCP', port: 65535 }],
  ] as const) {
    it(`reads ${text}`, () => assert.deepEqual(parseTarget(text), expected));
  }

  for (const text of ['', 'api:', 'api:0', 'api:65536', 'api:80/ICMP', 'api:80/', 'a:b', '[fd00::1']) {
    it(`refuses "${text}"`, () => {
      assert.throws(
        () => parseTarget(text),
        (error) => error instanceof LabError && error.code === 'target-invalid',
      );
    });
  }
});

describe('findPlace', () => {
  it('takes full names, names of one namespace only, nodes, the world and addresses', () => {
    const names = ['shop/api', 'api', 'a', 'node/a', 'world', '10.244.0.2', '203.0.113.11'];
    assert.deepEqual(
      names.map((name) => findPlace(plan, name).name),
      ['shop/api', 'shop/api', 'a', 'a', 'world', '10.244.0.2', '203.0.113.11'],
    );
    assert.deepEqual(findPlace(plan, '203.0.113.11').addresses, ['203.0.113.11']);
  });

  it('asks for the namespace where two have the name', () => {
    assert.throws(() => findPlace(plan, 'db'), /it has shop\/db, data\/db/);
  });

  it('lists what there is where nothing fits', () => {
    assert.throws(() => findPlace(plan, 'nobody'), /shop\/api.*world/);
  });
});
