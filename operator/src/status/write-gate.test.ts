import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { WriteGate } from './write-gate.ts';

describe('WriteGate', () => {
  it('lets no more through in any second than it is told', async () => {
    const stop = new AbortController();
    const gate = new WriteGate(50, () => performance.now(), stop.signal);
    const times: number[] = [];
    const writers = Array.from({ length: 200 }, async () => {
      if (await gate.pass('routine')) times.push(performance.now());
    });
    await sleep(2_500);
    stop.abort();
    await Promise.all(writers);
    for (const [index, time] of times.entries()) {
      const within = times.slice(index).filter((other) => other - time < 1_000).length;
      assert.ok(within <= 50, `${within} in a second`);
    }
    assert.ok(times.length > 60, `${times.length} in 2.5 s`);
  });

  it('prefers what is urgent, and never holds up the rest for good', async () => {
    const stop = new AbortController();
    const gate = new WriteGate(100, () => performance.now(), stop.signal);
    const order: string[] = [];
    const enter = async (urgency: 'node' | 'routine') => {
      if (await gate.pass(urgency)) order.push(urgency);
    };
    const routine = Array.from({ length: 20 }, () => enter('routine'));
    const urgent = Array.from({ length: 20 }, () => enter('node'));
    await Promise.all(urgent);
    const before = order.filter((one) => one === 'routine').length;
    assert.ok(before <= 3, `${before} routine ones before the last of a node`);
    stop.abort();
    await Promise.all(routine);
  });

  it('lets nobody through once it is stopped', async () => {
    const stop = new AbortController();
    const gate = new WriteGate(1, () => performance.now(), stop.signal);
    const waiting = [gate.pass('node'), gate.pass('node'), gate.pass('routine')];
    await sleep(20);
    stop.abort();
    const passed = await Promise.all(waiting);
    assert.equal(passed.filter(Boolean).length, 1);
    assert.equal(await gate.pass('node'), false);
  });
});
