import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { AgentBench } from '../bench/agent-bench.ts';
import { AgentTraffic } from '../bench/agent-traffic.ts';
import { removeLeftovers } from '../bench/leftovers.ts';
import { mustRun } from '../lab/command.ts';
import { repository } from '../lab/process.ts';

const images = join(repository, 'build/images');
const names = ['weir-operator', 'weir-agent'] as const;

interface ImageConfig {
  readonly User?: string;
  readonly Entrypoint: readonly string[];
  readonly Cmd: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
}

const root = (name: string): string => realpathSync(join(images, name));

function config(name: string): ImageConfig {
  const { OCIv1 } = JSON.parse(readFileSync(join(images, `${name}.json`), 'utf8')) as {
    OCIv1: { config: ImageConfig };
  };
  return OCIv1.config;
}

/** Run by scripts/images, which has built them. */
describe('the images', () => {
  for (const name of names) {
    it(`${name} starts by its name`, async () => {
      assert.deepEqual(config(name).Entrypoint, [name]);
      assert.match(await mustRun(['chroot', root(name), name, '--version']), /^\d+\.\d+\.\d+\n$/);
    });

    it(`${name} says what it is`, () => {
      const { Labels } = config(name);
      assert.equal(Labels['org.opencontainers.image.title'], name);
      assert.match(Labels['org.opencontainers.image.licenses'] ?? '', /^Apache-2\.0/);
    });

    it(`${name} has the program and what belongs to it, and no tools`, () => {
      const files = readdirSync(join(root(name), 'weir'));
      for (const file of [`${name}.mjs`, `${name}.mjs.map`, `${name}.licenses.txt`, 'LICENSE'])
        assert.ok(files.includes(file), file);
      for (const tool of ['usr/local/bin/npm', 'usr/local/lib/node_modules', 'usr/bin/clang-14'])
        assert.equal(existsSync(join(root(name), tool)), false, tool);
    });
  }

  it('the operator is not root, and what it starts is not its own', () => {
    assert.equal(config('weir-operator').User, '65532:65532');
    assert.equal(statSync(join(root('weir-operator'), 'weir/weir-operator.mjs')).uid, 0);
  });

  it('the operator reads manifests as that user', async () => {
    const folder = join(root('weir-operator'), 'tmp/shop');
    cpSync(join(repository, 'config/samples/shop'), folder, { recursive: true });
    const command = ['--userspec=65532:65532', root('weir-operator'), 'weir-operator', 'check', '/tmp/shop'];
    assert.match(await mustRun(['chroot', ...command]), /accepted/);
  });
});

describe('the agent in its image', () => {
  const bench = new AgentBench({ pods: 3, prefixes: 1_000 });

  before(async () => {
    removeLeftovers();
    await bench.up();
  });
  after(() => bench.down());

  it('enforces and starts again with the root file system read-only, and the capabilities of config/base', async () => {
    const agent = [join(repository, 'scripts/run-image'), root('weir-agent'), bench.folder];
    await bench.startAgent(agent);
    const traffic = new AgentTraffic(bench.node);
    try {
      traffic.start();
      await bench.endAgent('SIGTERM');
      await bench.startAgent(agent);
      await sleep(500);
      const { sent, misjudged } = await traffic.stop();
      assert.ok(sent > 200, `only ${sent} datagrams were sent`);
      assert.equal(misjudged, 0);
    } finally {
      traffic.close();
    }
  });
});
