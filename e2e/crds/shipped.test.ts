import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { AgentBench } from '../bench/agent-bench.ts';
import { AgentTraffic } from '../bench/agent-traffic.ts';
import { removeLeftovers } from '../bench/leftovers.ts';
import { mustRun, runCommand } from '../lab/command.ts';
import { repository } from './judge.ts';

const shipped = (name: string): string => join(repository, 'build/js', `${name}.mjs`);
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string };

for (const name of ['weir-operator', 'weir-agent'])
  describe(`${name} as it is shipped`, () => {
    it('starts by its name', async () => {
      assert.equal((await mustRun([shipped(name), '--version'])).trim(), version);
    });

    it('refuses what it does not know', async () => {
      const { code, stderr } = await runCommand([shipped(name), 'unknown']);
      assert.notEqual(code, 0);
      assert.match(stderr, /unknown/);
    });

    it('comes with the licences of what is in it', () => {
      const text = readFileSync(join(repository, 'build/js', `${name}.licenses.txt`), 'utf8');
      for (const owner of ['@grpc/grpc-js', 'winston', 'protobufjs', 'commander'])
        assert.match(text, new RegExp(`^${owner} \\d`, 'm'));
    });
  });

describe('weir-operator as it is shipped', () => {
  it('reads manifests and says what they mean', async () => {
    const policies = join(repository, 'config/samples/shop');
    assert.match(await mustRun([shipped('weir-operator'), 'check', policies]), /accepted/);
  });
});

describe('weir-agent as it is shipped', function () {
  this.timeout(600_000);
  const bench = new AgentBench({ pods: 3, prefixes: 1_000 });
  const agent = [shipped('weir-agent')];

  before(async () => {
    removeLeftovers();
    await bench.up();
  });
  after(() => bench.down());

  it('loads the programs, attaches them and enforces, also while it starts again', async () => {
    await bench.startAgent(agent);
    const traffic = new AgentTraffic(bench.node);
    try {
      traffic.start();
      for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
        await bench.endAgent(signal);
        await bench.startAgent(agent);
      }
      await bench.change(0);
      await sleep(200);
      const { sent, misjudged } = await traffic.stop();
      assert.ok(sent > 200, `only ${sent} datagrams were sent`);
      assert.equal(misjudged, 0);
    } finally {
      traffic.close();
    }
  });
});
