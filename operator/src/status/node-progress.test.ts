import assert from 'node:assert/strict';
import type { Digest } from '@weir/proto/digest.ts';
import { digestFromBytes } from '@weir/proto/digest.ts';
import { describe, it } from 'mocha';
import { unknownStatus } from '../push/node-status.ts';
import { NodeProgress } from './node-progress.ts';

const digest = (text: string): Digest => digestFromBytes(Buffer.from(text.padEnd(16, '-')));

/** One node as push tells of it: what is newest, and what its agent says. */
class Told {
  readonly progress = new NodeProgress();
  #status = unknownStatus;
  #batch = 0;

  #tell(change: Partial<typeof unknownStatus>): boolean {
    this.#status = { ...this.#status, ...change };
    const { digest: newest, enforcedDigest } = this.#status;
    const isBehind = JSON.stringify(newest, asText) !== JSON.stringify(enforcedDigest, asText);
    this.#status = { ...this.#status, behindSince: isBehind ? 1 : undefined };
    return this.progress.follow(this.#status, 1);
  }

  /** A batch that makes this the newest. @returns its number */
  publish(revision: number, content: string): number {
    this.#batch += 1;
    this.#tell({ revision, digest: digest(content) });
    this.progress.published(this.#batch, revision, this.#batch * 10);
    return this.#batch;
  }

  send(revision: number): void {
    this.#tell({ sent: revision });
  }

  /** @returns whether something was confirmed */
  applied(revision: number, content: string): boolean {
    return this.#tell({ enforced: revision, enforcedDigest: digest(content) });
  }

  hello(enforced: number, content: string | undefined, revision: number): void {
    this.#tell({
      sent: 0,
      enforced,
      enforcedDigest: content === undefined ? undefined : digest(content),
      revision,
    });
  }
}

const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

describe('progress of a node', () => {
  it('confirms batches by the revisions that it reports', () => {
    const node = new Told();
    const first = node.publish(1, 'a');
    assert.equal(node.progress.confirms(first), false);
    assert.equal(node.progress.behindSince, 10);
    node.send(1);
    const second = node.publish(2, 'b');
    assert.equal(node.applied(1, 'a'), true);
    assert.deepEqual([node.progress.confirms(first), node.progress.confirms(second)], [true, false]);
    assert.equal(node.progress.behindSince, 20);
    node.send(2);
    node.applied(2, 'b');
    assert.equal(node.progress.confirms(second), true);
    assert.equal(node.progress.behindSince, undefined);
  });

  it('confirms a batch that has not changed the node', () => {
    const node = new Told();
    node.publish(1, 'a');
    node.hello(7, 'a', 7);
    assert.equal(node.progress.confirms(5), true);
  });

  it('keeps up with changes that never end', () => {
    const node = new Told();
    node.publish(1, 'x1');
    for (let revision = 1; revision < 50; revision++) {
      node.send(revision);
      const next = node.publish(revision + 1, `x${revision + 1}`);
      node.applied(revision, `x${revision}`);
      assert.equal(node.progress.confirms(next - 1), true);
      assert.equal(node.progress.confirms(next), false);
    }
  });

  it("does not take an old operator's number for one of its own", () => {
    const node = new Told();
    const first = node.publish(1, 'a');
    // The agent has another bundle, and a number that is greater: the newest is numbered anew.
    node.hello(40, 'old', 41);
    assert.equal(node.progress.confirms(first), false);
    node.send(41);
    assert.equal(node.progress.confirms(first), false);
    node.applied(41, 'a');
    assert.equal(node.progress.confirms(first), true);
  });

  it("does not take an old operator's number, where its own are greater, either", () => {
    const node = new Told();
    const first = node.publish(1, 'a');
    for (let revision = 2; revision <= 50; revision++) node.publish(revision, `x${revision}`);
    node.hello(40, 'old', 50);
    node.send(50);
    assert.equal(node.progress.confirms(first), false);
    node.applied(50, 'x50');
    assert.equal(node.progress.confirms(first), true);
  });

  it('is lost with what the agent enforced', () => {
    const node = new Told();
    const first = node.publish(1, 'a');
    node.send(1);
    node.applied(1, 'a');
    assert.equal(node.progress.confirms(first), true);
    node.hello(0, undefined, 1);
    assert.equal(node.progress.confirms(first), false);
    node.send(1);
    node.applied(1, 'a');
    assert.equal(node.progress.confirms(first), true);
  });

  it('of a node that nothing is known of confirms nothing', () => {
    assert.equal(new NodeProgress().confirms(0), false);
  });
});
