import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import { WorkQueue, type WorkQueueOptions } from './work-queue.ts';

const clock = () => performance.now();

describe('WorkQueue', () => {
  const queues: WorkQueue[] = [];
  const open = (options: Partial<WorkQueueOptions> = {}): WorkQueue => {
    const queue = new WorkQueue({ clock, random: () => 1, ...options });
    queues.push(queue);
    return queue;
  };
  afterEach(() => {
    for (const queue of queues.splice(0)) queue.close();
  });

  /** What is ready now. */
  const drain = async (queue: WorkQueue): Promise<readonly (string | undefined)[]> => {
    const keys = [];
    while (queue.depth > 0) keys.push(await queue.take());
    return keys;
  };

  it('hands out keys in their order, each once', async () => {
    const queue = open();
    for (const key of ['a', 'b', 'a', 'c', 'b']) queue.add(key);
    assert.deepEqual(await drain(queue), ['a', 'b', 'c']);
  });

  it('gives a key that is added while it is worked on when that is done, once', async () => {
    const queue = open();
    queue.add('a');
    assert.equal(await queue.take(), 'a');
    queue.add('a');
    queue.add('a');
    assert.equal(queue.depth, 0);
    queue.done('a');
    assert.deepEqual(await drain(queue), ['a']);
    queue.done('a');
    assert.equal(queue.depth, 0);
  });

  it('gives a key to who waits longest', async () => {
    const queue = open();
    const takers = [queue.take(), queue.take()];
    queue.add('a');
    queue.add('b');
    assert.deepEqual(await Promise.all(takers), ['a', 'b']);
  });

  it('gathers changes of a key for a while', async () => {
    const queue = open({ coalesceMs: 30 });
    const began = performance.now();
    queue.add('a');
    assert.equal(queue.depth, 0);
    let more = 0;
    const timer = setInterval(() => {
      queue.add('a');
      if (++more === 100) clearInterval(timer);
    }, 5);
    assert.equal(await queue.take(), 'a');
    clearInterval(timer);
    const ms = performance.now() - began;
    assert.ok(ms >= 29, `${ms} ms`);
    assert.ok(more < 100, 'more changes put it off');
    await sleep(50);
    assert.equal(queue.depth, 0);
  });

  it('lets the soonest of several delays count', async () => {
    const queue = open();
    queue.addAfter('a', 10_000);
    queue.addAfter('a', 20);
    queue.addAfter('a', 5_000);
    assert.equal(await queue.take(), 'a');
    queue.done('a');
    await sleep(30);
    assert.equal(queue.depth, 0);
    queue.addAfter('a', 10_000);
    queue.add('a');
    assert.equal(await queue.take(), 'a');
  });

  it('waits twice as long after each failure of a key, up to a limit, until it is forgotten', () => {
    const queue = open({ retryMs: { first: 100, most: 1_000 }, retryRate: { perSecond: 1_000, burst: 100 } });
    const waits = Array.from({ length: 6 }, () => queue.retry('a'));
    assert.deepEqual(waits, [100, 200, 400, 800, 1_000, 1_000]);
    assert.equal(queue.retry('b'), 100);
    queue.forget('a');
    assert.equal(queue.retry('a'), 100);
  });

  it('does not shorten the wait of a key that failed, whatever becomes of it meanwhile', async () => {
    const queue = open({ retryMs: { first: 60, most: 60 } });
    queue.add('a');
    assert.equal(await queue.take(), 'a');
    queue.add('a');
    const began = performance.now();
    queue.retry('a');
    queue.done('a');
    queue.add('a');
    queue.addAfter('a', 5);
    assert.equal(await queue.take(), 'a');
    assert.ok(performance.now() - began >= 59);
    queue.done('a');
    queue.add('a');
    assert.equal(queue.depth, 1);
  });

  it('takes up to half of a wait away by chance', () => {
    const retryMs = { first: 100, most: 1_000 };
    assert.equal(open({ random: () => 0, retryMs }).retry('a'), 50);
    assert.equal(open({ random: () => 0.5, retryMs }).retry('a'), 75);
  });

  it('bounds the retries of all keys together', () => {
    let now = 0;
    const queue = open({
      clock: () => now,
      retryMs: { first: 0, most: 0 },
      retryRate: { perSecond: 10, burst: 2 },
    });
    const waits = ['a', 'b', 'c', 'd'].map((key) => queue.retry(key));
    assert.deepEqual(waits, [0, 0, 100, 200]);
    now = 1_000;
    assert.deepEqual(
      ['e', 'f', 'g'].map((key) => queue.retry(key)),
      [0, 0, 100],
    );
  });

  it('ends everybody who waits when it is closed, and hands out nothing more', async () => {
    const queue = open();
    const waiting = queue.take();
    queue.addAfter('later', 5);
    queue.close();
    assert.equal(await waiting, undefined);
    queue.add('a');
    await sleep(10);
    assert.equal(await queue.take(), undefined);
  });

  it('tells its depth, waits and retries', async () => {
    const told: (readonly [string, number])[] = [];
    let now = 0;
    const queue = open({
      clock: () => now,
      metrics: {
        depth: (keys) => told.push(['depth', keys]),
        waited: (ms) => told.push(['waited', ms]),
        retried: () => told.push(['retried', 1]),
      },
    });
    queue.add('a');
    queue.add('b');
    now = 40;
    await queue.take();
    queue.retry('a');
    assert.deepEqual(told, [
      ['depth', 1],
      ['depth', 2],
      ['depth', 1],
      ['waited', 40],
      ['retried', 1],
    ]);
  });
});
