import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { LeaderElection, type LeaderElectionOptions } from '@weir/operator/src/controller/leader-election.ts';
import { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { ControlPlane } from '../cluster/control-plane.ts';
import { Lines } from '../sync/pair.ts';
import { until } from '../until.ts';
import { Cuttable } from './cuttable.ts';

/** Longer than a machine stands still, and no longer, since some wait for its end. */
const timing = { leaseMs: 6_000, renewMs: 4_500, retryMs: 200, unfitMs: 1_000 };
/** For those in which no lease is to end. */
const patient = { leaseMs: 60_000, renewMs: 50_000, retryMs: 200, unfitMs: 1_000 };
const day = 86_400_000;
const soonMs = 60_000;

interface Candidate {
  readonly election: LeaderElection;
  readonly client: ApiClient;
}

describe('election over a Lease of a real API server', function () {
  this.timeout(300_000);
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
  /** Waits until something is known or has happened. */
  const soon = (what: string, holds: () => boolean | Promise<boolean>): Promise<void> =>
    until(() => `${what}; ${events.join(', ')}`, holds, soonMs);
  const found = () =>
    plane.get<{
      readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
      readonly spec: Readonly<Record<string, unknown>>;
    }>('lease', lease, '-n', 'default');
  const stored = async () => (await found()).spec;
  const annotations = async () => (await found()).metadata.annotations;
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
    const all = ['a', 'b', 'c', 'd', 'e'].map((identity) => stand(identity, { timing: patient }));
    await soon('all know', () => all.every(({ leader }) => leader !== undefined));
    await sleep(1_000);
    assert.equal(events.length, 1);
    const leader = events[0]?.split(' ')[0];
    assert.deepEqual(
      all.map((election) => election.leader),
      all.map(() => ({ identity: leader, address: `${leader}:9443` })),
    );
    assert.equal(all.filter(({ leading }) => leading).length, 1);
    const { holderIdentity, leaseDurationSeconds } = await stored();
    assert.deepEqual([holderIdentity, leaseDurationSeconds], [leader, 60]);
  });

  it('hands over at once when the leader stops, which leads no longer before that', async () => {
    // Longer than the test waits: the other is told.
    const slow = {
      timing: { ...patient, leaseMs: 600_000, renewMs: 500_000, retryMs: 400_000 },
      random: () => 1,
    };
    const a = stand('a', slow);
    await soon('a leads', () => a.leading);
    const b = stand('b', slow);
    await soon('b waits', () => b.leader?.identity === 'a');
    await sleep(300);
    await a.stop();
    assert.equal(a.leading, false);
    await soon('b leads', () => b.leading);
    assert.deepEqual(events, ['a elected', 'a lost', 'b elected']);
    assert.equal((await stored()).leaseTransitions, 1);
  });

  it('waits for the lease of a leader that is cut off to end, and that leader gives up before', async () => {
    const [way, kubeconfig] = await cuttable();
    const a = stand('a', {}, kubeconfig);
    await soon('a leads', () => a.leading);
    const b = stand('b');
    await soon('b waits', () => b.leader?.identity === 'a');
    const began = performance.now();
    way.silent = true;
    let both = 0;
    const watch = setInterval(() => {
      if (a.leading && b.leading) both += 1;
    }, 1);
    await soon('b leads', () => b.leading).finally(() => clearInterval(watch));
    const ms = performance.now() - began;
    // The last renewal was seen a moment before the cut, longer where the API server stood still.
    assert.ok(ms > timing.leaseMs / 2, `${ms} ms`);
    assert.equal(both, 0);
    assert.deepEqual(events, ['a elected', 'a lost', 'b elected']);
    // Back again, it follows.
    way.silent = false;
    way.cut();
    await soon('a knows', () => a.leader?.identity === 'b');
    await sleep(1_000);
    assert.deepEqual(events, ['a elected', 'a lost', 'b elected']);
  });

  it('is not moved by clocks that are set', async () => {
    let jump = 0;
    const a = stand('a', { wall: () => Date.now() + jump, timing: patient });
    await soon('a leads', () => a.leading);
    const b = stand('b', { wall: () => Date.now() - 10 * day, timing: patient });
    await soon('b waits', () => b.leader?.identity === 'a');
    for (jump of [day, -day, 365 * day, -365 * day]) await sleep(700);
    assert.deepEqual(events, ['a elected']);
    assert.equal(b.leader?.identity, 'a');
  });

  it('does not lead when it wakes up late, even before its timers have fired', async () => {
    let slept = 0;
    const a = stand('a', { clock: () => performance.now() + slept });
    await soon('a leads', () => a.leading);
    slept = timing.renewMs + 1;
    assert.equal(a.leading, false);
  });

  it('leads on while the API server is away for less than a renewal may take', async () => {
    const [way, kubeconfig] = await cuttable();
    const a = stand('a', { timing: patient }, kubeconfig);
    await soon('a leads', () => a.leading);
    way.cut();
    way.silent = true;
    await sleep(1_000);
    const { renewTime } = await stored();
    way.silent = false;
    way.cut();
    await until('a renews', async () => (await stored()).renewTime !== renewTime, soonMs);
    assert.ok(a.leading);
    assert.deepEqual(events, ['a elected']);
  });

  it('leads without being able to serve only where the lease stays free', async () => {
    const began = performance.now();
    const a = stand('a', { unfit: () => 'no certificate', timing: patient });
    await soon('a leads', () => a.leading);
    assert.ok(performance.now() - began > timing.unfitMs - 50);
    await a.stop();
    // So long that a slow machine does not make the other come too late.
    stand('b', { unfit: () => 'no certificate', timing: { ...patient, unfitMs: soonMs } });
    const c = stand('c', { timing: patient });
    await soon('c leads', () => c.leading);
    assert.deepEqual(events, ['a elected', 'a lost', 'c elected']);
  });

  it('stays with a leader that can not serve as long as none can, and goes to the first that can', async () => {
    let failure: string | undefined;
    let failureOfB: string | undefined = 'no certificate either';
    const a = stand('a', { unfit: () => failure, timing: patient });
    await soon('a leads', () => a.leading);
    const b = stand('b', { unfit: () => failureOfB, timing: patient });
    stand('c', { unfit: () => 'nor here', timing: patient });
    failure = 'no certificate';
    const saysWhy = async () => (await annotations())['weir.dev/leader-failure'] === 'no certificate';
    await soon('the lease says why', saysWhy);
    await sleep(3 * timing.unfitMs);
    assert.deepEqual(events, ['a elected']);
    let both = 0;
    const watch = setInterval(() => {
      if (a.leading && b.leading) both += 1;
    }, 1);
    failureOfB = undefined;
    await soon('b leads', () => b.leading);
    await sleep(2 * timing.unfitMs);
    clearInterval(watch);
    assert.equal(both, 0);
    assert.deepEqual(events, ['a elected', 'a lost', 'b elected']);
    assert.deepEqual(await annotations(), { 'weir.dev/leader-address': 'b:9443' });
  });

  it('stays with a leader that can serve again, whoever has asked for it', async () => {
    let failure: string | undefined = 'no certificate';
    const a = stand('a', { unfit: () => failure, timing: patient });
    await soon('a leads', () => a.leading);
    failure = undefined;
    const annotate = ['annotate', 'lease', lease, '-n', 'default', '--overwrite'];
    await plane.mustKubectl(...annotate, 'weir.dev/leader-failure=old', 'weir.dev/asked-for-by=b');
    const b = stand('b', { timing: patient });
    await soon('nothing is asked', async () => Object.keys(await annotations()).length === 1);
    await soon('b knows', () => b.leader?.identity === 'a');
    await sleep(2 * timing.unfitMs);
    assert.deepEqual(await annotations(), { 'weir.dev/leader-address': 'a:9443' });
    assert.deepEqual(events, ['a elected']);
  });

  it('gives way to whoever was put into the lease, and waits for that to end', async () => {
    const a = stand('a');
    await soon('a leads', () => a.leading);
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
    await soon('a has lost', () => events.includes('a lost'));
    assert.equal(a.leading, false);
    await soon('a leads again', () => a.leading);
    assert.deepEqual(events, ['a elected', 'a lost', 'a elected']);
  });
});
