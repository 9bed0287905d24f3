import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readlinkSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AgentError } from '@weir/node-agent/src/errors.ts';
import { linkInfo, programInfo } from '@weir/node-agent/src/kernel/bpf-syscall.ts';
import { grow } from '@weir/node-agent/src/kernel/growth.ts';
import { libbpf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';
import { ProgramObject } from '@weir/node-agent/src/kernel/object.ts';
import { PinDirectory } from '@weir/node-agent/src/kernel/pin-directory.ts';
import { ProgramSet } from '@weir/node-agent/src/kernel/program-set.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { Flood } from './flood.ts';
import {
  addVeth,
  compileFixture,
  digestOf,
  egressDrops,
  egressRuns,
  imageOf,
  pinDir,
  prepare,
  TestDatapath,
  type Veth,
} from './harness.ts';

const header = (revision: number) => ({ revision, digest: digestOf(revision) });
const port = 5001;

function programOf(pin: string): number {
  const fd = libbpf.openPin(join(pinDir, pin));
  const id = pin.startsWith('links') ? linkInfo(fd).programId : programInfo(fd).id;
  libc.close(fd);
  return id;
}

/** What is pinned there can't be opened meanwhile. */
async function withoutPin(path: string, job: () => Promise<void>): Promise<void> {
  const [pin, aside] = [join(pinDir, path), join(pinDir, 'aside')];
  renameSync(pin, aside);
  mkdirSync(pin);
  await job();
  rmdirSync(pin);
  renameSync(aside, pin);
}

describe('growth', () => {
  prepare();
  const datapath = new TestDatapath();
  const { open } = datapath;
  let veth: Veth;
  beforeEach(() => {
    veth = addVeth(3);
  });
  afterEach(() => {
    veth.remove();
  });

  for (const attachMode of ['tcx', 'clsact'] as const)
    for (const passes of [true, false])
      it(`changes no verdict of a flood that every image ${passes ? 'allows' : 'forbids'} (${attachMode})`, async () => {
        const socket = createSocket('udp4');
        let received = 0;
        socket.on('message', () => received++);
        socket.bind(port, '10.77.3.1');
        await once(socket, 'listening');
        const agent = await open({ attachMode });
        let torn = 0;
        agent.events(({ reason }) => {
          if (reason === 'malformed') torn++;
        });
        const verdictOf = (revision: number) => revision * 2 + (passes ? 0 : 1);
        await agent.commit(imageOf(verdictOf(1)), header(1));
        await agent.attach(veth.ifindex);
        const flood = new Flood(veth, 3, port);
        try {
          await until('packets', () => flood.sent > 100);
          for (let revision = 2; revision < 8; revision++) {
            const elements = { outcome: 200 << revision, row: 1500 << revision, endpoint: 512 << revision };
            const report = await agent.commit(imageOf(verdictOf(revision), elements), header(revision));
            assert.equal(report.grew, true);
          }
          const sent = await flood.stop();
          await until('every packet met a program', () => egressRuns() === sent);
          // The socket's own queue may overflow on a busy machine: what was dropped is counted by the program.
          assert.equal(egressDrops(), passes ? 0 : sent);
          assert.equal(received > 0, passes);
          assert.equal(torn, 0);
        } finally {
          await flood.stop();
          socket.close();
        }
      });

  it('keeps the active image whole, so that it is not damaged after a restart', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    await first.commit(imageOf(2, { endpoint: 2048, node4: 5000 }), header(2));
    assert.equal(first.undo(), true);
    const second = await open();
    assert.deepEqual(second.active, { commit: 1, revision: 1, digest: digestOf(1), damaged: false });
  });

  it('over the limit is refused and leaves all as it is', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    await assert.rejects(
      first.commit(imageOf(4, { rowidx: (1 << 24) + 1 }), header(2)),
      (error) => error instanceof AgentError && error.code === 'over-limit',
    );
    assert.equal(first.active?.revision, 1);
    assert.equal(readdirSync(join(pinDir, 'sets')).length, 1);
  });

  it('that could not move the links moves them with the next commit', async () => {
    const agent = await open();
    await agent.commit(imageOf(2), header(1));
    await agent.attach(veth.ifindex);
    const larger = imageOf(2, { endpoint: 2048 });
    await withoutPin(`links/${veth.ifindex}-egress`, () =>
      assert.rejects(agent.commit(larger, header(2)), AgentError),
    );
    await agent.commit(larger, header(2));
    assert.equal(programOf(`links/${veth.ifindex}-egress`), programOf('progs/pod_egress'));
    assert.equal(readdirSync(join(pinDir, 'sets')).length, 1);
  });

  describe('that was cut off', () => {
    const cutOff = async (isCurrent: boolean) => {
      const first = await open();
      await first.commit(imageOf(2), header(1));
      await first.attach(veth.ifindex);
      datapath.close();
      const pins = new PinDirectory(pinDir);
      const old = new ProgramSet(pins.current ?? '');
      const object = new ProgramObject(compileFixture('fixture'));
      const set = await grow(
        old,
        { ...old.halves, row: old.halves.row * 4 },
        object,
        pins,
        async () => undefined,
      );
      if (isCurrent) pins.makeCurrent(set.path);
      set.close();
      old.close();
      assert.equal(readdirSync(join(pinDir, 'sets')).length, 2);
      return set.path;
    };

    it('before the new set was in force is forgotten', async () => {
      const path = await cutOff(false);
      const second = await open();
      assert.equal(second.active?.damaged, false);
      assert.notEqual(join(pinDir, readlinkSync(join(pinDir, 'current'))), path);
      assert.equal(readdirSync(join(pinDir, 'sets')).length, 1);
    });

    it('before the links were moved is finished', async () => {
      const path = await cutOff(true);
      assert.notEqual(programOf(`links/${veth.ifindex}-egress`), programOf('progs/pod_egress'));
      const second = await open();
      assert.equal(second.active?.damaged, false);
      assert.equal(join(pinDir, readlinkSync(join(pinDir, 'current'))), path);
      assert.equal(programOf(`links/${veth.ifindex}-egress`), programOf('progs/pod_egress'));
      assert.equal(programOf(`links/${veth.ifindex}-ingress`), programOf('progs/pod_ingress'));
      assert.equal(readdirSync(join(pinDir, 'sets')).length, 1);
      assert.equal((await second.commit(imageOf(2), header(1))).wordsWritten, 0);
    });
  });
});

describe('another version of the programs', () => {
  prepare();
  const datapath = new TestDatapath();
  const { open } = datapath;
  let veth: Veth;
  beforeEach(() => {
    veth = addVeth(4);
  });
  afterEach(() => {
    veth.remove();
  });

  for (const attachMode of ['tcx', 'clsact'] as const)
    it(`takes the links over in place and goes on with all maps (${attachMode})`, async () => {
      const first = await open({ attachMode });
      await first.commit(imageOf(2, { row: 5000 }), header(1));
      await first.attach(veth.ifindex);
      const flood = new Flood(veth, 4, port);
      try {
        await until('packets', () => flood.sent > 100);
        const second = await open({ attachMode, objectFile: compileFixture('stricter', ['STRICTER']) });
        assert.deepEqual(second.active, { commit: 1, revision: 1, digest: digestOf(1), damaged: false });
        assert.equal((await second.commit(imageOf(2, { row: 5000 }), header(1))).wordsWritten, 0);
        const reasons = new Set<string>();
        second.events(({ reason }) => reasons.add(reason));
        const sent = await flood.stop();
        await until('every packet met a program', () => egressRuns() === sent);
        assert.deepEqual(await second.attached(), [
          { ifindex: veth.ifindex, mode: attachMode, inPlace: true },
        ]);
        assert.equal(readdirSync(join(pinDir, 'sets')).length, 1);
      } finally {
        await flood.stop();
      }
    });

  it('takes the place of pins that somebody has damaged, with its first commit', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    await first.attach(veth.ifindex);
    datapath.close();
    const before = programOf(`links/${veth.ifindex}-egress`);
    rmSync(join(pinDir, 'maps/weir_row'));
    const second = await open();
    assert.equal(second.active, undefined);
    await second.attach(veth.ifindex);
    assert.equal(programOf(`links/${veth.ifindex}-egress`), before, 'nothing opens meanwhile');
    await second.commit(imageOf(2), header(1));
    assert.equal(programOf(`links/${veth.ifindex}-egress`), programOf('progs/pod_egress'));
    assert.equal(readdirSync(join(pinDir, 'sets')).length, 1);
  });

  it('leaves links alone whose set is gone, until its first commit', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    await first.attach(veth.ifindex);
    datapath.close();
    const before = programOf(`links/${veth.ifindex}-egress`);
    rmSync(join(pinDir, 'current'));
    const second = await open();
    assert.equal(programOf(`links/${veth.ifindex}-egress`), before);
    await second.commit(imageOf(2), header(1));
    assert.equal(programOf(`links/${veth.ifindex}-egress`), programOf('progs/pod_egress'));
  });

  it('that reads another layout takes the links over with its first commit', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    await first.attach(veth.ifindex);
    first.nextInstance();
    const before = programOf(`links/${veth.ifindex}-egress`);
    const second = await open({
      objectFile: compileFixture('other-layout', ['IMAGE_FLAGS=(BPF_F_MMAPABLE|BPF_F_NUMA_NODE)']),
    });
    assert.deepEqual([second.active], [undefined]);
    assert.equal(programOf(`links/${veth.ifindex}-egress`), before, 'the old programs go on enforcing');
    assert.equal(second.nextInstance(), 2);
    await second.commit(imageOf(2, { node6: 3000 }), header(5));
    assert.equal(second.active?.commit, 2);
    assert.notEqual(programOf(`links/${veth.ifindex}-egress`), before);
    assert.equal(programOf(`links/${veth.ifindex}-egress`), programOf('progs/pod_egress'));
    assert.equal(readdirSync(join(pinDir, 'sets')).length, 1);
    const third = await open({ objectFile: compileFixture('other-layout') });
    assert.equal(third.active?.revision, 5);
  });

  it('that reads another layout takes the links over later where its first commit could not', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    await first.attach(veth.ifindex);
    const second = await open({
      objectFile: compileFixture('other-layout', ['IMAGE_FLAGS=(BPF_F_MMAPABLE|BPF_F_NUMA_NODE)']),
    });
    await withoutPin(`links/${veth.ifindex}-egress`, () =>
      assert.rejects(second.commit(imageOf(2), header(5)), AgentError),
    );
    assert.equal((await second.commit(imageOf(2), header(5))).wordsWritten, 0);
    assert.equal(programOf(`links/${veth.ifindex}-egress`), programOf('progs/pod_egress'));
    assert.equal(readdirSync(join(pinDir, 'sets')).length, 1);
  });
});
