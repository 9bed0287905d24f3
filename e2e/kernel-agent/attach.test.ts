import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AgentError } from '@weir/node-agent/src/errors.ts';
import { programInfo, queryTcx, tcxEgress, tcxIngress } from '@weir/node-agent/src/kernel/bpf-syscall.ts';
import type { Datapath } from '@weir/node-agent/src/kernel/datapath.ts';
import { libbpf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import { createTcxLink } from '@weir/node-agent/src/kernel/tcx.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { FrameSender } from './frame-sender.ts';
import {
  addVeth,
  digestOf,
  imageOf,
  openDatapath,
  pinDir,
  prepare,
  TestDatapath,
  type Veth,
} from './harness.ts';

const tc = (...args: string[]) => execFileSync('tc', args, { encoding: 'utf8', stdio: 'pipe' });
/** `r0 = TC_ACT_UNSPEC; exit` */
const passInstructions = Buffer.from('b7000000ffffffff9500000000000000', 'hex');
const loadForeign = () => libbpf.loadProgram(3, 'foreign', 'GPL', passInstructions, 2, null);

/** Names of a TCX hook's programs in their order. */
function order(ifindex: number, hook: number): readonly string[] {
  const ids = queryTcx(ifindex, hook);
  assert.ok(typeof ids !== 'number');
  return ids.map((id) => {
    const fd = libbpf.programById(id);
    const { name } = programInfo(fd);
    libc.close(fd);
    return name;
  });
}

describe('attaching', () => {
  prepare();
  const datapath = new TestDatapath();
  const { open } = datapath;
  let veth: Veth;
  const descriptors: number[] = [];
  beforeEach(() => {
    veth = addVeth(1);
  });
  afterEach(() => {
    for (const fd of descriptors.splice(0)) libc.close(fd);
    veth.remove();
  });

  describe('by TCX', () => {
    it('puts both programs at the head, before a program that was there', async () => {
      const foreign = loadForeign();
      descriptors.push(foreign, await createTcxLink(foreign, veth.ifindex, tcxIngress));
      const agent = await open();
      assert.equal(agent.attachMode, 'tcx');
      await agent.attach(veth.ifindex);
      assert.deepEqual(order(veth.ifindex, tcxIngress), ['pod_egress', 'foreign']);
      assert.deepEqual(order(veth.ifindex, tcxEgress), ['pod_ingress']);
      assert.deepEqual(await agent.attached(), [{ ifindex: veth.ifindex, mode: 'tcx', inPlace: true }]);
    });

    it('takes the head back from a program that came before', async () => {
      const agent = await open();
      await agent.attach(veth.ifindex);
      const foreign = loadForeign();
      descriptors.push(foreign, await createTcxLink(foreign, veth.ifindex, tcxIngress));
      assert.deepEqual(order(veth.ifindex, tcxIngress), ['foreign', 'pod_egress']);
      assert.deepEqual(await agent.attached(), [{ ifindex: veth.ifindex, mode: 'tcx', inPlace: false }]);
      await agent.attach(veth.ifindex);
      assert.deepEqual(order(veth.ifindex, tcxIngress), ['pod_egress', 'foreign']);
      await agent.detach(veth.ifindex);
      assert.deepEqual(order(veth.ifindex, tcxIngress), ['foreign']);
    });

    it('does nothing a second time and outlives the agent', async () => {
      const first = await open();
      await first.attach(veth.ifindex);
      const ids = queryTcx(veth.ifindex, tcxIngress);
      await first.attach(veth.ifindex);
      const second = await open();
      await second.attach(veth.ifindex);
      assert.deepEqual(queryTcx(veth.ifindex, tcxIngress), ids);
      assert.deepEqual(await second.attached(), [{ ifindex: veth.ifindex, mode: 'tcx', inPlace: true }]);
    });

    it('collects the links of an interface that is gone', async () => {
      const first = await open();
      const gone = addVeth(2);
      await first.attach(gone.ifindex);
      gone.remove();
      assert.deepEqual(await first.attached(), []);
      assert.equal(existsSync(join(pinDir, 'links', `${gone.ifindex}-egress`)), false);
    });

    it('says which interface there is not', async () => {
      const agent = await open();
      await assert.rejects(
        agent.attach(99999),
        (error) => error instanceof AgentError && error.code === 'attach' && error.fields.ifindex === 99999,
      );
      assert.deepEqual(await agent.attached(), []);
    });
  });

  describe('by clsact', () => {
    const filters = (side: 'ingress' | 'egress') => tc('filter', 'show', 'dev', veth.name, side);

    it('makes the qdisc where there is none', async () => {
      const agent = await open({ attachMode: 'clsact' });
      await agent.attach(veth.ifindex);
      assert.match(filters('ingress'), /pod_egress/);
      assert.match(filters('egress'), /pod_ingress/);
      assert.deepEqual(await agent.attached(), [{ ifindex: veth.ifindex, mode: 'clsact', inPlace: true }]);
      await agent.detach(veth.ifindex);
      assert.doesNotMatch(filters('ingress'), /pod_egress/);
      assert.deepEqual(await agent.attached(), []);
    });

    it('uses a clsact qdisc that is there and leaves the filters of others', async () => {
      const agent = await open({ attachMode: 'clsact' });
      tc('qdisc', 'add', 'dev', veth.name, 'clsact');
      addForeignFilter(veth);
      await agent.attach(veth.ifindex);
      assert.match(filters('ingress'), /pod_egress[\s\S]*foreign/);
      await agent.attach(veth.ifindex);
      assert.equal(filters('ingress').match(/handle 0x77656972/g)?.length, 1);
      await agent.detach(veth.ifindex);
      assert.match(filters('ingress'), /foreign/);
    });

    it('sees that somebody took the filter away, and puts it back', async () => {
      const agent = await open({ attachMode: 'clsact' });
      await agent.attach(veth.ifindex);
      tc('qdisc', 'del', 'dev', veth.name, 'clsact');
      assert.deepEqual(await agent.attached(), []);
      await agent.attach(veth.ifindex);
      assert.deepEqual(await agent.attached(), [{ ifindex: veth.ifindex, mode: 'clsact', inPlace: true }]);
    });

    it('says so where an ingress qdisc leaves no hook for what goes out, and undoes the half', async () => {
      tc('qdisc', 'add', 'dev', veth.name, 'ingress');
      const agent = await open({ attachMode: 'clsact' });
      await assert.rejects(
        agent.attach(veth.ifindex),
        (error) =>
          error instanceof AgentError && error.code === 'attach' && /ingress qdisc/.test(error.message),
      );
      assert.deepEqual(await agent.attached(), []);
      assert.doesNotMatch(filters('ingress'), /pod_egress/);
    });

    it('takes over from TCX without leaving a program behind', async () => {
      await (await open()).attach(veth.ifindex);
      const agent = await open({ attachMode: 'clsact' });
      assert.deepEqual(await agent.attached(), [{ ifindex: veth.ifindex, mode: 'tcx', inPlace: false }]);
      await agent.attach(veth.ifindex);
      assert.deepEqual(await agent.attached(), [{ ifindex: veth.ifindex, mode: 'clsact', inPlace: true }]);
      assert.deepEqual(order(veth.ifindex, tcxIngress), []);
    });
  });

  for (const attachMode of ['tcx', 'clsact'] as const)
    it(`judges what passes the interface (${attachMode}), and lets another program see what passes`, async () => {
      const witness = await openDatapath({ pinDir: witnessPins, attachMode });
      const agent = await open({ attachMode });
      const sender = new FrameSender(veth, 1, 5000);
      try {
        const reasons = egressReasons(agent);
        const seen = egressReasons(witness);
        await witness.commit(imageOf(2), { revision: 1, digest: digestOf(1) });
        if (attachMode === 'tcx') await witness.attach(veth.ifindex);
        else {
          tc('qdisc', 'add', 'dev', veth.name, 'clsact');
          addForeignFilter(veth, join(witnessPins, 'progs/pod_egress'));
        }
        await agent.attach(veth.ifindex);
        await agent.commit(imageOf(2), { revision: 1, digest: digestOf(1) });
        sender.send(3);
        await until('three events', () => reasons.length >= 3);
        await agent.commit(imageOf(3), { revision: 2, digest: digestOf(2) });
        sender.send(2);
        await until('five events', () => reasons.length >= 5 && seen.length >= 3);
        assert.deepEqual(reasons, [...Array(3).fill('policy-allow'), ...Array(2).fill('policy-deny')]);
        assert.equal(seen.length, 3);
      } finally {
        sender.close();
        witness.close();
        removeDatapath(witnessPins);
      }
    });
});

const witnessPins = `${pinDir}-witness`;

function egressReasons(datapath: Datapath): readonly string[] {
  const reasons: string[] = [];
  datapath.events(({ reason, direction }) => {
    if (direction === 'egress') reasons.push(reason);
  });
  return reasons;
}

/** A clsact filter behind ours, of a program that passes all. */
function addForeignFilter(veth: Veth, pinned?: string): void {
  const pin = pinned ?? join(pinDir, 'foreign');
  if (pinned === undefined) {
    const fd = loadForeign();
    libbpf.pin(fd, pin);
    libc.close(fd);
  }
  tc('filter', 'add', 'dev', veth.name, 'ingress', 'pref', '100', 'bpf', 'da', 'object-pinned', pin);
}
