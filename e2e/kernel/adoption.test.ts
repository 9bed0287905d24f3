import assert from 'node:assert/strict';
import { tcp, tcpFlag, udp } from './packet.ts';
import { Programs } from './programs.ts';
import { anyPeerPort, families, inward, monotonicSeconds, outward, slot, stage, tcpPort } from './scene.ts';

const { ack, fin, rst, syn } = tcpFlag;

describe('TCP flows met in the middle', () => {
  let programs: Programs;
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());
  beforeEach(() => programs.forget());

  for (const family of families) {
    const serving = { peer: slot.peer, port: tcpPort(80), cookie: 100 };
    const fromClient = (flags: number) =>
      programs.received(inward(family, tcp({ sourcePort: 40000, destinationPort: 80, flags })));
    const fromServer = (flags: number) =>
      programs.sent(outward(family, tcp({ sourcePort: 80, destinationPort: 40000, flags })));
    const soon = () => monotonicSeconds() + 100;

    it(`IPv${family}: a server’s packet is no new connection of its own while flows are adopted`, () => {
      programs.commit(stage({ ingress: [serving], egress: [], adoptUntil: soon() }));
      assert.equal(fromServer(ack), 'pass');
      assert.equal(fromServer(ack), 'pass');
      programs.commit(stage({ ingress: [], egress: [], adoptUntil: soon() }));
      assert.equal(fromClient(ack), 'drop', 'the client is the originator, and its rule is gone');
    });

    it(`IPv${family}: adopted only while the time lasts`, () => {
      // A second after the machine was started: also one that was started just now has left that behind.
      programs.commit(stage({ ingress: [serving], egress: [], adoptUntil: 1 }));
      assert.equal(fromServer(ack), 'drop');
      programs.commit(stage({ ingress: [serving], egress: [] }));
      assert.equal(fromServer(ack), 'drop');
    });

    it(`IPv${family}: an adopted flow goes on when the time is over`, () => {
      programs.commit(stage({ ingress: [serving], egress: [], adoptUntil: soon() }));
      fromServer(ack);
      programs.commit(stage({ ingress: [serving], egress: [] }));
      assert.equal(fromServer(ack), 'pass');
    });

    it(`IPv${family}: not adopted where the other direction denies it`, () => {
      programs.commit(
        stage({ ingress: [{ ...serving, port: tcpPort(81) }], egress: [], adoptUntil: soon() }),
      );
      assert.equal(fromServer(ack), 'drop');
    });

    it(`IPv${family}: a bare SYN, or UDP, is never adopted`, () => {
      programs.commit(stage({ ingress: [anyPeerPort()], egress: [], adoptUntil: soon() }));
      assert.equal(fromServer(syn), 'drop');
      assert.equal(programs.sent(outward(family, udp({ sourcePort: 80, destinationPort: 40000 }))), 'drop');
    });

    it(`IPv${family}: a RST of an unknown flow passes and leaves nothing`, () => {
      programs.commit(stage({ ingress: [serving], egress: [], adoptUntil: soon() }));
      assert.equal(fromServer(rst), 'pass');
      assert.equal(programs.hash('weir_ct').entries().length, 0);
      assert.equal(fromServer(fin | ack), 'pass');
    });

    it(`IPv${family}: a server that speaks first is not taken for the originator where both may be`, () => {
      programs.commit(stage({}));
      assert.equal(fromServer(ack), 'pass');
      programs.commit(stage({ ingress: [] }));
      assert.equal(fromClient(ack), 'drop');
      programs.commit(stage({ ingress: [serving], egress: [] }));
      assert.equal(fromServer(ack), 'pass');
    });
  }
});
