import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AgentError, type AgentErrorCode } from '@weir/node-agent/src/errors.ts';
import { ProgramSet } from '@weir/node-agent/src/kernel/program-set.ts';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import { describe, it } from 'mocha';
import { until } from '../until.ts';
import {
  addVeth,
  compileFixture,
  digestOf,
  imageOf,
  objects,
  openDatapath,
  pinDir,
  prepare,
  TestDatapath,
} from './harness.ts';

const productObject = join(import.meta.dirname, '../../build/bpf/pod.bpf.o');
const code = (wanted: AgentErrorCode) => (error: unknown) =>
  error instanceof AgentError && error.code === wanted;
const bpftool = (...args: string[]) =>
  JSON.parse(execFileSync('/usr/sbin/bpftool', ['-j', ...args], { encoding: 'utf8' }));

describe('loading', () => {
  prepare();
  const datapath = new TestDatapath();
  const { open } = datapath;

  it("pins the product's programs and maps with readable names and BTF", async () => {
    await open({ objectFile: productObject });
    for (const name of ['pod_egress', 'pod_ingress']) {
      const program = bpftool('prog', 'show', 'pinned', join(pinDir, 'progs', name));
      assert.equal(program.name, name);
      assert.ok(program.btf_id > 0);
    }
    for (const name of ['weir_ctl', 'weir_endpoint', 'weir_node6', 'weir_ct'])
      assert.equal(bpftool('map', 'show', 'pinned', join(pinDir, 'maps', name)).name, name);
    assert.ok(Array.isArray(bpftool('map', 'dump', 'pinned', join(pinDir, 'maps', 'weir_ctl'))));
  });

  it("commits to and grows the product's programs", async () => {
    const product = await open({ objectFile: productObject });
    await product.commit(imageOf(2), { revision: 1, digest: digestOf(1) });
    const report = await product.commit(imageOf(2, { node4: 4000, endpoint: 2048 }), {
      revision: 2,
      digest: digestOf(2),
    });
    assert.equal(report.grew, true);
    assert.equal(bpftool('map', 'show', 'pinned', join(pinDir, 'maps', 'weir_node4')).max_entries, 8192);
  });

  it('names the place where the verifier refuses a program', async () => {
    await assert.rejects(open({ objectFile: compileFixture('broken', ['BROKEN']) }), (error) => {
      assert.ok(error instanceof AgentError);
      assert.equal(error.code, 'verifier');
      assert.match(error.message, /invalid (mem )?access|R\d/);
      return true;
    });
    await open();
  });

  it('refuses a file that is not the programs', async () => {
    await assert.rejects(open({ objectFile: '/nowhere/pod.bpf.o' }), code('object'));
    const text = join(objects, 'text.o');
    writeFileSync(text, 'not an object');
    await assert.rejects(open({ objectFile: text }), code('object'));
    await assert.rejects(
      open({ objectFile: compileFixture('small', ['ENDPOINT_TYPE=__u64']) }),
      code('object'),
    );
  });

  it('refuses a pin directory outside a BPF file system, and leaves it alone', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'weir-'));
    writeFileSync(join(directory, 'file'), 'mine');
    await assert.rejects(open({ pinDir: directory }), code('kernel'));
    await assert.rejects(open({ pinDir: join(directory, 'deeper') }), code('kernel'));
    assert.deepEqual(readdirSync(directory), ['file']);
    rmSync(directory, { recursive: true });
  });

  it('lets one agent have a pin directory and names it to the next', async () => {
    await open();
    await assert.rejects(
      openDatapath(),
      (error) => error instanceof AgentError && error.code === 'locked' && error.fields.pid === process.pid,
    );
    assert.throws(() => removeDatapath(pinDir), code('locked'));
  });

  it('keeps nothing open of pins that it can not use', async () => {
    await open();
    datapath.close();
    rmSync(join(pinDir, 'progs/pod_ingress'));
    const before = readdirSync('/proc/self/fd').length;
    assert.throws(() => new ProgramSet(join(pinDir, 'current')), code('kernel'));
    assert.equal(readdirSync('/proc/self/fd').length, before);
  });

  it('leaves everything pinned when it is closed, and nothing when it is removed', async () => {
    const veth = addVeth(1);
    try {
      const first = await open();
      await first.attach(veth.ifindex);
      datapath.close();
      assert.ok(existsSync(join(pinDir, 'links', `${veth.ifindex}-egress`)));
      const ids = ['pod_egress', 'pod_ingress'].map(
        (name) => bpftool('prog', 'show', 'pinned', join(pinDir, 'progs', name)).id,
      );
      removeDatapath(pinDir);
      assert.equal(existsSync(pinDir), false);
      await until('the programs are gone', () => {
        const loaded = bpftool('prog', 'show').map(({ id }: { id: number }) => id);
        return ids.every((id) => !loaded.includes(id));
      });
      removeDatapath(pinDir);
    } finally {
      veth.remove();
    }
  });
});
