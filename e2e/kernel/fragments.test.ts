import assert from 'node:assert/strict';
import {
  type Datagram,
  discovery,
  extension,
  fragment6,
  frame,
  icmp4,
  ip4,
  ip6,
  other,
  type Payload,
  protocol,
  tcp,
  tcpFlag,
  udp,
} from './packet.ts';
import { Programs } from './programs.ts';
import {
  anyPeerPort,
  type Ends,
  type Family,
  families,
  inward,
  outward,
  peer,
  pod,
  setSecondsLeft,
  slot,
  stage,
  udpPort,
} from './scene.ts';

interface Place {
  readonly id: number;
  /** In bytes; 0 is the first fragment. */
  readonly offset: number;
}

/** A fragment that more fragments follow. */
const fragment = (family: Family, ends: Ends, { id, offset }: Place, payload: Payload): Datagram =>
  family === 4
    ? ip4({ ...ends, id, offset, moreFragments: true }, payload)
    : ip6(ends, fragment6({ id, offset, moreFragments: true }, payload));

describe('fragments', () => {
  let programs: Programs;
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());
  beforeEach(() => programs.forget());

  for (const family of families) {
    const asked = udp({ sourcePort: 5000, destinationPort: 53, data: 56 });
    const answered = udp({ sourcePort: 53, destinationPort: 5000, data: 56 });
    const rest = other(protocol.udp, new Uint8Array(64));
    const ingress = [{ peer: slot.peer, port: udpPort(53), cookie: 100 }];
    const inwards = { source: peer[family], destination: pod[family] };
    const outwards = { source: pod[family], destination: peer[family] };
    const into = (place: Place, payload: Payload) =>
      programs.received(frame(fragment(family, inwards, place, payload)));
    const out = (place: Place, payload: Payload) =>
      programs.sent(frame(fragment(family, outwards, place, payload)));

    describe(`IPv${family}`, () => {
      it('a later fragment follows the first, though it has no ports', () => {
        programs.commit(stage({ ingress, egress: [] }));
        assert.equal(into({ id: 1, offset: 0 }, asked), 'pass');
        assert.equal(into({ id: 1, offset: 64 }, rest), 'pass');
        assert.equal(into({ id: 1, offset: 128 }, rest), 'pass');
      });

      it('a later fragment of a packet whose first was denied, or not seen, is dropped', () => {
        programs.commit(stage({ ingress, egress: [] }));
        assert.equal(into({ id: 1, offset: 0 }, answered), 'drop');
        assert.equal(into({ id: 1, offset: 64 }, rest), 'drop');
        assert.equal(programs.events().at(-1)?.reason, 'fragment');
      });

      it('a later fragment of another packet, in the other direction or after a while does not follow', () => {
        programs.commit(stage({ ingress, egress: [] }));
        into({ id: 1, offset: 0 }, asked);
        assert.equal(into({ id: 2, offset: 64 }, rest), 'drop');
        assert.equal(out({ id: 1, offset: 64 }, rest), 'drop');
        setSecondsLeft(programs, 'weir_frag', 0);
        assert.equal(into({ id: 1, offset: 64 }, rest), 'drop');
        into({ id: 1, offset: 0 }, asked);
        programs.commit(stage({ ingress, egress: [], instance: 8 }));
        assert.equal(into({ id: 1, offset: 64 }, rest), 'drop', 'another instance');
      });

      it('an answer’s fragments pass', () => {
        programs.commit(stage({ ingress, egress: [] }));
        programs.received(inward(family, asked));
        assert.equal(out({ id: 1, offset: 0 }, answered), 'pass');
        assert.equal(out({ id: 1, offset: 64 }, rest), 'pass');
      });

      it('a fragment at 8 that would rewrite TCP’s flags is dropped', () => {
        programs.commit(stage({ ingress: [anyPeerPort()], egress: [] }));
        assert.equal(
          into({ id: 1, offset: 0 }, tcp({ sourcePort: 1, destinationPort: 2, flags: tcpFlag.ack })),
          'pass',
        );
        assert.equal(into({ id: 1, offset: 8 }, other(protocol.tcp)), 'drop');
        assert.equal(into({ id: 1, offset: 16 }, other(protocol.tcp)), 'pass');
      });

      it('a first fragment without the whole transport header is dropped', () => {
        programs.commit(stage({ ingress: [anyPeerPort()], egress: [] }));
        const tiny = { protocol: protocol.tcp, bytes: Buffer.alloc(16) };
        assert.equal(into({ id: 1, offset: 0 }, tiny), 'drop');
      });

      it('where nothing is isolated all fragments pass', () => {
        programs.commit(stage({}));
        assert.equal(into({ id: 1, offset: 64 }, rest), 'pass');
        assert.equal(out({ id: 1, offset: 64 }, rest), 'pass');
      });
    });
  }

  it('an IPv6 packet in one fragment is judged as it is', () => {
    programs.commit(stage({ ingress: [{ peer: slot.peer, port: udpPort(53), cookie: 1 }] }));
    const ends = { source: peer[6], destination: pod[6] };
    const whole = (port: number) =>
      frame(ip6(ends, fragment6({ id: 0 }, udp({ sourcePort: 5000, destinationPort: port }))));
    assert.equal(programs.received(whole(53)), 'pass');
    assert.equal(programs.received(whole(54)), 'drop');
    assert.equal(programs.hash('weir_frag').entries().length, 0);
  });

  it('options behind the fragment header are stepped over, and later fragments follow', () => {
    programs.commit(stage({ ingress: [{ peer: slot.peer, port: udpPort(53), cookie: 1 }] }));
    const ends = { source: peer[6], destination: pod[6] };
    const asked = udp({ sourcePort: 5000, destinationPort: 53, data: 48 });
    const first = fragment6({ id: 3, moreFragments: true }, extension(protocol.destinationOptions, asked, 8));
    const later = fragment6({ id: 3, offset: 64 }, other(protocol.destinationOptions));
    assert.equal(programs.received(frame(ip6(ends, first))), 'pass');
    assert.equal(programs.received(frame(ip6(ends, later))), 'pass');
  });

  it('two fragment headers are malformed, also where both say nothing', () => {
    programs.commit(stage({ ingress: [anyPeerPort()] }));
    const inner = fragment6({ id: 0 }, udp({ sourcePort: 5000, destinationPort: 53 }));
    assert.equal(
      programs.received(frame(ip6({ source: peer[6], destination: pod[6] }, fragment6({ id: 0 }, inner)))),
      'drop',
    );
    assert.equal(programs.events().at(-1)?.reason, 'malformed');
  });

  it('a fragmented echo request is tracked as a whole one', () => {
    programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
    assert.equal(out4(icmp4({ type: 8, id: 7, data: new Uint8Array(56) })), 'pass');
    assert.equal(programs.received(inward(4, icmp4({ type: 0, id: 7 }))), 'pass');
  });

  it('neighbour discovery in fragments is refused, for fragments hide its target', () => {
    programs.commit(stage({}));
    const advertisement = fragment6({ id: 1, moreFragments: true }, discovery(136, pod[6]));
    const packet = ip6({ source: pod[6], destination: 'ff02::1', hopLimit: 255 }, advertisement);
    assert.equal(programs.sent(frame(packet)), 'drop');
    assert.equal(programs.sent(outward(6, udp({ sourcePort: 1, destinationPort: 2 }))), 'pass');
  });

  const out4 = (payload: Payload) =>
    programs.sent(
      frame(fragment(4, { source: pod[4], destination: peer[4] }, { id: 1, offset: 0 }, payload)),
    );
});
