import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { WriteGate } from './write-gate.ts';

const clock = () => performance.now();

/** The most in any second, wherever it begins. */
const mostInASecond = (times: readonly number[]): number =>
  Math.max(...times.map((time) => times.filter((other) => other >= time && other - time < 1_000).length));

/**
 * Resolves when the program has run for so long: a machine that stands still lets nothing through.
 * @param most milliseconds that the event loop may be away and yet be at work
 */
async function running(milliseconds: number, most = 20): Promise<void> {
  for (let left = milliseconds; left > 0; ) {
    const began = clock();
    await sleep(10);
    left -= Math.min(clock() - began, most);
  }
}

describe('WriteGate', () => {
  it('lets no more through in any second than it is told, and not much less', async () => {
    const stop = new AbortController();
    const gate = new WriteGate(50, clock, stop.signal);
    const times: number[] = [];
    const writers = Array.from({ length: 200 }, async () => {
      const release = await gate.pass('routine');
      if (release) times.push(clock());
      release?.();
    });
    await running(2_500);
    stop.abort();
    await Promise.all(writers);
    assert.ok(mostInASecond(times) <= 50, `${mostInASecond(times)} in a second`);
    assert.ok(times.length > 60, `${times.length} in 2.5 s`);
  });

  it('lets no more through where nothing is answered for a while', async () => {
    const stop = new AbortController();
    const gate = new WriteGate(50, clock, stop.signal);
    const began = clock();
    /** When the API server gets them, which stands still from 0.5 to 1.5 s. */
    const received: number[] = [];
    const write = async (): Promise<void> => {
      for (;;) {
        const release = await gate.pass('routine');
        if (!release) return;
        const at = clock() - began;
        await sleep(at > 500 && at < 1_500 ? 1_500 - at : 20);
        received.push(clock());
        release();
      }
    };
    const writers = Array.from({ length: 40 }, write);
    await running(3_000);
    stop.abort();
    await Promise.all(writers);
    assert.ok(mostInASecond(received) <= 50, `${mostInASecond(received)} in a second`);
    assert.ok(received.length > 50, `${received.length} in 3 s`);
  });

  it('makes up for a moment in which the program did something else', async () => {
    const stop = new AbortController();
    const gate = new WriteGate(50, clock, stop.signal);
    const times: number[] = [];
    const write = async (): Promise<void> => {
      for (let release = await gate.pass('node'); release; release = await gate.pass('node')) {
        times.push(clock());
        await sleep(2);
        release();
      }
    };
    const writers = Array.from({ length: 8 }, write);
    // Of each 100 ms it computes 90.
    const busy = setInterval(() => {
      for (const end = clock() + 90; clock() < end; );
    }, 100);
    await running(3_000, 200);
    clearInterval(busy);
    stop.abort();
    await Promise.all(writers);
    assert.ok(mostInASecond(times) <= 50, `${mostInASecond(times)} in a second`);
    assert.ok(times.length > 75, `${times.length} in 3 s`);
  });

  it('prefers what is urgent, and never holds up the rest for good', async () => {
    const stop = new AbortController();
    const gate = new WriteGate(100, clock, stop.signal);
    const order: string[] = [];
    const enter = async (urgency: 'node' | 'routine') => {
      const release = await gate.pass(urgency);
      if (release) order.push(urgency);
      release?.();
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
    const gate = new WriteGate(1, clock, stop.signal);
    const waiting = [gate.pass('node'), gate.pass('node'), gate.pass('routine')];
    await sleep(20);
    stop.abort();
    const passed = await Promise.all(waiting);
    assert.equal(passed.filter(Boolean).length, 1);
    assert.equal(await gate.pass('node'), undefined);
  });
});
