import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestText } from '@weir/proto/digest.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { digestOf, endpoint, identity, membership, prefix, selector, table } from './items.ts';
import { Pair } from './pair.ts';

const node = 'node-1';
const some = [
  identity('a'),
  prefix(1, 'a'),
  selector('s'),
  membership('s', 'a'),
  table('t', 's'),
  endpoint('e', 'a', 't'),
];

describe('sync of an agent with the operator', () => {
  let pair: Pair;

  beforeEach(async () => {
    pair = await Pair.open();
  });
  afterEach(() => pair.close());

  it('gets a snapshot, then only differences', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    const status = await pair.inSync(node);
    assert.deepEqual(status.counts, { endpoints: 1, tables: 1, prefixes: 1, uncovered: 0 });
    assert.deepEqual(agent.changes, [{ whole: true, revision: 1, size: 0 }]);
    assert.equal(agent.client.state.kind, 'live');
    pair.server.publish([pair.bundles.change(node, [prefix(2, 'a')])]);
    pair.server.publish([]);
    const next = await pair.inSync(node);
    assert.equal(next.enforced, 2);
    assert.deepEqual(agent.changes.at(-1), { whole: false, revision: 2, size: 1 });
    assert.deepEqual(next.enforcedDigest, digestOf([...some, prefix(2, 'a')]));
    assert.equal(next.version, 'test');
    assert.deepEqual(next.capabilities, ['ipv6']);
  });

  it('tells of coverage without a new attempt, whose time stays known', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    const { applyNs, counts } = await pair.inSync(node);
    assert.ok(applyNs > 0);
    const uncovered = ['new', 'pod'];
    agent.client.updateCoverage({ counts: { ...counts, uncovered: 2 }, uncovered, attaching: ['new'] });
    await until('coverage', () => pair.server.status(node).uncovered.length === 2);
    const told = pair.server.status(node);
    assert.deepEqual([told.applyNs, told.counts.uncovered, told.enforced], [applyNs, 2, 1]);
    assert.deepEqual([told.uncovered, told.attaching], [uncovered, ['new']]);
  });

  it('tells what the programs counted, again to the next stream', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    await pair.inSync(node);
    assert.equal(pair.server.counted().size, 0, 'not said yet');
    const counted = { denied: 2 ** 40, observedDenials: 1, untold: 0 };
    agent.client.updateCounted(counted);
    await until('counters', () => pair.server.counted().has(node));
    assert.deepEqual(pair.server.counted().get(node), counted);
    pair.server.dismiss('for a test');
    assert.equal(pair.server.counted().size, 0, 'no stream');
    await until('counters once more', () => pair.server.counted().has(node));
    assert.deepEqual(pair.server.counted().get(node), counted);
  });

  it('gets a bundle of many chunks', async () => {
    pair.bundles.set(node, [
      identity('a'),
      ...Array.from({ length: 60_000 }, (_, index) => prefix(index, 'a')),
    ]);
    await pair.agent(node);
    const status = await pair.inSync(node);
    assert.equal(status.counts.prefixes, 60_000);
    const many = Array.from({ length: 50_000 }, (_, index) => prefix(100_000 + index, 'a'));
    pair.server.publish([pair.bundles.change(node, many)]);
    assert.equal((await pair.inSync(node)).counts.prefixes, 110_000);
  });

  it('is sent nothing on its return with the newest bundle, and keeps its number', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    await pair.inSync(node);
    pair.server.publish([pair.bundles.change(node, [prefix(2, 'a')])]);
    await pair.inSync(node);
    await pair.server.close();
    await pair.serve();
    await until('back', () => pair.server.status(node).connected);
    await sleep(50);
    const { enforced, revision, behindSince, sent } = pair.server.status(node);
    assert.deepEqual(
      { enforced, revision, behindSince, sent },
      { enforced: 2, revision: 2, behindSince: undefined, sent: 0 },
    );
    assert.equal(agent.changes.length, 2);
    pair.server.publish([pair.bundles.change(node, [prefix(3, 'a')])]);
    assert.equal((await pair.inSync(node)).enforced, 3);
    assert.equal(agent.changes.at(-1)?.whole, false);
  });

  it('resumes from a recent bundle with one difference, whatever it missed', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    await pair.inSync(node);
    await agent.client.stop();
    await until('gone', () => !pair.server.status(node).connected);
    const passing = prefix(9, 'a');
    const steps = [
      pair.bundles.change(node, [prefix(2, 'a'), passing, identity('b')]),
      pair.bundles.change(node, [prefix(2, 'b')]),
      pair.bundles.change(node, [], [passing]),
    ];
    pair.server.publish(steps);
    assert.ok(pair.server.status(node).behindSince);
    agent.client.start();
    assert.equal((await pair.inSync(node)).enforced, 4);
    assert.equal(agent.changes.length, 2);
    assert.deepEqual(agent.changes[1], { whole: false, revision: 4, size: 2 });
  });

  it('gets a snapshot when the operator does not remember its bundle', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    await pair.inSync(node);
    await pair.server.close();
    pair.bundles.change(node, [prefix(5, 'a')]);
    await pair.serve();
    await until('again', () => agent.changes.length === 2);
    const status = await pair.inSync(node);
    assert.equal(agent.changes[1]?.whole, true);
    assert.equal(status.enforced, 2, 'goes on from the number that the agent has');
  });

  it('sends a slow agent the newest state and no queue', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    await pair.inSync(node);
    let release = () => {};
    agent.during = () => new Promise((resolve) => (release = resolve));
    pair.server.publish([pair.bundles.change(node, [prefix(2, 'a')])]);
    await until('it is applying', () => agent.changes.length === 2);
    for (let index = 3; index < 40; index++)
      pair.server.publish([pair.bundles.change(node, [prefix(index, 'a')])]);
    await sleep(30);
    assert.equal(agent.changes.length, 2);
    assert.equal(pair.server.status(node).sent, 2);
    agent.during = () => Promise.resolve();
    release();
    assert.equal((await pair.inSync(node)).enforced, 39);
    assert.deepEqual(agent.changes.slice(2), [{ whole: false, revision: 39, size: 37 }]);
  });

  it('waits for a node that the operator does not know yet', async () => {
    const agent = await pair.agent(node);
    await until('connected', () => pair.server.status(node).connected);
    await until('accepted', () => agent.client.state.kind === 'live');
    pair.server.publish([pair.bundles.change('node-2', [identity('a')])]);
    await sleep(30);
    assert.equal(agent.changes.length, 0);
    assert.equal(pair.server.status(node).revision, 0);
    pair.server.publish([pair.bundles.change(node, some)]);
    assert.equal((await pair.inSync(node)).counts.endpoints, 1);
  });

  it('keeps the error of a refused revision, tries again later and whole', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    await pair.inSync(node);
    let left = 3;
    agent.during = () => (left-- > 0 ? Promise.reject(new Error('over the limit')) : Promise.resolve());
    pair.server.publish([pair.bundles.change(node, [prefix(2, 'a')])]);
    await until('refused', () => pair.server.status(node).error !== undefined);
    const refused = pair.server.status(node);
    assert.match(refused.error ?? '', /over the limit/);
    assert.equal(refused.enforced, 1);
    assert.deepEqual(refused.enforcedDigest, digestOf(some));
    assert.ok(refused.behindSince);
    const status = await pair.inSync(node);
    assert.equal(status.error, undefined);
    assert.deepEqual(
      agent.changes.map(({ whole }) => whole),
      [true, false, true, true, true],
    );
  });

  it('does not try a refused revision in a tight loop', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    agent.during = () => Promise.reject(new Error('no'));
    const began = performance.now();
    await until('six tries', () => agent.changes.length >= 6);
    const ms = performance.now() - began;
    // 20 + 40 + 80 + 160 + 200 ms of waiting, of which a timer may leave out one each.
    assert.ok(ms >= 495, `${ms} ms`);
  });

  it('tells the node’s addresses', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node);
    await pair.inSync(node);
    assert.deepEqual(
      pair.server.status(node).addresses.map((a) => [...a]),
      [[192, 0, 2, 1]],
    );
    agent.client.updateAddresses([Uint8Array.of(192, 0, 2, 7)]);
    await until('told', () => pair.server.status(node).addresses[0]?.[3] === 7);
  });

  it('comes back after the operator was away, with waits that grow', async () => {
    pair.bundles.set(node, some);
    const agent = await pair.agent(node, { random: () => 1 });
    await pair.inSync(node);
    await pair.server.close();
    await until('noticed', () => agent.client.state.kind === 'failed');
    await until('six tries', () => agent.waits.length >= 6);
    assert.deepEqual(agent.waits.slice(0, 6), [10, 20, 40, 80, 160, 200]);
    pair.bundles.change(node, [prefix(7, 'a')]);
    await pair.serve();
    await pair.inSync(node);
    assert.equal(agent.enforced?.digest, digestText(digestOf([...some, prefix(7, 'a')])));
  });

  it('ends the older of two streams of one node', async () => {
    pair.bundles.set(node, some);
    const first = await pair.agent(node, { retryMs: { first: 60_000, most: 60_000 }, random: () => 1 });
    await pair.inSync(node);
    const second = await pair.agent(node);
    await until('the first has gone', () => first.client.state.kind === 'failed');
    await until('the second is in', () => second.changes.length === 1);
    await pair.inSync(node);
    pair.server.publish([pair.bundles.change(node, [prefix(2, 'a')])]);
    await pair.inSync(node);
    assert.equal(second.changes.length, 2);
    assert.equal(first.changes.length, 1);
  });
});
