import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { mustRun } from '../lab/command.ts';
import { Lab } from '../lab/lab.ts';
import { matrixHolds } from '../lab/matrix-holds.ts';
import { repository } from '../lab/process.ts';
import { mustReadState } from '../lab/state.ts';
import type { Traffic } from '../lab/traffic.ts';
import { start } from '../lab/up.ts';
import { agentName, agentSpec } from '../lab/weir.ts';

const name = `up${process.pid}`;
const statsd = { to: 'monitoring/statsd', protocol: 'UDP', port: 8125 } as const;

/** The programs built elsewhere, which makes another version of them: debug information has the folder. */
async function buildPrograms(folder: string): Promise<void> {
  const include = `/usr/include/${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-linux-gnu`;
  const flags = `-O2 -g -mcpu=v2 -target bpf -I${repository}/bpf/include -idirafter ${include}`;
  const source = `${repository}/bpf/pod.bpf.c`;
  await mustRun(['sh', '-c', `cd ${folder} && clang ${flags} -c ${source} -o pod.bpf.o`]);
}

describe('an upgrade under traffic', function () {
  this.timeout(600_000);
  let lab: Lab;
  const folders: string[] = [];

  before(async () => {
    lab = await Lab.up({
      folder: join(repository, 'config/samples/shop'),
      name,
      wiring: 'p2p',
      attach: 'tcx',
    });
    await lab.waitEnforced();
  });
  after(async () => {
    await lab?.down();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  const operator = async (): Promise<void> => {
    await lab.stopOperator();
    await sleep(300);
    await lab.startOperator();
    await lab.waitEnforced();
  };
  /** One node after the other, with programs that none had before. */
  const agents = async (): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-upgrade-'));
    folders.push(folder);
    await buildPrograms(folder);
    for (const node of lab.plan.nodes) {
      await lab.stopAgent(node.name);
      await sleep(300);
      const state = mustReadState(name);
      const spec = agentSpec(state, node);
      await start(state, agentName(node.name), {
        ...spec,
        command: [...spec.command, `--objects=${folder}`],
      });
      await lab.waitEnforced();
    }
  };
  const replaced = (): number =>
    lab.plan.nodes
      .map((node) => lab.agentLog(node.name).split('"replacing programs"').length - 1)
      .reduce((sum, count) => sum + count, 0);

  for (const [order, steps] of [
    ['the operator first', [operator, agents]],
    ['agents first', [agents, operator]],
  ] as const)
    it(`misjudges no packet, ${order}`, async () => {
      const before = replaced();
      const allowed: readonly Traffic[] = [
        await lab.openTraffic({ from: 'shop/api', ...statsd }),
        await lab.openTraffic({ from: 'shop/cart', ...statsd, family: 6 }),
        await lab.openTraffic({ from: 'shop/frontend', to: 'shop/api', protocol: 'TCP', port: 8080 }),
      ];
      const denied: readonly Traffic[] = [
        await lab.openTraffic({ from: 'data/db', to: 'world', protocol: 'UDP', port: 53 }),
        await lab.openTraffic({ from: 'world', ...statsd }),
      ];
      for (const step of steps) await step();
      await sleep(300);
      await Promise.all([...allowed, ...denied].map((traffic) => traffic.stop()));
      assert.equal(replaced() - before, lab.plan.nodes.length, 'programs were replaced on every node');
      for (const { sent, answered } of allowed) {
        assert.ok(sent.length > 1_000, `${sent.length} sent`);
        assert.equal(answered.size, sent.length);
      }
      for (const { sent, answered } of denied) {
        assert.ok(sent.length > 1_000, `${sent.length} sent`);
        assert.equal(answered.size, 0);
      }
      await matrixHolds(lab);
    });
});
