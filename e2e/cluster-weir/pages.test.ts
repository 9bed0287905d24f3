import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'mocha';
import type { ClusterLab } from '../cluster/cluster-lab.ts';
import { type Block, blocksOf, readPage } from '../docs/page.ts';
import { until } from '../until.ts';
import { clusterWithImages } from './cluster-with-images.ts';
import { Shell } from './shell.ts';

/** In the order in which somebody reads them. */
const pages = ['install', 'first-policy', 'refused', 'uninstall'] as const;

/** What a block says comes true by then: some of it takes the operator a moment. */
const soonMs = 180_000;

interface Step {
  readonly block: Block;
  readonly fails: boolean;
  /** Each line has to be in what the commands say. */
  readonly says: readonly string[];
}

function stepsOf(page: string): readonly Step[] {
  const blocks = blocksOf(page);
  return blocks.flatMap((block, at) => {
    const [shell, walk, fails] = block.kind.split(' ');
    if (shell !== 'sh' || walk !== 'walk') return [];
    const next = blocks[at + 1];
    const says = next?.kind === 'text' ? next.text.trim().split('\n') : [];
    return [{ block, fails: fails === 'fails', says }];
  });
}

/** Variables that former blocks of a page have set. */
const variables = (steps: readonly Step[]): string =>
  steps.flatMap(({ block }) => block.text.match(/^\w+=.*$/gm) ?? []).join('\n');

describe('the commands of the pages', function () {
  this.timeout(1_200_000);
  let cluster: ClusterLab;
  let shell: Shell;

  before(async function () {
    this.timeout(3_600_000);
    cluster = await clusterWithImages({ wiring: 'mixed' });
    shell = new Shell(cluster);
  });
  after(async () => {
    shell?.close();
    await cluster?.down();
  });

  async function take({ block, fails, says }: Step, prelude: string): Promise<void> {
    let said = '';
    const went = async (): Promise<boolean> => {
      const { code, stdout } = await shell.run(`${prelude}\n${block.text}`);
      said = `${block.text}\n${stdout} (${code})`;
      return (code !== 0) === fails && says.every((line) => stdout.includes(line));
    };
    await until(() => `line ${block.line}: ${said}`, went, soonMs);
  }

  for (const page of pages)
    it(`do what docs/${page}.md says`, async () => {
      const steps = stepsOf(readPage(`docs/${page}.md`));
      assert.ok(steps.length > 0);
      for (const [at, step] of steps.entries()) await take(step, variables(steps.slice(0, at)));
    });

  it('leave nothing on the nodes in the end', () => {
    for (const { name } of cluster.plan.nodes) assert.deepEqual(readdirSync(cluster.pins(name)), [], name);
  });
});
