import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { queryTcx, tcxEgress, tcxIngress } from '@weir/node-agent/src/kernel/bpf-syscall.ts';
import { libbpf, libc } from '@weir/node-agent/src/kernel/libbpf.ts';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { addVeth, digestOf, imageOf, objects, openDatapath, pinDir, prepare, type Veth } from './harness.ts';

const root = resolve(import.meta.dirname, '../..');
const state = join(objects, 'state');
const tc = (...args: string[]) => execFileSync('tc', args, { encoding: 'utf8', stdio: 'pipe' });
const qdiscs = (veth: Veth): boolean => tc('qdisc', 'show', 'dev', veth.name).includes('clsact');

/** The capabilities that config/uninstall grants; setpriv of Debian 12 knows the newest ones by their numbers. */
const granted = (): readonly string[] => {
  const manifest = readFileSync(join(root, 'config/uninstall/uninstall.yaml'), 'utf8');
  const [, names = ''] = /add: \[(.+)\]/.exec(manifest) ?? [];
  return names.split(', ').map((name) => (name === 'BPF' ? '+cap_39' : `+${name.toLowerCase()}`));
};

/** The lines that `weir-agent remove` prints, with no more capabilities than that. */
const remove = (): readonly string[] =>
  execFileSync(
    'setpriv',
    [
      ...['--no-new-privs', '--inh-caps=-all', `--bounding-set=${['-all', ...granted()].join()}`],
      ...[process.execPath, join(root, 'node-agent/src/main.ts'), 'remove'],
      ...[`--pins=${pinDir}`, `--state=${state}`],
    ],
    { encoding: 'utf8' },
  )
    .trim()
    .split('\n');

/** The line with which docs/uninstall.md cleans a node by hand. */
function lineByHand(): string {
  const [, line = ''] =
    /```sh by-hand\n(.+)\n```/.exec(readFileSync(join(root, 'docs/uninstall.md'), 'utf8')) ?? [];
  assert.match(line, /\/sys\/fs\/bpf\/weir \/var\/lib\/weir\/agent/);
  return line.replace('/sys/fs/bpf/weir', pinDir).replace('/var/lib/weir/agent', state);
}

const isLoaded = (id: number): boolean => {
  const fd = libbpf.programById(id);
  if (fd >= 0) libc.close(fd);
  return fd >= 0;
};

const tcxPrograms = ({ ifindex }: Veth): readonly number[] =>
  [tcxIngress, tcxEgress].flatMap((hook) => {
    const ids = queryTcx(ifindex, hook);
    return typeof ids === 'number' ? [] : ids;
  });

describe('removing Weir from a node', () => {
  prepare();
  let veths: readonly Veth[] = [];

  const enforce = async (attachMode: 'tcx' | 'clsact'): Promise<void> => {
    const datapath = await openDatapath({ attachMode });
    await datapath.commit(imageOf(2), { revision: 1, digest: digestOf(1) });
    for (const { ifindex } of veths) await datapath.attach(ifindex);
    datapath.close();
    mkdirSync(state, { recursive: true });
    for (const file of ['last-good', 'status.json', "somebody's"]) writeFileSync(join(state, file), '');
  };

  beforeEach(() => {
    veths = [addVeth(1), addVeth(2)];
  });
  afterEach(() => {
    removeDatapath(pinDir);
    for (const veth of veths) veth.remove();
  });

  it('leaves no program, link or pin, and tells what it was', async () => {
    await enforce('tcx');
    const ids = veths.flatMap(tcxPrograms);
    assert.equal(ids.length, 4);
    const lines = remove();
    assert.ok(lines.includes('removed 4 links'), lines.join());
    assert.ok(lines.includes('removed 2 programs'), lines.join());
    assert.ok(lines.some((line) => /^removed \d+ maps$/.test(line)));
    assert.ok(lines.includes(`removed ${join(state, 'last-good')}`));
    assert.equal(existsSync(pinDir), false);
    assert.deepEqual(readdirSync(state), ["somebody's"]);
    assert.deepEqual(veths.flatMap(tcxPrograms), []);
    await until('programs are gone', () => !ids.some(isLoaded));
    assert.deepEqual(remove(), [`nothing of Weir under ${pinDir} and ${state}`]);
  });

  it('leaves no qdisc that it has made', async () => {
    await enforce('clsact');
    assert.ok(veths.every(qdiscs));
    const lines = remove();
    assert.ok(lines.includes('removed 4 filters'), lines.join());
    assert.ok(lines.includes('removed 2 qdiscs'), lines.join());
    assert.ok(!veths.some(qdiscs));
  });

  it("leaves others' qdiscs and filters", async () => {
    const [first, second] = veths;
    assert.ok(first && second);
    tc('qdisc', 'add', 'dev', first.name, 'clsact');
    await enforce('clsact');
    const pin = join(pinDir, 'progs/pod_egress');
    tc('filter', 'add', 'dev', second.name, 'egress', 'pref', '7', 'bpf', 'da', 'object-pinned', pin);
    const lines = remove();
    assert.ok(lines.includes('removed 4 filters'), lines.join());
    assert.ok(!lines.some((line) => line.includes('qdisc')), lines.join());
    assert.ok(qdiscs(first));
    assert.equal(tc('filter', 'show', 'dev', first.name, 'ingress'), '');
    assert.match(tc('filter', 'show', 'dev', second.name, 'egress'), /pref 7 .*pod_egress/);
    assert.doesNotMatch(tc('filter', 'show', 'dev', second.name, 'egress'), /pod_ingress/);
  });

  it('takes the qdisc along when a pod is no longer governed', async () => {
    await enforce('clsact');
    const datapath = await openDatapath({ attachMode: 'clsact' });
    const [first, second] = veths;
    assert.ok(first && second);
    await datapath.detach(first.ifindex);
    datapath.close();
    assert.deepEqual([qdiscs(first), qdiscs(second)], [false, true]);
  });

  for (const mode of ['tcx', 'clsact'] as const)
    it(`works by hand as the docs say (${mode})`, async () => {
      await enforce(mode);
      execFileSync('sh', ['-c', lineByHand()], { stdio: 'pipe' });
      assert.equal(existsSync(pinDir), false);
      assert.equal(existsSync(state), false);
      await until('no program', () => veths.flatMap(tcxPrograms).length === 0);
      for (const { name } of veths) assert.equal(tc('filter', 'show', 'dev', name, 'ingress'), '');
    });
});
