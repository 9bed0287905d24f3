import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { LeaderElection, type LeaderElectionOptions } from '@weir/operator/src/controller/leader-election.ts';
import { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { ControlPlane } from '../cluster/control-plane.ts';
import { Lines } from '../sync/pair.ts';
import { until } from '../until.ts';
import { Cuttable } from './cuttable.ts';

const timing = { leaseMs: 3_000, renewMs: 2_000, retryMs: 200 };
const day = 86_400_000;

interface Candidate {
  readonly election: LeaderElection;
  readonly client: ApiClient;
}

describe('election over a Lease of a real API server', function () {
  this.timeout(30_000);
  let plane: ControlPlane;
  let count = 0;
  let lease = '';
  /** "a elected", "a lost", in their order. */
  let events: string[] = [];
  const candidates: Candidate[] = [];
  const ways: Cuttable[] = [];

  const stand = (
    identity: string,
    options: Partial<LeaderElectionOptions> = {},
    kubeconfig = plane.kubeconfig,
  ): LeaderElection => {
    const client = ApiClient.open({ kind: 'kubeconfig', file: kubeconfig });
    const election = new LeaderElection({
      client,
      namespace: 'default',
      name: lease,
      identity,
      address: `${identity}:9443`,
      clock: () => performance.now(),
      wall: Date.now,
      random: Math.random,
      log: new Lines(),
      timing,
      onElected: () => events.push(`${identity} elected`),
      onLost: () => events.push(`${identity} lost`),
      ...options,
    });
    candidates.push({ election, client });
    election.start();
    return election;
  };
  const cuttable = async (): Promise<readonly [way: Cuttable, kubeconfig: string]> => {
    const way = new Cuttable(plane.server);
    ways.push(way);
    return [way, await way.open(plane.kubeconfig)];
  };

  before(async function () {
    this.timeout(900_000);
    plane = await ControlPlane.up({ controllers: false });
  });
  beforeEach(() => {
    count += 1;
    lease = `weir-${count}`;
    events = [];
  });
  afterEach(async () => {
    for (const way of ways.splice(0)) await way.close();
    for (const { election, client } of candidates.splice(0)) {
      await election.stop();
      client.close();
    }
  });
  after(() => plane?.down());

  it('elects one of many, and all know it and its address', async () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((identity) => stand(identity));
    await until('all know', () => all.every(({ leader }) => leader !== undefined));
    await sleep(1_000);
    assert.equal(events.length, 1);
    const leader = events[0]?.split(' ')[0];
    assert.deepEqual(
      all.map((election) => election.leader),
      all.map(() => ({ identity: leader, address: `${leader}:9443` })),
    );
    assert.equal(all.filter(({ leading }) => leading).length, 1);
    const stored = await plane.get<{ spec: Record<string, unknown> }>('lease', lease, '-n', 'default');
    assert.equal(stored.spec.holderIdentity, leader);
    assert.equal(stored.spec.leaseDurationSeconds, 3);
  });

  it('hands over at once when the leader stops, which leads no longer before that', async () => {
    // Longer than the test takes: the other is told.
    const slow = { timing: { ...timing, retryMs: 1_900 }, random: () => 1 };
    const a = stand('a', slow);
    await until('a leads', () => a.leading);
    const b = stand('b', slow);
    await until('b waits', () => b.leader?.identity === 'a');
    await sleep(300);
    const began = performance.now();
    await a.stop();
    assert.equal(a.leading, false);
    await until('b leads', () => b.leading);
    const ms = performance.now() - began;
    assert.ok(ms < 1_400, `${ms} ms`);
    assert.deepEqual(events, ['a elected', 'a lost', 'b elected']);
    const { spec } = await plane.get<{ spec: Record<string, unknown> }>('lease', lease, '-n', 'default');
    assert.equal(spec.leaseTransitions, 1);
  });

  it('waits for the lease of a leader that is cut off to end, and that leader gives up before', async () => {
    const [way, kubeconfig] = await cuttable();
    const a = stand('a', {}, kubeconfig);
    await until('a leads', () => a.leading);
    const b = stand('b');
    await until('b waits', () => b.leader?.identity === 'a');
    const began = performance.now();
    way.silent = true;
    let both = 0;
    const watch = setInterval(() => {
      if (a.leading && b.leading) both += 1;
    }, 1);
    await until('b leads', () => b.leading, 10_000);
    clearInterval(watch);
    const ms = performance.now() - began;
    assert.ok(ms > 2_500 && ms < 5_500, `${ms} ms`);
    assert.equal(both, 0);
    assert.deepEqual(events, ['a elected', 'a lost', 'b elected']);
    // Back again, it follows.
    way.silent = false;
    way.cut();
    await until('a knows', () => a.leader?.identity === 'b', 10_000);
    await sleep(1_000);
    assert.deepEqual(events, ['a elected', 'a lost', 'b elected']);
  });

  it('is not moved by clocks that are set', async () => {
    let jump = 0;
    const a = stand('a', { wall: () => Date.now() + jump });
    await until('a leads', () => a.leading);
    const b = stand('b', { wall: () => Date.now() - 10 * day });
    for (jump of [day, -day, 365 * day, -365 * day]) await sleep(700);
    assert.deepEqual(events, ['a elected']);
    assert.equal(b.leader?.identity, 'a');
  });

  it('does not lead when it wakes up late, even before its timers have fired', async () => {
    let slept = 0;
    const a = stand('a', { clock: () => performance.now() + slept });
    await until('a leads', () => a.leading);
    slept = timing.renewMs + 1;
    assert.equal(a.leading, false);
  });

  it('leads on while the API server is away for less than a renewal may take', async () => {
    const [way, kubeconfig] = await cuttable();
    const a = stand('a', {}, kubeconfig);
    await until('a leads', () => a.leading);
    way.cut();
    way.silent = true;
    await sleep(1_000);
    way.silent = false;
    way.cut();
    await sleep(2_500);
    assert.ok(a.leading);
    assert.deepEqual(events, ['a elected']);
  });

  it('gives way to whoever was put into the lease, and waits for that to end', async () => {
    const a = stand('a');
    await until('a leads', () => a.leading);
    // Somebody takes the lease away by hand.
    await plane.mustKubectl(
      'patch',
      'lease',
      lease,
      '-n',
      'default',
      '--type=merge',
      '-p',
      '{"spec":{"holderIdentity":"x"}}',
    );
    await until('a has lost', () => events.includes('a lost'));
    assert.equal(a.leading, false);
    await until('a leads again', () => a.leading, 10_000);
    assert.deepEqual(events, ['a elected', 'a lost', 'a elected']);
  });
});
