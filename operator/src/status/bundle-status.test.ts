import assert from 'node:assert/strict';
import { digestFromBytes } from '@weir/proto/digest.ts';
import { describe, it } from 'mocha';
import { type NodeStatus, unknownStatus } from '../push/node-status.ts';
import {
  type BundleFacts,
  bundleDifference,
  bundleFinding,
  bundlePatch,
  mergeBundleStatus,
  readBundleStatus,
} from './bundle-status.ts';

const now = Date.parse('2026-05-05T12:00:00Z');
const digest = digestFromBytes(Buffer.alloc(16, 7));
const running: NodeStatus = {
  ...unknownStatus,
  ...{ connected: true, revision: 12, enforced: 12, digest, enforcedDigest: digest },
  ...{ version: 'v1', capabilities: ['tcx', 'attach=tcx', 'kernel=6.18.0'], applyNs: 5 },
  counts: { endpoints: 3, tables: 2, prefixes: 9, uncovered: 0 },
};
const usual: BundleFacts = { node: running, behindSince: undefined, now, stored: undefined };

const cases: readonly (readonly [string, Partial<BundleFacts>, string])[] = [
  ['enforces its newest revision', {}, 'True Enforced: '],
  ['is behind for a moment', { behindSince: now - 999 }, 'True Enforced: '],
  ['is behind', { behindSince: now - 1_000 }, 'False Applying: applying revision 12'],
  ['fails', { node: { ...running, error: 'no memory' } }, 'False ApplyFailed: no memory'],
  [
    "can't cover pods",
    { node: { ...running, counts: { ...running.counts, uncovered: 2 } } },
    'True Enforced: 2 not covered',
  ],
  ['only observes', { node: { ...running, mode: 'observe' } }, 'True Observed: observes: nothing is dropped'],
  [
    "attaches to two pods and can't cover a third",
    { node: { ...running, counts: { ...running.counts, uncovered: 3 }, attaching: ['a', 'b'] } },
    'True Enforced: 1 not covered; attaching to 2',
  ],
  [
    "only observes, and can't cover a pod",
    { node: { ...running, mode: 'observe', counts: { ...running.counts, uncovered: 1 } } },
    'True Observed: observes: nothing is dropped; 1 not covered',
  ],
  [
    'fails with many lines',
    { node: { ...running, error: `verifier:\n\tR1 invalid\n${'x'.repeat(400)}` } },
    `False ApplyFailed: verifier: R1 invalid ${'x'.repeat(278)}…`,
  ],
  ['has no agent', { node: { ...unknownStatus, revision: 4 } }, 'Unknown NoAgent: NoAgent'],
  [
    'has lost its agent',
    { node: { ...running, connected: false } },
    'Unknown AgentGone: no agent is connected; what was enforced stays in force',
  ],
];

describe('status of a PolicyBundle', () => {
  for (const [when, facts, expected] of cases)
    it(`of a node that ${when}`, () => {
      const { ready } = bundleFinding({ ...usual, ...facts });
      assert.equal(`${ready.status} ${ready.reason}: ${ready.message}`, expected);
    });

  it('has what the columns show, and nothing of what is not known', () => {
    const { fields } = bundleFinding({ ...usual, behindSince: now - 12_345 });
    assert.deepEqual(
      { ...fields, digest: undefined, enforcedDigest: undefined },
      {
        ...{ revision: 12, enforced: 12, endpoints: 3, tables: 2, prefixes: 9, uncovered: 0 },
        ...{
          behindSince: '2026-05-05T11:59:47Z',
          mode: 'enforce',
          kernel: '6.18.0',
          attach: 'tcx',
          agent: 'v1',
        },
        ...{ digest: undefined, enforcedDigest: undefined },
      },
    );
    const none = bundleFinding({ ...usual, node: { ...unknownStatus, revision: 4 }, behindSince: 1 });
    const known = Object.entries(none.fields).filter(([, value]) => value !== undefined);
    assert.deepEqual(Object.fromEntries(known), { revision: 4 });
  });

  it('stays what is stored until an agent that comes back tells more', () => {
    const stored = mergeBundleStatus(undefined, bundleFinding(usual), now);
    const back = { ...running, applyNs: 0, counts: unknownStatus.counts };
    assert.equal(
      bundleDifference(stored, bundleFinding({ ...usual, node: back, stored: stored.fields })),
      'none',
    );
  });

  it('survives being written and read, and numbers alone are no change of state', () => {
    const found = bundleFinding(usual);
    const status = readBundleStatus(
      JSON.parse(JSON.stringify(bundlePatch(mergeBundleStatus(undefined, found, now)))),
    );
    assert.equal(bundleDifference(status, found), 'none');
    const next = bundleFinding({ ...usual, node: { ...running, revision: 13, enforced: 13 } });
    assert.equal(bundleDifference(status, next), 'text');
    const failing = bundleFinding({ ...usual, node: { ...running, error: 'x' } });
    assert.equal(bundleDifference(status, failing), 'state');
    assert.equal(bundleDifference(undefined, found), 'state');
    assert.equal(bundlePatch(mergeBundleStatus(status, found, now)).behindSince, null);
  });
});
