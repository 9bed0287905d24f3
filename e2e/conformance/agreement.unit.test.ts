import assert from 'node:assert/strict';
import { Pipeline } from '@weir/operator/src/pipeline.ts';
import fc from 'fast-check';
import { arbitraryCluster, type RandomCluster } from './arbitrary-cluster.ts';
import { compareNode, type Packet, packets } from './compare-node.ts';
import { ImageHook } from './image-hook.ts';
import { nodeImages } from './node-image.ts';

const seed = Number(process.env.WEIR_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.WEIR_RUNS ?? 2000);

const hook = new ImageHook();

/** How many verdicts of the cluster were compared. Throws an AssertionError at the first that differs. */
function compareCluster({ settings, objects }: RandomCluster, asked: readonly Packet[]): number {
  const pipeline = new Pipeline(settings);
  pipeline.apply(objects.map((object) => ({ kind: 'upsert', object })));
  const counts = nodeImages(pipeline, () => 1).map((node) => compareNode(pipeline.state, node, asked, hook));
  return counts.reduce((sum, count) => sum + count, 0);
}

describe('evaluator and image', () => {
  it(`agree on random clusters (WEIR_SEED=${seed} WEIR_RUNS=${numRuns})`, function () {
    this.timeout(numRuns * 400 + 60_000);
    let compared = 0;
    const property = fc.property(
      arbitraryCluster,
      fc.shuffledSubarray([...packets], { minLength: 1, maxLength: 8 }),
      (cluster, asked) => {
        compared += compareCluster(cluster, asked);
      },
    );
    fc.assert(property, { seed, numRuns });
    assert.ok(compared > numRuns * 20, `only ${compared} verdicts`);
  });
});
