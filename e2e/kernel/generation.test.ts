import assert from 'node:assert/strict';
import { udp } from './packet.ts';
import { Programs } from './programs.ts';
import { anyPeerPort, families, inward, outward, stage } from './scene.ts';
import { StampRunner } from './stamp-runner.ts';
import { loopback } from './test-run.ts';
import { tinyImage } from './tiny-image.ts';

const mark = 0x8000;
const asked = udp({ sourcePort: 5000, destinationPort: 53 });
const open = () => stage({ ingress: [anyPeerPort()], egress: [anyPeerPort()] });
const closed = () => stage({ ingress: [], egress: [] });

describe('one packet, one revision', () => {
  let programs: Programs;
  let stamps: StampRunner;
  beforeEach(async () => {
    programs = await Programs.load();
    stamps = new StampRunner();
  });
  afterEach(() => {
    stamps.close();
    programs.close();
  });

  const received = (stamp: number) => stamps.run(programs.ingress, inward(4, asked), stamp).verdict;

  it('before the first commit all packets pass, unstamped', () => {
    assert.equal(programs.sent(outward(4, asked)), 'pass');
    assert.equal(programs.received(inward(4, asked)), 'pass');
    assert.equal(stamps.run(programs.egress, outward(4, asked), 0).stamp, 0);
  });

  it('an interface that is no endpoint’s passes all', () => {
    programs.commit(tinyImage({ ifindex: loopback + 1, instance: 1, peers: [], ingress: [], egress: [] }));
    for (const family of families) {
      assert.equal(programs.sent(outward(family, asked)), 'pass');
      assert.equal(programs.received(inward(family, asked)), 'pass');
    }
  });

  it('each commit takes force with its one store', () => {
    for (let round = 0; round < 3; round++) {
      programs.commit(closed());
      assert.equal(programs.sent(outward(4, asked)), 'drop');
      programs.commit(open());
      assert.equal(programs.sent(outward(4, asked)), 'pass');
    }
  });

  it('what a pod sends is stamped with the commit that judged it', () => {
    programs.commit(open());
    assert.equal(stamps.run(programs.egress, outward(4, asked), 0).stamp, mark | 1);
    programs.commit(open());
    assert.equal(stamps.run(programs.egress, outward(4, asked), 0).stamp, mark | 2);
  });

  it('a packet that the former revision let out is judged by the former revision on its way in', () => {
    const before = programs.commit(closed());
    const after = programs.commit(open());
    assert.equal(received(mark | before), 'drop');
    assert.equal(programs.events().at(-1)?.commit, before);
    assert.equal(received(mark | after), 'pass');
    assert.equal(received(0), 'pass', 'from elsewhere');
  });

  it('a stamp of a revision that is gone, or no stamp, means the one in force', () => {
    programs.commit(closed());
    const before = programs.commit(closed());
    programs.commit(open());
    for (const stamp of [mark | (before - 1), mark | 0x7fff, before, 0x7fff, mark])
      assert.equal(received(stamp), 'pass', stamp.toString(16));
  });

  it('a half that is being rewritten judges nothing', () => {
    const before = programs.commit(closed());
    programs.commit(open());
    programs.set.control.invalidate(0);
    assert.equal(received(mark | before), 'pass');
    assert.equal(received(mark), 'pass', 'a stamp of 0 is not the header’s 0');
  });

  it('a commit’s number may be larger than a stamp', () => {
    const before = programs.commit(closed(), 0x1_0000_8000);
    assert.equal(stamps.run(programs.egress, outward(4, asked), 0).stamp, mark);
    programs.commit(open(), 0x1_0000_8001);
    assert.equal(received(mark), 'drop');
    assert.equal(programs.events().at(-1)?.commit, before);
  });
});
