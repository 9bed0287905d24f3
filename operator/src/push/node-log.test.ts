import assert from 'node:assert/strict';
import { addDigest, type Digest, emptyDigest } from '@weir/proto/digest.ts';
import { encodeItem, type Item, itemKind } from '@weir/proto/item.ts';
import { describe, it } from 'mocha';
import { NodeLog } from './node-log.ts';

const item = (index: number): Item =>
  encodeItem({
    kind: itemKind.prefix,
    message: {
      address: Uint8Array.of(10, 0, index >> 8, index & 255),
      length: 32,
      identity: new Uint8Array(16),
    },
  });

/** A log with so many changes of one item each, and the digest before each and at the end. */
function logOf(changes: number): { readonly log: NodeLog; readonly digests: Digest[] } {
  const log = new NodeLog(emptyDigest, 1);
  const digests = [emptyDigest];
  for (let index = 0; index < changes; index++) {
    const digest = addDigest(digests.at(-1) ?? emptyDigest, item(index).digest);
    log.append({ node: 'n', upserts: [item(index)], removes: [], digest });
    digests.push(digest);
  }
  return { log, digests };
}

const foreign: Digest = [1, 2, 3, 4];

describe('log of a node', () => {
  it('gives each change of the digest a revision', () => {
    const { log, digests } = logOf(3);
    assert.equal(log.revision, 4);
    log.append({ node: 'n', upserts: [], removes: [], digest: digests[3] ?? emptyDigest });
    assert.equal(log.revision, 4);
  });

  it('tells the difference from a bundle that it remembers', () => {
    const { log, digests } = logOf(5);
    assert.deepEqual(
      log.since(digests[2] ?? foreign)?.upserts.map(({ id }) => id),
      [2, 3, 4].map((index) => item(index).id),
    );
    assert.equal(log.since(foreign), undefined);
  });

  it('forgets what is long ago', () => {
    const { log, digests } = logOf(200);
    assert.equal(log.since(digests[0] ?? foreign), undefined);
    assert.equal(log.since(digests[72] ?? foreign)?.upserts.length, 128);
  });

  it('goes on from the number of an agent that has another bundle', () => {
    const { log } = logOf(1);
    log.adopt(1040, foreign);
    assert.equal(log.revision, 1041);
    log.append({ node: 'n', upserts: [item(9)], removes: [], digest: foreign });
    assert.equal(log.revision, 1042);
  });

  it('takes over the number under which an agent has the newest bundle', () => {
    const { log, digests } = logOf(4);
    log.adopt(1040, digests[4]);
    assert.equal(log.revision, 1040);
    log.adopt(3, digests[4]);
    assert.equal(log.revision, 3);
    log.append({ node: 'n', upserts: [item(9)], removes: [], digest: foreign });
    assert.equal(log.revision, 1041, 'no number twice');
  });

  it('remembers nothing across a change that it did not see', () => {
    const { log, digests } = logOf(2);
    log.restart(foreign);
    assert.equal(log.revision, 4);
    assert.equal(log.since(digests[1] ?? foreign), undefined);
  });
});
