import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import { done, later } from '../controller/controller.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { until } from '../testing/until.ts';
import { Lanes, type LanesOptions, write } from './lanes.ts';
import type { Urgency } from './urgency.ts';
import { WriteGate } from './write-gate.ts';

const silent = () => undefined;

describe('lanes of writes', () => {
  const stop = new AbortController();
  let lanes: Lanes | undefined;
  let leads = true;
  let answers = 0;
  /** In the order in which they were written. */
  const written: string[] = [];
  const needs = new Map<string, Urgency>();

  const open = (perSecond: number, options: Partial<LanesOptions> = {}): Lanes => {
    const writing: LanesOptions['writing'] = {
      answers: () => answers,
      gate: new WriteGate(perSecond, () => performance.now(), stop.signal),
      leading: () => leads,
      monotonic: () => performance.now(),
      random: () => 1,
      log: { error: silent, warn: silent, info: silent, debug: silent },
      metrics: () => undefined,
    };
    lanes = new Lanes({
      writing,
      name: 'test',
      settleMs: 0,
      urgencies: ['node', 'routine'],
      look: (key) => {
        const urgency = needs.get(key);
        return urgency ? write(urgency) : done;
      },
      write: async (key) => {
        if (needs.delete(key)) written.push(key);
        return done;
      },
      ...options,
    });
    lanes.start();
    return lanes;
  };
  const need = (to: Lanes, urgency: Urgency, ...keys: readonly string[]): void => {
    for (const key of keys) {
      needs.set(key, urgency);
      to.changed(key);
    }
  };
  afterEach(async () => {
    await lanes?.stop();
    written.length = 0;
    needs.clear();
    leads = true;
    answers = 0;
  });

  it('write what is urgent in its turn, however much else waits', async () => {
    const all = open(24);
    const others = Array.from({ length: 50 }, (_, index) => `number-${index}`);
    need(all, 'routine', ...others);
    await sleep(100);
    const before = written.length;
    need(all, 'node', 'node-1');
    await until('the urgent one', () => written.includes('node-1'));
    // One may have been given its turn before.
    assert.ok(written.indexOf('node-1') <= before + 1, `${before}: ${written.join(' ')}`);
    assert.ok(written.length < others.length);
  });

  it('let a key that becomes urgent while it waits go over, and write it once', async () => {
    const all = open(24);
    need(all, 'routine', ...Array.from({ length: 20 }, (_, index) => `number-${index}`), 'node-1');
    await sleep(50);
    need(all, 'node', 'node-1');
    await until('all', () => needs.size === 0);
    assert.ok(written.indexOf('node-1') < 10, written.join(' '));
    assert.equal(written.length, 21);
  });

  it('write nothing that is right again when its turn comes', async () => {
    const all = open(12);
    need(all, 'routine', 'first', 'second', 'third');
    needs.delete('third');
    await until('two', () => written.length === 2);
    await sleep(200);
    assert.deepEqual(written.toSorted(), ['first', 'second']);
  });

  it('write a key by one at a time', async () => {
    let [now, most, count] = [0, 0, 0];
    const all = open(240, {
      look: () => (count < 6 ? write(count % 2 === 0 ? 'node' : 'routine') : done),
      write: async () => {
        now += 1;
        most = Math.max(most, now);
        count += 1;
        await sleep(20);
        now -= 1;
        return later(1);
      },
    });
    for (let turn = 0; turn < 20; turn += 1) {
      all.changed('key');
      await sleep(5);
    }
    await until('all', () => count >= 6 && now === 0);
    assert.equal(most, 1);
  });

  it('look again at what somebody else has changed, and not at what is gone', async () => {
    const refusals = [409, 404];
    const all = open(240, {
      write: async (key) => {
        written.push(key);
        const status = refusals.shift();
        if (status === undefined) needs.delete(key);
        else throw ApiError.refused('write', status, {});
        return done;
      },
    });
    need(all, 'node', 'key');
    await until('the second try', () => written.length === 2);
    await sleep(300);
    assert.equal(written.length, 2);
    all.changed('key');
    await until('another change', () => written.length === 3);
  });

  /** The milliseconds between tries of one key, which are longer where the machine is busy. */
  const waitsOf = (times: readonly number[]): readonly number[] =>
    times.slice(1).map((time, index) => time - (times[index] ?? time));
  const assertGrowing = (waits: readonly number[], first: number): void => {
    for (const [index, wait] of waits.entries())
      assert.ok(wait >= first * 2 ** index - 5, `${waits.map(Math.round).join(', ')} ms`);
  };

  it('wait longer each time before a key that conflicts again and again, also where it changes', async () => {
    const tries: number[] = [];
    const all = open(240, {
      write: async () => {
        tries.push(performance.now());
        answers += 1;
        throw ApiError.refused('write', 409, {});
      },
    });
    need(all, 'node', 'key');
    const changes = setInterval(() => all.changed('key'), 5);
    await until('five tries', () => tries.length === 5).finally(() => clearInterval(changes));
    assertGrowing(waitsOf(tries), 100);
  });

  it('go on with other keys while one gets no answer, which waits longer each time', async () => {
    const tries: number[] = [];
    const all = open(240, {
      write: async (key) => {
        if (key === 'bad') {
          tries.push(performance.now());
          await sleep(20);
          throw ApiError.unreachable('write', 'no answer for 30000 ms');
        }
        await sleep(1);
        answers += 1;
        needs.delete(key);
        written.push(`${key} after ${tries.length}`);
        return done;
      },
    });
    need(all, 'node', 'bad');
    let count = 0;
    const others = setInterval(() => need(all, 'node', `good-${count++}`), 5);
    await until('five tries', () => tries.length === 5).finally(() => clearInterval(others));
    assertGrowing(waitsOf(tries).slice(1), 100);
    for (const number of [2, 3, 4]) assert.ok(written.some((line) => line.endsWith(` after ${number}`)));
  });

  it('keep most of their writers for keys that do not fail', async () => {
    const failures = new Map<string, number>();
    let [now, most] = [0, 0];
    const all = open(240, {
      write: async (key) => {
        const again = failures.has(key);
        failures.set(key, (failures.get(key) ?? 0) + 1);
        if (again) most = Math.max(most, ++now);
        await sleep(100);
        if (again) now -= 1;
        answers += 1;
        throw ApiError.refused('write', 500, 'a webhook failed');
      },
    });
    need(all, 'node', ...Array.from({ length: 8 }, (_, index) => `bad-${index}`));
    const isDone = () => failures.size === 8 && [...failures.values()].every((count) => count > 1);
    await until('all again', isDone);
    assert.equal(most, 2);
  });

  it('write every key at once when the API server is back', async () => {
    let away = true;
    let tries = 0;
    const all = open(1_000, {
      write: async (key) => {
        tries += 1;
        if (away) throw ApiError.unreachable('write', 'connect ECONNREFUSED');
        answers += 1;
        needs.delete(key);
        return done;
      },
    });
    need(all, 'node', ...Array.from({ length: 60 }, (_, index) => `node-${index}`));
    await sleep(1_000);
    assert.ok(tries > 0);
    away = false;
    tries = 0;
    await until('all', () => needs.size === 0);
    assert.equal(tries, 60);
  });

  it('write nothing for an operator that does not lead any more', async () => {
    const all = open(12);
    need(all, 'node', ...Array.from({ length: 10 }, (_, index) => `node-${index}`));
    await until('some', () => written.length > 0);
    leads = false;
    const { length } = written;
    await sleep(300);
    assert.ok(written.length <= length + 1, `${written.length}`);
    leads = true;
    all.changed('node-9');
    await until('one that is looked at again', () => written.includes('node-9'));
  });
});
