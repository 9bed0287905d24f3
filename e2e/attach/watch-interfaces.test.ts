import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchInterfaces } from '@weir/node-agent/src/attach/watch-interfaces.ts';
import { after, before, describe, it } from 'mocha';

const namespace = `weir-watch-${process.pid}`;
const veth = `ww${process.pid}`;
const run = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' });

/** Milliseconds; without having been told it is looked again after 10 s. */
const soon = 8_000;

describe('interfaces that are watched', () => {
  before(() => {
    run('netns', 'add', namespace);
    run('link', 'add', veth, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
  });
  after(() => {
    run('netns', 'del', namespace);
  });

  it('are told of once they have changed, with their addresses', async () => {
    const stop = new AbortController();
    const seen: number[] = [];
    const watch = watchInterfaces(
      async ({ pods }) => {
        const pod = pods.find(({ name }) => name === veth);
        seen.push(pod?.addresses.length ?? -1);
        if (pod?.addresses.length === 1) stop.abort();
      },
      assert.ifError,
      stop.signal,
    );
    run('-n', namespace, 'addr', 'add', '10.99.1.7/32', 'dev', 'eth0');
    await watch;
    assert.equal(seen.at(-1), 1);
  });

  it('are told of at the start', async () => {
    const stop = new AbortController();
    const began = performance.now();
    let calls = 0;
    const onInterfaces = async (): Promise<void> => {
      calls++;
      stop.abort();
    };
    await watchInterfaces(onInterfaces, assert.ifError, stop.signal);
    await watchInterfaces(onInterfaces, assert.ifError, stop.signal);
    assert.ok(performance.now() - began < soon);
    assert.equal(calls, 1);
  });

  it('end at once, also while the notifications of a change are waited out', async () => {
    for (let delay = 0; delay < 8; delay++) {
      const stop = new AbortController();
      const watch = watchInterfaces(() => Promise.resolve(), assert.ifError, stop.signal);
      run('link', 'set', veth, delay % 2 === 0 ? 'up' : 'down');
      await sleep(delay);
      const began = performance.now();
      stop.abort();
      await watch;
      const ms = performance.now() - began;
      assert.ok(ms < soon, `${ms} ms, ${delay} ms after a change`);
    }
  });
});
