import assert from 'node:assert/strict';
import { arp, discovery, frame, ip6, tcp, tcpFlag, udp } from './packet.ts';
import { Programs } from './programs.ts';
import { anyPeerPort, families, inward, outward, peer, pod, type Stage, stage } from './scene.ts';

const { ack, syn } = tcpFlag;
const open: Stage = { ingress: [anyPeerPort()], egress: [anyPeerPort()] };
/** As the agent writes it. */
const closed: Stage = { ingress: [], egress: [], families: [], closed: true };

describe('an interface whose pod has gone', () => {
  let programs: Programs;
  before(async () => {
    programs = await Programs.load();
  });
  after(() => programs.close());
  beforeEach(() => programs.forget());

  for (const family of families) {
    it(`IPv${family}: passes nothing, and tells it`, () => {
      programs.commit(stage(closed));
      const asked = udp({ sourcePort: 5000, destinationPort: 53 });
      assert.equal(programs.sent(outward(family, asked)), 'drop');
      assert.equal(programs.received(inward(family, asked)), 'drop');
      assert.deepEqual(
        programs.events().map(({ reason, direction, cookie }) => `${direction} ${reason} ${cookie}`),
        ['egress policy-deny 0', 'ingress policy-deny 0'],
      );
    });

    it(`IPv${family}: cuts the flows that it had`, () => {
      programs.commit(stage(open));
      const begin = tcp({ sourcePort: 40_000, destinationPort: 80, flags: syn });
      const accept = tcp({ sourcePort: 80, destinationPort: 40_000, flags: syn | ack });
      const more = tcp({ sourcePort: 40_000, destinationPort: 80, flags: ack });
      assert.equal(programs.received(inward(family, begin)), 'pass');
      assert.equal(programs.sent(outward(family, accept)), 'pass');
      programs.commit(stage(closed));
      assert.equal(programs.received(inward(family, more)), 'drop');
      assert.equal(programs.sent(outward(family, accept)), 'drop');
    });

    it(`IPv${family}: passes all where nothing is dropped`, () => {
      programs.commit(stage({ ...closed, observe: true }));
      const asked = udp({ sourcePort: 5000, destinationPort: 53 });
      assert.equal(programs.sent(outward(family, asked)), 'pass');
      assert.equal(programs.received(inward(family, asked)), 'pass');
    });
  }

  it('claims no address', () => {
    programs.commit(stage(closed));
    assert.equal(programs.sent(frame(arp({ operation: 2, sender: pod[4], target: peer[4] }))), 'drop');
    const advertised = ip6({ source: pod[6], destination: 'ff02::1', hopLimit: 255 }, discovery(136, pod[6]));
    assert.equal(programs.sent(frame(advertised)), 'drop');
  });
});
