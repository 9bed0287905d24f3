import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import { ApiError } from '../source/kube/api-error.ts';
import { until } from '../testing/until.ts';
import { Controller, type ControllerOptions, done, failed, later } from './controller.ts';

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

describe('Controller', () => {
  const controllers: Controller[] = [];
  const run = (options: Pick<ControllerOptions, 'reconcile'> & Partial<ControllerOptions>): Controller => {
    const controller = new Controller({
      name: 'test',
      clock: () => performance.now(),
      random: () => 0,
      log: silent,
      retryMs: { first: 10, most: 100 },
      ...options,
    });
    controllers.push(controller);
    controller.start();
    return controller;
  };
  afterEach(async () => {
    for (const controller of controllers.splice(0)) await controller.stop();
  });

  it('never works on a key twice at a time, and looks again at what changed meanwhile', async () => {
    let wanted = 0;
    let actual = -1;
    let running = 0;
    let looks = 0;
    const controller = run({
      workers: 4,
      reconcile: async () => {
        assert.equal(++running, 1);
        looks += 1;
        const seen = wanted;
        await sleep(5);
        actual = seen;
        running -= 1;
        return done;
      },
    });
    for (let at = 1; at <= 100; at += 1) {
      wanted = at;
      controller.enqueue('a');
      if (at % 10 === 0) await sleep(1);
    }
    await until('all are seen', () => actual === 100 && running === 0);
    assert.ok(looks < 20, `${looks} looks`);
  });

  it('works on several keys side by side', async () => {
    let most = 0;
    let running = 0;
    let ended = 0;
    const controller = run({
      workers: 3,
      reconcile: async () => {
        running += 1;
        most = Math.max(most, running);
        await sleep(10);
        running -= 1;
        ended += 1;
        return done;
      },
    });
    for (const key of 'abcdefgh') controller.enqueue(key);
    await until('all have ended', () => ended === 8);
    assert.equal(most, 3);
  });

  it('tries again what failed or threw, and looks later where that is asked for', async () => {
    const looks: string[] = [];
    const outcomes = new Map([
      ['fails', [failed('not yet'), failed('not yet'), done]],
      ['comes back', [later(15), done]],
    ]);
    const controller = run({
      reconcile: async (key) => {
        looks.push(key);
        const outcome = outcomes.get(key)?.shift();
        if (outcome) return outcome;
        if (looks.filter((look) => look === key).length === 1) throw new Error('broken');
        return done;
      },
    });
    for (const key of ['fails', 'comes back', 'throws']) controller.enqueue(key);
    const counts = (): string =>
      ['fails', 'comes back', 'throws'].map((key) => looks.filter((look) => look === key).length).join();
    await until('all are done', () => counts() === '3,2,2');
    await sleep(100);
    assert.equal(counts(), '3,2,2');
  });

  it('tries nothing while the API server is away, and then each key at once', async () => {
    let away = true;
    let tries = 0;
    const did = new Set<string>();
    const controller = run({
      workers: 4,
      awayMs: { first: 20, most: 40 },
      retryRate: { perSecond: 1, burst: 1 },
      reconcile: async (key) => {
        if (away) {
          tries += 1;
          throw ApiError.unreachable('PATCH /x', 'connect ECONNREFUSED');
        }
        did.add(key);
        return done;
      },
    });
    const keys = Array.from({ length: 1_000 }, (_, index) => `${index}`);
    const began = performance.now();
    for (const key of keys) controller.enqueue(key);
    await until('several tries', () => tries >= 24);
    const ms = performance.now() - began;
    // Random is 0: waits of 10 and then 20 ms, before each of which the four workers try.
    assert.ok(tries <= 4 * (2 + (ms + 10) / 20), `${tries} tries in ${ms} ms`);
    assert.ok(controller.depth >= 992, `${controller.depth} keys in the queue`);
    away = false;
    await until('each is done', () => did.size === keys.length);
  });

  it('goes on with other keys where the API server refuses one', async () => {
    const did: string[] = [];
    const controller = run({
      reconcile: async (key) => {
        if (key === 'bad') throw ApiError.refused('PATCH /x', 500, 'a webhook failed');
        did.push(key);
        return done;
      },
    });
    for (const key of ['bad', 'good', 'fine']) controller.enqueue(key);
    await until('the others are done', () => did.length === 2);
    assert.deepEqual(did, ['good', 'fine']);
  });

  it('says how long the longest look has been, and aborts it when it stops', async () => {
    let aborted = false;
    const controller = run({
      reconcile: (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            resolve(done);
          });
        }),
    });
    assert.equal(controller.longestMs, 0);
    controller.enqueue('a');
    await until('it takes long', () => controller.longestMs >= 15);
    await controller.stop();
    assert.ok(aborted);
    assert.equal(controller.longestMs, 0);
  });
});
