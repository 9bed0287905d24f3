import assert from 'node:assert/strict';
import { frame, icmp4, ip6, tcp, tcpFlag, udp } from './packet.ts';
import { Programs } from './programs.ts';
import {
  anyPeerPort,
  families,
  inward,
  monotonicSeconds,
  node,
  outward,
  peer,
  pod,
  slot,
  stage,
} from './scene.ts';
import { loopback } from './test-run.ts';

const asked = udp({ sourcePort: 5000, destinationPort: 53 });

describe('events', () => {
  let programs: Programs;
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());
  beforeEach(() => programs.forget());

  for (const family of families) {
    it(`IPv${family}: the first packet of an allowed flow is told once, with the rule’s cookie`, () => {
      const commit = programs.commit(stage({ egress: [anyPeerPort(0xfedcba98)], ingress: [] }));
      const packet = outward(family, asked);
      for (let count = 0; count < 3; count++) programs.sent(packet);
      programs.zero('weir_seen');
      programs.sent(packet);
      const [event, ...more] = programs.events();
      assert.ok(event);
      assert.deepEqual(more, []);
      const { time, ...rest } = event;
      assert.ok(Math.abs(Number(time / 1_000_000_000n) - monotonicSeconds()) <= 5);
      assert.deepEqual(rest, {
        commit,
        family,
        source: pod[family],
        destination: peer[family],
        sourcePort: 5000,
        destinationPort: 53,
        protocol: 17,
        direction: 'egress',
        reason: 'policy-allow',
        observed: false,
        cookie: 0xfedcba98,
        ifindex: loopback,
        slot: slot.peer,
        length: packet.length,
      });
    });

    it(`IPv${family}: every denial is told, default deny too`, () => {
      programs.commit(stage({ ingress: [] }));
      for (let count = 0; count < 3; count++) programs.received(inward(family, asked));
      const events = programs.events();
      assert.deepEqual(
        events.map(({ reason, direction, slot: of }) => [reason, direction, of]),
        Array(3).fill(['policy-deny', 'ingress', slot.peer]),
      );
    });

    it(`IPv${family}: a peer is named though nothing is isolated`, () => {
      programs.commit(stage({}));
      programs.received(inward(family, asked));
      assert.deepEqual(
        programs.events().map((event) => [event.reason, event.slot, event.cookie]),
        [['policy-allow', slot.peer, 0]],
      );
    });

    it(`IPv${family}: a node’s address is told as what it was judged as`, () => {
      programs.commit(stage({ ingress: [] }));
      const packet = inward(family, asked, node[family]);
      programs.received(packet);
      programs.received(packet, { ingressIfindex: 9 });
      assert.deepEqual(
        programs.events().map((event) => event.slot),
        [slot.node, slot.forwarded],
      );
    });
  }

  it('a TCP connection is told once, though its SYN is sent again', () => {
    programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
    const { syn, ack } = tcpFlag;
    const client = (flags: number) =>
      programs.sent(outward(4, tcp({ sourcePort: 4, destinationPort: 80, flags })));
    client(syn);
    client(syn);
    programs.received(inward(4, tcp({ sourcePort: 80, destinationPort: 4, flags: syn | ack })));
    client(syn);
    client(ack);
    assert.equal(programs.events().length, 1);
  });

  it('ICMP is told by its identifier and type', () => {
    programs.commit(stage({ egress: [] }));
    programs.sent(outward(4, icmp4({ type: 8, id: 77 })));
    const [event] = programs.events();
    assert.deepEqual([event?.sourcePort, event?.destinationPort], [77, 8]);
  });

  it('a packet that can’t be read is told with what could be read', () => {
    programs.commit(stage({ egress: [] }));
    const short = { protocol: 17, bytes: Buffer.alloc(4) };
    programs.sent(frame(ip6({ source: pod[6], destination: peer[6] }, short)));
    const [event] = programs.events();
    assert.deepEqual([event?.reason, event?.source, event?.protocol], ['malformed', pod[6], 17]);
  });

  it('an endpoint’s denials are limited, and what is left out is counted', () => {
    programs.commit(stage({ ingress: [] }));
    const { limitedEvents: before, denials } = programs.set.control.counters();
    const started = performance.now();
    for (let count = 0; count < 1000; count++) programs.received(inward(4, asked));
    // One burst of 100, and 100 in each second that it took.
    const most = 102 + (performance.now() - started) / 10;
    const told = programs.events().length;
    assert.ok(told >= 100 && told <= most, `${told} told`);
    assert.equal(told + programs.set.control.counters().limitedEvents - before, 1000);
    assert.equal(programs.set.control.counters().denials - denials, 1000);
  });

  it('denials don’t use up what allowed flows may tell', () => {
    programs.commit(stage({ ingress: [], egress: [anyPeerPort()] }));
    for (let count = 0; count < 500; count++) programs.received(inward(4, asked));
    programs.events();
    programs.sent(outward(4, asked));
    assert.equal(programs.events().at(-1)?.reason, 'policy-allow');
  });

  it('events that find the buffer full are counted', () => {
    programs.commit(stage({}));
    const before = programs.set.control.counters().lostEvents;
    const flows = 16_000;
    for (let port = 1; port <= flows; port++)
      programs.sent(outward(4, udp({ sourcePort: port, destinationPort: 53 })));
    const lost = programs.set.control.counters().lostEvents - before;
    assert.ok(lost > 0);
    assert.equal(programs.events().length + lost, flows);
  });
});
