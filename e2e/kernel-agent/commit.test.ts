import assert from 'node:assert/strict';
import { AgentError } from '@weir/node-agent/src/errors.ts';
import { endpointLayout } from '@weir/node-agent/src/image/layout.ts';
import { libbpf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';
import { MappedArray } from '@weir/node-agent/src/kernel/mapped-array.ts';
import { describe, it } from 'mocha';
import { clock, digestOf, imageOf, pinDir, prepare, TestDatapath } from './harness.ts';

const header = (revision: number) => ({ revision, digest: digestOf(revision) });

/** The kernel's memory of an array, by another mapping than the agent's. */
function withArray<Result>(name: string, use: (array: MappedArray) => Result): Result {
  const fd = libbpf.openPin(`${pinDir}/maps/weir_${name}`);
  const array = new MappedArray(fd);
  try {
    return use(array);
  } finally {
    array.close();
    libc.close(fd);
  }
}

describe('commit', () => {
  prepare();
  const datapath = new TestDatapath();
  const { open } = datapath;

  it('has nothing active before the first', async () => {
    assert.equal((await open()).active, undefined);
  });

  it('writes the words of the image and says what it did', async () => {
    const first = await open();
    const report = await first.commit(imageOf(2), header(7));
    assert.equal(report.commit, 1);
    assert.equal(report.grew, false);
    assert.ok(report.wordsWritten > 100_000, 'roots and port classes are full of words');
    assert.ok(report.graceMs > 0);
    assert.deepEqual(first.active, { commit: 1, revision: 7, digest: digestOf(7), damaged: false });
    withArray('class', (array) => {
      assert.deepEqual(
        [...array.generation(0).subarray(0, 24)],
        [...new Array(16).fill(7), ...new Array(8).fill(0)],
      );
    });
  });

  it('writes only the words that differ from what the idle half holds', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    await first.commit(imageOf(4), header(2));
    assert.equal((await first.commit(imageOf(6), header(3))).wordsWritten, 2);
  });

  it('zeroes what an earlier, longer image left behind', async () => {
    const first = await open();
    await first.commit(imageOf(2, { class: 200 }), header(1));
    await first.commit(imageOf(2), header(2));
    await first.commit(imageOf(2), header(3));
    withArray('class', (array) =>
      assert.ok(
        array
          .generation(0)
          .subarray(16)
          .every((byte) => byte === 0),
      ),
    );
  });

  it('takes an image that lies anywhere in a buffer', async () => {
    const first = await open();
    const image = imageOf(2);
    const shifted = new Uint8Array(image.class.length + 3).fill(9);
    shifted.set(image.class, 3);
    await first.commit({ ...image, class: shifted.subarray(3) }, header(1));
    withArray('class', (array) =>
      assert.deepEqual([...array.generation(0).subarray(0, 16)], new Array(16).fill(7)),
    );
  });

  it('keeps the former generation whole: undo is one store', async () => {
    const first = await open();
    assert.equal(first.undo(), false);
    await first.commit(imageOf(2), header(1));
    await first.commit(imageOf(4), header(2));
    assert.equal(first.undo(), true);
    assert.equal(first.active?.revision, 1);
    assert.equal((await first.commit(imageOf(6), header(3))).commit, 3, 'no commit number is used twice');
  });

  it('is not repeated after a restart: nothing is written', async () => {
    const first = await open();
    await first.commit(imageOf(2, { endpoint: 1024 }), header(1));
    const second = await open();
    assert.deepEqual(second.active, { commit: 1, revision: 1, digest: digestOf(1), damaged: false });
    const report = await second.commit(imageOf(2), header(1));
    assert.deepEqual([report.commit, report.wordsWritten, report.graceMs], [1, 0, 0]);
  });

  it('is made where only the revision is another', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    await first.commit(imageOf(2), header(2));
    assert.equal(first.active?.revision, 2);
  });

  it('finds damage at start and repairs it', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    datapath.close();
    withArray('class', (array) => array.generation(0).writeUInt8(8, 3));
    const second = await open();
    assert.equal(second.active?.damaged, true);
    assert.ok((await second.commit(imageOf(2), header(1))).wordsWritten > 0);
    assert.equal(second.active?.damaged, false);
    const third = await open();
    assert.equal(third.active?.damaged, false);
  });

  it('that can not be read back leaves the active generation as it is', async () => {
    let damage = false;
    const first = await open({
      clock: {
        ...clock,
        monotonic: () => {
          // Between writing and reading back; each earlier time the writer repairs it.
          if (damage) withArray('class', (array) => array.generation(1).writeUInt8(99, 5));
          return clock.monotonic();
        },
      },
    });
    await first.commit(imageOf(2), header(1));
    damage = true;
    await assert.rejects(
      first.commit(imageOf(4), header(2)),
      (error) => error instanceof AgentError && error.code === 'read-back' && error.fields.array === 'class',
    );
    assert.equal(first.active?.revision, 1);
    damage = false;
    await first.commit(imageOf(4), header(2));
    assert.equal(first.active?.revision, 2);
  });

  it('refuses what does not fit, before anything is written', async () => {
    const first = await open();
    await first.commit(imageOf(2), header(1));
    await first.commit(imageOf(4), header(2));
    await assert.rejects(
      first.commit(imageOf(6, { portcls: 65_537 }), header(3)),
      (error) => error instanceof AgentError && error.code === 'over-limit',
    );
    assert.equal(first.active?.revision, 2);
    assert.equal(first.undo(), true);
  });

  it('runs one at a time, and does not hold up the event loop', async () => {
    const first = await open();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const running = first.commit(imageOf(2), header(1));
    await assert.rejects(
      first.commit(imageOf(4), header(2)),
      (error) => error instanceof AgentError && error.code === 'busy',
    );
    await running;
    clearInterval(timer);
    assert.equal(first.active?.revision, 1);
    assert.ok(turns >= 1, 'timers ran while the grace period was waited for');
  });

  it('is finished when the datapath is closed meanwhile, and none can be begun after that', async () => {
    const first = await open();
    const running = first.commit(imageOf(2), header(1));
    first.close();
    assert.equal((await running).commit, 1);
    first.close();
    assert.throws(
      () => first.active,
      (error) => error instanceof AgentError && error.code === 'kernel',
    );
    await assert.rejects(first.commit(imageOf(2), header(2)));
    assert.equal((await open()).active?.revision, 1);
  });

  it('tells after a restart which interfaces are installed, and never repeats an instance number', async () => {
    const first = await open();
    assert.deepEqual([first.nextInstance(), first.nextInstance()], [1, 2]);
    const image = imageOf(2);
    const { offsets, size } = endpointLayout;
    const view = new DataView(image.endpoint.buffer, 5 * size);
    view.setUint32(offsets.ifindex, 12, true);
    view.setUint32(offsets.instance, 2, true);
    view.setUint32(offsets.adopt_until, 99, true);
    view.setUint32(offsets.owner, 77, true);
    await first.commit(image, header(1));
    const second = await open();
    assert.deepEqual(second.installed(), [
      { ifindex: 12, instance: 2, adoptUntil: 99, owner: 77, observe: false, closed: false },
    ]);
    assert.equal(second.nextInstance(), 3);
  });
});
