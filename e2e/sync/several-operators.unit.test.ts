import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeStatus } from '@weir/operator/src/push/node-status.ts';
import { type Elsewhere, PushServer } from '@weir/operator/src/push/push-server.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { identity } from './items.ts';
import { type Agent, Lines, Pair } from './pair.ts';

describe('an agent of several operators', () => {
  let pair: Pair;
  let other: PushServer;
  let otherPort: number;
  /** Of the other operator. */
  let elsewhere: Elsewhere | undefined;
  let statuses: Map<string, NodeStatus>;

  /** Another operator, which lets agents wait for so long while nobody leads. */
  const listen = async (waitMs: number): Promise<void> => {
    other = new PushServer({
      bundle: pair.bundles.get,
      tls: await pair.authority.issueServer([]),
      log: new Lines(),
      clock: Date.now,
      onStatus: (node, status) => statuses.set(node, status),
      elsewhere: () => elsewhere,
      waitMs,
    });
    otherPort = await other.listen('127.0.0.1:0');
  };

  beforeEach(async () => {
    pair = await Pair.open();
    pair.bundles.set('node-1', [identity('a')]);
    statuses = new Map();
    elsewhere = undefined;
    await listen(60_000);
  });
  afterEach(async () => {
    await other.close();
    await pair.close();
  });

  it('leaves one that refuses, which learns nothing of it', async () => {
    elsewhere = { details: 'not the leader; the leader is at 192.0.2.1:9443', leader: undefined };
    const agent = await pair.agent('node-1', { target: `127.0.0.1:${otherPort},${pair.target}` });
    await pair.inSync('node-1');
    const [line] = agent.log.lines.filter(({ message }) => message === 'no connection to the operator');
    assert.match(
      JSON.stringify(line?.fields),
      /UNAVAILABLE: not the leader; the leader is at 192\.0\.2\.1:9443/,
    );
    assert.equal(statuses.size, 0);
    assert.equal(other.agents, 0);
  });

  it('leaves one that leads no longer, and is sent nothing again by the next', async () => {
    const target = `${pair.target},127.0.0.1:${otherPort}`;
    const agent = await pair.agent('node-1', { target });
    await pair.inSync('node-1');
    const changes = agent.changes.length;
    pair.server.dismiss('not the leader; nobody leads now');
    await until('at the other', () => statuses.get('node-1')?.connected === true);
    await sleep(50);
    assert.equal(agent.changes.length, changes);
    assert.equal(statuses.get('node-1')?.behindSince, undefined);
    assert.equal(pair.server.agents, 0);
  });

  it('goes at once to the leader that one names', async () => {
    elsewhere = { details: 'not the leader', leader: pair.target };
    const agent = await pair.agent('node-1', {
      target: `127.0.0.1:${otherPort}`,
      retryMs: { first: 60_000, most: 60_000 },
      random: () => 1,
    });
    await pair.inSync('node-1');
    assert.deepEqual(agent.waits, [0]);
  });

  describe('waits at one while nobody leads', () => {
    let agent: Agent;

    const start = async (): Promise<void> => {
      const retryMs = { first: 60_000, most: 60_000 };
      const target = `127.0.0.1:${otherPort}`;
      agent = await pair.agent('node-1', { target, retryMs, random: () => 1 });
    };
    const untilWaiting = async (): Promise<void> => {
      await until('it waits', () => other.waiting === 1);
      assert.deepEqual([agent.client.state.kind, other.agents], ['connecting', 0]);
    };

    beforeEach(() => {
      elsewhere = { details: 'nobody leads', leader: undefined, wait: true };
    });

    it('and is served as soon as that one does', async () => {
      await start();
      await untilWaiting();
      elsewhere = undefined;
      other.lead();
      await until('served', () => statuses.get('node-1')?.connected === true);
      await until('live', () => agent.client.state.kind === 'live');
      assert.deepEqual([agent.waits, other.waiting], [[], 0]);
    });

    it('and is sent to another that does', async () => {
      await start();
      await untilWaiting();
      elsewhere = { details: 'not the leader', leader: pair.target };
      await pair.inSync('node-1');
      assert.deepEqual([agent.waits, other.waiting], [[0], 0]);
    });

    it('and leaves after a while, since that one alone may not know', async () => {
      await other.close();
      await listen(500);
      await start();
      const began = performance.now();
      await until('refused', () => agent.waits.length === 1);
      assert.ok(performance.now() - began >= 499);
      assert.deepEqual([agent.waits, other.waiting], [[60_000], 0]);
      elsewhere = undefined;
      await sleep(300);
      assert.equal(other.agents, 0);
    });

    it('and is forgotten when it goes, or when that one stops', async () => {
      await start();
      await untilWaiting();
      await agent.client.stop();
      await until('gone', () => other.waiting === 0);
      const second = await pair.agent('node-1', { target: `127.0.0.1:${otherPort}` });
      await until('it waits', () => other.waiting === 1);
      const began = performance.now();
      await other.close();
      assert.ok(performance.now() - began < 30_000);
      await until('refused', () => /the operator stops/.test(JSON.stringify(second.log.lines)));
    });
  });

  it('begins its waits anew once one has been of use for a second', async () => {
    let ms = 0;
    const target = pair.target;
    const options = { clock: () => ms, retryMs: { first: 20, most: 60_000 }, random: () => 1 };
    const agent = await pair.agent('node-1', { target, ...options });
    for (const lived of [999, 999, 1_000, 1_000]) {
      await pair.inSync('node-1');
      await until('live', () => agent.client.state.kind === 'live');
      ms += lived;
      pair.server.dismiss('the operator stops');
      await until('noticed', () => agent.client.state.kind === 'failed');
    }
    assert.deepEqual(agent.waits, [20, 40, 20, 20]);
  });

  it('waits ever longer for one that serves nothing that can be enforced', async () => {
    let ms = 0;
    const options = { clock: () => ms, retryMs: { first: 20, most: 60_000 }, random: () => 1 };
    const agent = await pair.agent('node-1', { target: pair.target, ...options });
    agent.during = () => Promise.reject(new Error('over-limit'));
    for (const tries of [1, 2, 3]) {
      await until('refused', () => {
        const { connected, error } = pair.server.status('node-1');
        return connected && error === 'over-limit';
      });
      ms += 60_000;
      pair.server.dismiss('the operator stops');
      await until('noticed', () => agent.waits.length === tries);
    }
    assert.deepEqual(agent.waits, [20, 40, 80]);
  });

  it('goes on trying while all refuse', async () => {
    elsewhere = { details: 'not the leader', leader: undefined };
    const agent = await pair.agent('node-1', { target: `127.0.0.1:${otherPort},127.0.0.1:1` });
    await until('tried each twice', () => agent.log.count('no connection to the operator') >= 4);
    elsewhere = undefined;
    await until('served', () => other.agents === 1);
  });
});
