import assert from 'node:assert/strict';
import {
  type Datagram,
  extension,
  icmp4,
  icmp6,
  ip4,
  ip6,
  protocol,
  quote,
  tcp,
  tcpFlag,
  udp,
} from './packet.ts';
import { Programs } from './programs.ts';
import {
  anyPeerPort,
  datagram,
  type Family,
  families,
  inward,
  otherPort,
  outward,
  peer,
  pod,
  router,
  slot,
  stage,
  stranger,
} from './scene.ts';

const unreachable = (family: Family, quoted: Uint8Array) =>
  family === 4 ? icmp4({ type: 3, code: 3, data: quoted }) : icmp6({ type: 1, code: 4, data: quoted });
const timeExceeded = (family: Family, quoted: Uint8Array) =>
  family === 4 ? icmp4({ type: 11, data: quoted }) : icmp6({ type: 3, data: quoted });
const tooBig = (family: Family, quoted: Uint8Array) =>
  family === 4 ? icmp4({ type: 3, code: 4, data: quoted }) : icmp6({ type: 2, data: quoted });

describe('ICMP errors', () => {
  let programs: Programs;
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());
  beforeEach(() => programs.forget());

  for (const family of families) {
    const asked = udp({ sourcePort: 5000, destinationPort: 53 });
    const answered = udp({ sourcePort: 53, destinationPort: 5000 });
    const sent = (payload: typeof asked): Datagram =>
      datagram(family, { source: pod[family], destination: peer[family] }, payload);
    const received = (payload: typeof asked): Datagram =>
      datagram(family, { source: peer[family], destination: pod[family] }, payload);
    const error = (payload: typeof asked) => programs.received(inward(family, payload, router[family]));

    describe(`IPv${family}`, () => {
      it('one that quotes the originator’s packet passes, from a router that no rule names', () => {
        programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
        assert.equal(error(unreachable(family, quote(sent(asked)))), 'drop', 'no flow yet');
        programs.sent(outward(family, asked));
        assert.equal(error(unreachable(family, quote(sent(asked)))), 'pass');
        assert.equal(error(timeExceeded(family, quote(sent(asked)))), 'pass');
      });

      it('one that quotes an answer passes too', () => {
        programs.commit(stage({ ingress: [anyPeerPort()], egress: [] }));
        programs.received(inward(family, asked));
        assert.equal(error(unreachable(family, quote(sent(answered)))), 'pass');
      });

      it('one that the pod sends passes where it quotes what the pod got', () => {
        programs.commit(stage({ ingress: [anyPeerPort()], egress: [] }));
        assert.equal(programs.sent(outward(family, unreachable(family, quote(received(asked))))), 'drop');
        programs.received(inward(family, asked));
        assert.equal(programs.sent(outward(family, unreachable(family, quote(received(asked))))), 'pass');
      });

      it('one that quotes another flow, or another’s packet, does not pass though the pair has a flow', () => {
        programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
        programs.sent(outward(family, asked));
        const elsewhere = udp({ sourcePort: 5000, destinationPort: 54 });
        const foreign = datagram(family, { source: stranger[family], destination: peer[family] }, asked);
        assert.equal(error(unreachable(family, quote(sent(elsewhere)))), 'drop');
        assert.equal(error(unreachable(family, quote(foreign))), 'drop');
        assert.equal(error(unreachable(family, quote(received(asked)))), 'drop', 'in the wrong direction');
      });

      it('one that quotes a SYN that nobody has answered passes', () => {
        const opening = tcp({ sourcePort: 40000, destinationPort: 80, flags: tcpFlag.syn });
        programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
        programs.sent(outward(family, opening));
        assert.equal(error(unreachable(family, quote(sent(opening)))), 'pass');
      });

      it('one that quotes an echo request passes', () => {
        const request = family === 4 ? icmp4({ type: 8, id: 9 }) : icmp6({ type: 128, id: 9 });
        programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
        programs.sent(outward(family, request));
        assert.equal(error(timeExceeded(family, quote(sent(request)))), 'pass');
      });

      it('a quotation that is cut off at any byte passes nothing until the ports are there', () => {
        programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
        programs.sent(outward(family, asked));
        const whole = quote(sent(asked));
        for (let length = 0; length < whole.length; length++)
          assert.equal(error(unreachable(family, whole.subarray(0, length))), 'drop', `${length} bytes`);
        assert.equal(error(unreachable(family, whole)), 'pass');
      });

      it('packet too big always passes, also without a flow', () => {
        programs.commit(stage({ egress: [], ingress: [] }));
        assert.equal(error(tooBig(family, quote(sent(asked)))), 'pass');
        assert.equal(programs.sent(outward(family, tooBig(family, quote(received(asked))))), 'pass');
        assert.deepEqual(programs.events(), []);
      });

      it('one that policy allows passes without a quotation of ours, and makes no flow', () => {
        const type = family === 4 ? otherPort(1, 3) : otherPort(58, 1);
        programs.commit(stage({ ingress: [{ peer: slot.world, port: type, cookie: 1 }] }));
        assert.equal(error(unreachable(family, new Uint8Array(8))), 'pass');
        assert.equal(programs.hash('weir_ct').entries().length, 0);
      });
    });
  }

  it('a quoted later fragment has no ports, and passes nothing', () => {
    programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
    const asked = udp({ sourcePort: 5000, destinationPort: 53 });
    programs.sent(outward(4, asked));
    const quoted = quote(ip4({ source: pod[4], destination: peer[4], offset: 64 }, asked));
    assert.equal(programs.received(inward(4, unreachable(4, quoted), router[4])), 'drop');
  });

  it('quoted extension headers and options are stepped over', () => {
    programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
    const asked = udp({ sourcePort: 5000, destinationPort: 53 });
    programs.sent(outward(6, asked));
    programs.sent(outward(4, asked));
    const six = ip6(
      { source: pod[6], destination: peer[6] },
      extension(protocol.destinationOptions, asked, 16),
    );
    const four = ip4({ source: pod[4], destination: peer[4], options: new Uint8Array(8) }, asked);
    assert.equal(programs.received(inward(6, unreachable(6, quote(six, 24)), router[6])), 'pass');
    assert.equal(programs.received(inward(4, unreachable(4, quote(four)), router[4])), 'pass');
  });

  it('an error in one family does not pass for a flow that it quotes in the other', () => {
    programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
    const asked = udp({ sourcePort: 5000, destinationPort: 53 });
    programs.sent(outward(4, asked));
    const quoted = quote(datagram(4, { source: pod[4], destination: peer[4] }, asked));
    assert.equal(programs.received(inward(6, unreachable(6, quoted), router[6])), 'drop');
  });
});
