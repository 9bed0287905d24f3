import assert from 'node:assert/strict';
import type { Datapath } from '@weir/node-agent/src/kernel/datapath.ts';
import type { DatapathEvent } from '@weir/node-agent/src/kernel/event.ts';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { FrameSender } from './frame-sender.ts';
import { addVeth, digestOf, imageOf, openDatapath, pinDir, prepare, type Veth } from './harness.ts';

/** Events that the fixture's ring buffer holds. */
const held = 65_536 / 80;

describe('events', () => {
  prepare();
  let datapath: Datapath;
  let veth: Veth;
  let sender: FrameSender;
  beforeEach(async () => {
    veth = addVeth(5);
    sender = new FrameSender(veth, 5, 5000);
    datapath = await openDatapath();
    await datapath.commit(imageOf(3), { revision: 1, digest: digestOf(1) });
    await datapath.attach(veth.ifindex);
  });
  afterEach(() => {
    sender.close();
    datapath.close();
    removeDatapath(pinDir);
    veth.remove();
  });

  it('are read as the programs wrote them', async () => {
    const events: DatapathEvent[] = [];
    datapath.events((event) => events.push(event));
    sender.send();
    await until('an event', () => events.length > 0);
    const { time, ...event } = events[0] ?? assert.fail();
    assert.ok(Math.abs(Number(time - process.hrtime.bigint())) < 60e9);
    assert.deepEqual(event, {
      commit: 1,
      family: 4,
      source: '10.0.0.1',
      destination: '0.0.0.0',
      sourcePort: 0,
      destinationPort: 0,
      protocol: 0,
      direction: 'egress',
      reason: 'policy-deny',
      cookie: 0,
      ifindex: veth.ifindex,
      slot: 0,
      length: 46,
      observed: false,
    });
  });

  it('come in order over many turns of the ring, none lost while they are read', async () => {
    const times: bigint[] = [];
    datapath.events(({ time }) => times.push(time));
    for (let sent = 0; sent < held * 5; sent += 100) {
      sender.send(100);
      await until('a hundred events', () => times.length >= sent + 100);
    }
    assert.deepEqual(
      times,
      times.toSorted((a, b) => Number(a - b)),
    );
    assert.equal(datapath.counters().lostEvents, 0);
  });

  it('that found the buffer full are counted', async () => {
    const total = Math.ceil(held) + 200;
    // In pieces, so that the queue between the two sides does not overflow.
    for (let sent = 0; sent < total; sent += 50) {
      sender.send(50);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await until('losses', () => datapath.counters().lostEvents >= 200);
    let read = 0;
    datapath.events(() => read++);
    const sent = Math.ceil(total / 50) * 50;
    await until('the rest', () => read + datapath.counters().lostEvents === sent);
    assert.ok(read > held - 20 && read <= held);
  });

  it('may close the datapath', async () => {
    let read = 0;
    const closed = new Promise<void>((resolve) => {
      datapath.events(() => {
        read++;
        datapath.close();
        resolve();
      });
    });
    sender.send(5);
    await closed;
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(read, 1);
    datapath = await openDatapath();
  });
});
