import assert from 'node:assert/strict';
import { Pipeline } from '@weir/operator/src/pipeline.ts';
import fc from 'fast-check';
import { arbitraryCluster, type RandomCluster } from './arbitrary-cluster.ts';
import { compareNode, type Packet, packets } from './compare-node.ts';
import { KernelHook } from './kernel-hook.ts';
import { nodeImages } from './node-image.ts';

const seed = Number(process.env.WEIR_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.WEIR_RUNS ?? 1000);

/** Without ports there is but one flow between two: the kernel takes later packets of it for replies. */
const asked = packets.filter(({ protocol }) => typeof protocol === 'string');

describe('evaluator and kernel', () => {
  let hook: KernelHook;
  let instances = 0;
  before(() => {
    hook = new KernelHook();
  });
  after(() => hook.close());

  async function compareCluster({ settings, objects }: RandomCluster, some: readonly Packet[]) {
    const pipeline = new Pipeline(settings);
    pipeline.apply(objects.map((object) => ({ kind: 'upsert', object })));
    const nodes = nodeImages(pipeline, () => ++instances);
    await hook.load(nodes);
    let compared = 0;
    for (const node of nodes) compared += compareNode(pipeline.state, node, some, hook);
    return compared;
  }

  it(`agree on random clusters (WEIR_SEED=${seed} WEIR_RUNS=${numRuns})`, async function () {
    this.timeout(numRuns * 400 + 60_000);
    let compared = 0;
    const property = fc.asyncProperty(
      arbitraryCluster,
      fc.shuffledSubarray([...asked], { minLength: 1, maxLength: 8 }),
      async (cluster, some) => {
        compared += await compareCluster(cluster, some);
      },
    );
    await fc.assert(property, { seed, numRuns });
    assert.ok(compared > numRuns * 20, `only ${compared} verdicts`);
  });
});
