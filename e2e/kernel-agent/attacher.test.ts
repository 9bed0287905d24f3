import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Attacher, type AttacherOptions } from '@weir/node-agent/src/attach/attacher.ts';
import { programInfo, queryTcx, tcxIngress } from '@weir/node-agent/src/kernel/bpf-syscall.ts';
import type { Datapath } from '@weir/node-agent/src/kernel/datapath.ts';
import { libbpf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';
import { createTcxLink, removeTcxLink } from '@weir/node-agent/src/kernel/tcx.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { addVeth, digestOf, imageOf, pinDir, prepare, TestDatapath, type Veth } from './harness.ts';

const noInterface = 99_999;

describe('attacher', () => {
  prepare();
  const { open } = new TestDatapath();
  let veths: readonly Veth[] = [];
  let interfaces: readonly number[] = [];
  let attacher: Attacher;
  let lines: { message: string; ifindex: unknown }[] = [];
  let changes = 0;
  beforeEach(() => {
    veths = Array.from({ length: 6 }, (_, index) => addVeth(index + 1));
    interfaces = veths.map(({ ifindex }) => ifindex);
    lines = [];
    changes = 0;
  });
  afterEach(async () => {
    await attacher.stop();
    for (const veth of veths) veth.remove();
  });

  const attach = (datapath: AttacherOptions['datapath'], patienceMs = 60_000): Attacher => {
    const add = (message: string, { ifindex }: { readonly ifindex?: unknown } = {}) =>
      lines.push({ message, ifindex });
    attacher = new Attacher({
      datapath,
      log: { error: add, warn: add, info: add, debug: add },
      onChange: () => changes++,
      patienceMs,
    });
    return attacher;
  };
  const attached = async (datapath: Datapath): Promise<readonly number[]> =>
    (await datapath.attached()).map(({ ifindex }) => ifindex);

  it('attaches what is wanted and detaches the rest', async () => {
    const datapath = await open();
    attach(datapath);
    await attacher.want(new Set(interfaces));
    assert.deepEqual(await attached(datapath), interfaces);
    await attacher.want(new Set(interfaces.slice(0, 2)));
    assert.deepEqual(await attached(datapath), interfaces.slice(0, 2));
    assert.deepEqual([...attacher.unattached], []);
    assert.equal(changes, 0);
  });

  it('does not hold up who has no patience, nor commits, and tells when it is done', async () => {
    const datapath = await open();
    await datapath.commit(imageOf(2), { revision: 1, digest: digestOf(1) });
    const [last = 0, ...others] = interfaces;
    const held = Promise.withResolvers<void>();
    const slow: AttacherOptions['datapath'] = {
      attach: async (ifindex) => {
        if (ifindex === last) await held.promise;
        return datapath.attach(ifindex);
      },
      attached: () => datapath.attached(),
      detach: (ifindex) => datapath.detach(ifindex),
    };
    attach(slow, 1);
    await attacher.want(new Set([...others, last]));
    assert.equal(attacher.unattached.has(last), true);
    await datapath.commit(imageOf(3), { revision: 2, digest: digestOf(2) });
    await attacher.want(new Set([...others, last]));
    assert.equal(attacher.unattached.has(last), true);
    assert.equal(changes, 0);
    held.resolve();
    await until('all are attached', () => changes > 0);
    assert.deepEqual(await attached(datapath), interfaces);
    assert.equal(changes, 1);
  });

  it('tells also where what it was about to attach could not be', async () => {
    const datapath = await open();
    const held = Promise.withResolvers<void>();
    const slow: AttacherOptions['datapath'] = {
      attach: async (ifindex) => {
        await held.promise;
        return datapath.attach(ifindex);
      },
      attached: () => datapath.attached(),
      detach: (ifindex) => datapath.detach(ifindex),
    };
    attach(slow, 1);
    await attacher.want(new Set([noInterface]));
    assert.deepEqual([...attacher.due], [noInterface]);
    held.resolve();
    await until('it is told', () => changes > 0);
    assert.deepEqual([[...attacher.due], [...attacher.unattached]], [[], [noInterface]]);
  });

  it('is not held up by an interface that there is not, and tries it again when it checks', async () => {
    const datapath = await open();
    attach(datapath);
    await attacher.want(new Set([noInterface, ...interfaces]));
    assert.deepEqual([...attacher.unattached], [noInterface]);
    assert.equal(attacher.due.size, 0);
    await attacher.want(new Set([noInterface, ...interfaces]));
    await attacher.check();
    assert.deepEqual(
      lines.filter(({ message }) => message === 'interface can not be attached'),
      [{ message: 'interface can not be attached', ifindex: noInterface }],
    );
    assert.deepEqual(await attached(datapath), interfaces);
  });

  it('puts back what others have taken away', async () => {
    const datapath = await open({ attachMode: 'clsact' });
    attach(datapath);
    await attacher.want(new Set(interfaces));
    execFileSync('tc', ['qdisc', 'del', 'dev', veths[0]?.name ?? '', 'clsact']);
    await attacher.check();
    assert.deepEqual(await attached(datapath), interfaces);
  });

  it('finishes what an agent that died has left half attached', async () => {
    const first = await open();
    const [ifindex = 0] = interfaces;
    await first.attach(ifindex);
    await removeTcxLink(join(pinDir, 'links', `${ifindex}-ingress`));
    const datapath = await open();
    attach(datapath);
    await attacher.want(new Set([ifindex]));
    assert.deepEqual(await datapath.attached(), [{ ifindex, mode: 'tcx', inPlace: true }]);
  });

  it('takes the head of a hook back', async () => {
    const datapath = await open();
    attach(datapath);
    await attacher.want(new Set(interfaces));
    const [ifindex = 0] = interfaces;
    const passes = Buffer.from('b7000000ffffffff9500000000000000', 'hex');
    const foreign = libbpf.loadProgram(3, 'foreign', 'GPL', passes, 2, null);
    const link = await createTcxLink(foreign, ifindex, tcxIngress);
    try {
      assert.equal(headOf(ifindex), 'foreign');
      await attacher.check();
      assert.equal(headOf(ifindex), 'pod_egress');
      assert.deepEqual(lines.at(-1), { message: 'attached anew', ifindex });
    } finally {
      for (const fd of [link, foreign]) libc.close(fd);
    }
  });

  it('leaves all as it is while nobody has said what is wanted', async () => {
    const datapath = await open();
    for (const ifindex of interfaces) await datapath.attach(ifindex);
    attach(datapath);
    await attacher.check();
    assert.deepEqual(await attached(datapath), interfaces);
  });

  it('stops after the interface that is being attached', async () => {
    const datapath = await open();
    attach(datapath, 1);
    await attacher.want(new Set(interfaces));
    await attacher.stop();
    const done = await attached(datapath);
    assert.ok(done.length > 0 && done.length < interfaces.length, `${done.length} were attached`);
    assert.deepEqual([...attacher.unattached], interfaces.slice(done.length));
    assert.deepEqual(attacher.due, attacher.unattached);
  });
});

function headOf(ifindex: number): string {
  const ids = queryTcx(ifindex, tcxIngress);
  assert.ok(typeof ids !== 'number');
  const fd = libbpf.programById(ids[0] ?? 0);
  try {
    return programInfo(fd).name;
  } finally {
    libc.close(fd);
  }
}
