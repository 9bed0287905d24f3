import assert from 'node:assert/strict';
import { icmp4, icmp6, other, sctp, tcp, tcpFlag, udp } from './packet.ts';
import { Programs } from './programs.ts';
import {
  anyPeerPort,
  cookies,
  families,
  inward,
  otherPort,
  outward,
  sctpPort,
  secondsLeft,
  setSecondsLeft,
  slot,
  stage,
  tcpPort,
  udpPort,
} from './scene.ts';

const { ack, fin, rst, syn } = tcpFlag;
/** A machine that stands still for seconds makes them fewer, never more. */
const isNear = (left: number | undefined, seconds: number): boolean =>
  left !== undefined && left <= seconds && left > seconds - Math.min(8, seconds);
const near = (left: number | undefined, seconds: number): void =>
  assert.ok(isNear(left, seconds), `${left} s left, not ${seconds}`);

describe('flows', () => {
  let programs: Programs;
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());
  beforeEach(() => programs.forget());

  for (const family of families) {
    const out = (payload: ReturnType<typeof udp>) => programs.sent(outward(family, payload));
    const into = (payload: ReturnType<typeof udp>) => programs.received(inward(family, payload));
    const echo = (type: 'request' | 'reply', id: number) =>
      family === 4
        ? icmp4({ type: type === 'request' ? 8 : 0, id })
        : icmp6({ type: type === 'request' ? 128 : 129, id });
    const echoPort = family === 4 ? otherPort(1, 8) : otherPort(58, 128);

    describe(`IPv${family}, UDP`, () => {
      const asked = udp({ sourcePort: 5000, destinationPort: 53 });
      const answered = udp({ sourcePort: 53, destinationPort: 5000 });
      const open = { peer: slot.peer, port: udpPort(53), cookie: 100 };

      it('an answer passes though egress denies it', () => {
        programs.commit(stage({ ingress: [open], egress: [] }));
        assert.equal(out(answered), 'drop');
        assert.equal(into(asked), 'pass');
        assert.equal(out(answered), 'pass');
      });

      it('an answer to an entry that has ended does not pass', () => {
        programs.commit(stage({ ingress: [open], egress: [] }));
        into(asked);
        setSecondsLeft(programs, 'weir_ct', 0);
        assert.equal(out(answered), 'drop');
      });

      it('a revoked flow is cut at once, though an entry lives', () => {
        programs.commit(stage({ ingress: [open], egress: [anyPeerPort()] }));
        into(asked);
        out(answered);
        programs.commit(stage({ ingress: [], egress: [anyPeerPort()] }));
        assert.equal(into(asked), 'drop');
      });

      it('a revoked flow is cut at once, though its answers are allowed and go on', () => {
        programs.commit(stage({ ingress: [open], egress: [anyPeerPort()] }));
        into(asked);
        out(answered);
        programs.commit(stage({ ingress: [], egress: [anyPeerPort()] }));
        for (let count = 0; count < 3; count++) {
          assert.equal(out(answered), 'pass');
          assert.equal(into(asked), 'drop');
        }
      });

      it('an answer makes no flow of its own, though policy allows it', () => {
        programs.commit(stage({ ingress: [open], egress: [anyPeerPort()] }));
        into(asked);
        out(answered);
        assert.equal(programs.hash('weir_ct').entries().length, 1);
      });

      it('lives 60 seconds, and both sides prolong it', () => {
        programs.commit(stage({ ingress: [open], egress: [] }));
        into(asked);
        near(secondsLeft(programs, 'weir_ct')[0], 60);
        setSecondsLeft(programs, 'weir_ct', 20);
        out(answered);
        near(secondsLeft(programs, 'weir_ct')[0], 60);
        setSecondsLeft(programs, 'weir_ct', 20);
        programs.zero('weir_seen');
        into(asked);
        near(secondsLeft(programs, 'weir_ct')[0], 60);
      });

      it('an entry of another instance of the interface opens nothing', () => {
        programs.commit(stage({ ingress: [open], egress: [] }));
        into(asked);
        programs.commit(stage({ ingress: [open], egress: [], instance: 8 }));
        assert.equal(out(answered), 'drop');
      });

      it('isolation that lands on an open flow does not cut its answers, in either direction', () => {
        programs.commit(stage({}));
        into(asked);
        out(udp({ sourcePort: 6000, destinationPort: 123 }));
        programs.commit(stage({ ingress: [open], egress: [] }));
        assert.equal(out(answered), 'pass');
        programs.commit(stage({ ingress: [], egress: [anyPeerPort()] }));
        assert.equal(into(udp({ sourcePort: 123, destinationPort: 6000 })), 'pass');
        assert.equal(into(asked), 'drop');
      });

      it('an entry names the rule that allows the flow now, not the one that once did', () => {
        programs.commit(stage({ ingress: [open], egress: [] }));
        into(asked);
        assert.deepEqual(cookies(programs, 'weir_ct'), [100]);
        programs.commit(stage({ ingress: [{ ...open, cookie: 200 }], egress: [] }));
        programs.zero('weir_seen');
        into(asked);
        assert.deepEqual(cookies(programs, 'weir_ct'), [200]);
      });

      it('what was just seen is not refreshed again, and is not allowed for that', () => {
        programs.commit(stage({ ingress: [open], egress: [] }));
        const staysUnrefreshed = (): boolean => {
          into(asked);
          setSecondsLeft(programs, 'weir_ct', 20);
          assert.equal(into(asked), 'pass');
          return isNear(secondsLeft(programs, 'weir_ct')[0], 20);
        };
        // Again where one of the kernel's moments (seen.h) ended between the two packets.
        assert.ok([1, 2, 3].some(staysUnrefreshed));
        programs.commit(stage({ ingress: [], egress: [] }));
        assert.equal(into(asked), 'drop');
      });
    });

    describe(`IPv${family}, TCP`, () => {
      const client = (flags: number) => tcp({ sourcePort: 40000, destinationPort: 80, flags });
      const server = (flags: number) => tcp({ sourcePort: 80, destinationPort: 40000, flags });
      const serving = { peer: slot.peer, port: tcpPort(80), cookie: 100 };
      const connect = () => {
        assert.equal(out(client(syn)), 'pass');
        assert.equal(into(server(syn | ack)), 'pass');
        assert.equal(out(client(ack)), 'pass');
      };

      it('a bare SYN from a server’s port is not an answer', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        connect();
        assert.equal(into(server(ack)), 'pass');
        assert.equal(into(server(syn)), 'drop');
        assert.equal(into(server(syn | 0xc0)), 'drop', 'with the bits of ECN');
      });

      it('a bare SYN from a client’s port is not an answer', () => {
        programs.commit(stage({ ingress: [serving], egress: [] }));
        assert.equal(into(client(syn)), 'pass');
        assert.equal(out(server(syn)), 'drop');
        assert.equal(out(server(syn | ack)), 'pass');
      });

      it('a SYN that nobody answers lives 60 seconds apart from flows', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        out(client(syn));
        assert.equal(programs.hash('weir_ct').entries().length, 0);
        near(secondsLeft(programs, 'weir_ct_syn')[0], 60);
        setSecondsLeft(programs, 'weir_ct_syn', 0);
        assert.equal(into(server(syn | ack)), 'drop');
      });

      it('a flood of SYNs does not push out a flow', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        connect();
        for (let port = 1; port < 30_000; port++)
          programs.sent(outward(family, tcp({ sourcePort: port, destinationPort: 80, flags: syn })));
        assert.equal(into(server(ack)), 'pass');
        assert.equal(programs.hash('weir_ct').entries().length, 1);
      });

      it('an answered SYN becomes a flow of 8000 seconds', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        connect();
        assert.equal(programs.hash('weir_ct_syn').entries().length, 0);
        near(secondsLeft(programs, 'weir_ct')[0], 8000);
        assert.deepEqual(cookies(programs, 'weir_ct'), [100]);
      });

      it('an answer is seen for what it is though the like of it has just passed', () => {
        programs.commit(stage({ egress: [anyPeerPort()], ingress: [serving] }));
        assert.equal(into(client(ack)), 'pass');
        assert.equal(out(server(syn)), 'pass');
        assert.equal(into(client(ack)), 'pass');
        assert.equal(programs.hash('weir_ct_syn').entries().length, 0);
        assert.equal(programs.hash('weir_ct').entries().length, 2);
      });

      it('a flow that is refused leaves nothing open', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        out(client(syn));
        assert.equal(into(server(rst | ack)), 'pass');
        assert.equal(programs.hash('weir_ct').entries().length, 0);
        near(secondsLeft(programs, 'weir_ct_syn')[0], 10);
        assert.equal(into(server(ack)), 'pass');
        assert.equal(programs.hash('weir_ct').entries().length, 0);
        near(secondsLeft(programs, 'weir_ct_syn')[0], 10);
      });

      it('a RST of either side closes in 10 seconds', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        for (const reset of [() => out(client(rst)), () => into(server(rst))]) {
          programs.forget();
          connect();
          assert.equal(reset(), 'pass');
          near(secondsLeft(programs, 'weir_ct')[0], 10);
        }
      });

      it('a flow that closes is not kept open by more answers', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        connect();
        into(server(rst));
        setSecondsLeft(programs, 'weir_ct', 5);
        assert.equal(into(server(ack)), 'pass');
        near(secondsLeft(programs, 'weir_ct')[0], 5);
        setSecondsLeft(programs, 'weir_ct', 0);
        assert.equal(into(server(ack)), 'drop');
      });

      it('one FIN does not close, both do', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        connect();
        out(client(fin | ack));
        near(secondsLeft(programs, 'weir_ct')[0], 8000);
        assert.equal(into(server(ack)), 'pass');
        into(server(fin | ack));
        near(secondsLeft(programs, 'weir_ct')[0], 10);
        assert.equal(out(client(ack)), 'pass');
        near(secondsLeft(programs, 'weir_ct')[0], 10);
      });

      it('a last packet of a closed flow makes no flow', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        assert.equal(out(client(fin | ack)), 'pass');
        assert.equal(out(client(rst)), 'pass');
        assert.equal(programs.hash('weir_ct').entries().length, 0);
      });

      it('a port that is used again before its old flow is gone gets a new flow', () => {
        programs.commit(stage({ egress: [serving], ingress: [] }));
        connect();
        into(server(rst));
        connect();
        near(secondsLeft(programs, 'weir_ct')[0], 8000);
        assert.equal(into(server(fin | ack)), 'pass');
        near(secondsLeft(programs, 'weir_ct')[0], 8000);
      });

      it('a revoked connection is cut at once, and its answers don’t reopen it', () => {
        programs.commit(stage({ ingress: [serving], egress: [anyPeerPort()] }));
        into(client(syn));
        out(server(syn | ack));
        assert.equal(into(client(ack)), 'pass');
        programs.commit(stage({ ingress: [], egress: [anyPeerPort()] }));
        assert.equal(out(server(ack)), 'pass');
        assert.equal(into(client(ack)), 'drop');
        assert.equal(into(client(fin | ack)), 'drop');
      });

      it('isolation that lands on an open connection does not cut it, in either direction', () => {
        programs.commit(stage({}));
        connect();
        assert.equal(into(tcp({ sourcePort: 50000, destinationPort: 8080, flags: syn })), 'pass');
        assert.equal(out(tcp({ sourcePort: 8080, destinationPort: 50000, flags: syn | ack })), 'pass');
        programs.commit(stage({ egress: [serving], ingress: [{ ...serving, port: tcpPort(8080) }] }));
        assert.equal(into(server(ack)), 'pass');
        assert.equal(out(client(ack)), 'pass');
        assert.equal(out(tcp({ sourcePort: 8080, destinationPort: 50000, flags: ack })), 'pass');
        assert.equal(into(tcp({ sourcePort: 50000, destinationPort: 8080, flags: ack })), 'pass');
      });
    });

    describe(`IPv${family}, SCTP`, () => {
      it('an INIT from a server’s port is not an answer', () => {
        programs.commit(stage({ egress: [{ peer: slot.peer, port: sctpPort(99), cookie: 1 }], ingress: [] }));
        assert.equal(out(sctp({ sourcePort: 4000, destinationPort: 99, chunk: 1 })), 'pass');
        assert.equal(into(sctp({ sourcePort: 99, destinationPort: 4000, chunk: 2 })), 'pass');
        assert.equal(into(sctp({ sourcePort: 99, destinationPort: 4000, chunk: 1 })), 'drop');
      });
    });

    describe(`IPv${family}, ICMP`, () => {
      it('an echo request with the identifier of another is not an answer', () => {
        programs.commit(stage({ egress: [{ peer: slot.peer, port: echoPort, cookie: 1 }], ingress: [] }));
        assert.equal(out(echo('request', 5)), 'pass');
        assert.equal(into(echo('reply', 5)), 'pass');
        assert.equal(into(echo('reply', 6)), 'drop');
        assert.equal(into(echo('request', 5)), 'drop');
      });

      it('an echo reply answers an echo request only', () => {
        programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
        assert.equal(out(family === 4 ? icmp4({ type: 13, id: 5 }) : icmp6({ type: 200, id: 5 })), 'pass');
        assert.equal(into(echo('reply', 5)), 'drop');
        if (family === 4) assert.equal(into(icmp4({ type: 14, id: 5 })), 'pass');
      });
    });

    it(`IPv${family}, other protocols: an answer passes, another protocol does not`, () => {
      programs.commit(stage({ egress: [anyPeerPort()], ingress: [] }));
      assert.equal(out(other(47)), 'pass');
      assert.equal(into(other(47)), 'pass');
      assert.equal(into(other(50)), 'drop');
    });
  }
});
