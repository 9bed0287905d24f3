import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { field } from '../source/kube/object-meta.ts';
import { type Condition, differenceOf, mergeConditions, readConditions, wholeSeconds } from './condition.ts';

const types = ['A', 'B'];
const theirs = { type: 'Theirs', status: 'False', more: 'of it' };
const stored: readonly Condition[] = [
  {
    type: 'A',
    status: 'True',
    reason: 'R',
    message: 'm',
    observedGeneration: 2,
    lastTransitionTime: '2026-01-01T00:00:00Z',
    original: undefined,
  },
  {
    type: 'Theirs',
    status: 'False',
    reason: '',
    message: '',
    observedGeneration: undefined,
    lastTransitionTime: '',
    original: theirs,
  },
];
const finding = { type: 'A', status: 'True', reason: 'R', message: 'm' } as const;

describe('conditions', () => {
  it('differ in what somebody may wait for, in a text, or not at all', () => {
    const difference = (...findings: Parameters<typeof differenceOf>[1]) =>
      differenceOf(stored, findings, types, 2);
    assert.equal(difference(finding), 'none');
    assert.equal(difference({ ...finding, message: 'other' }), 'text');
    assert.equal(difference({ ...finding, status: 'False' }), 'state');
    assert.equal(difference({ ...finding, reason: 'Other' }), 'state');
    assert.equal(difference(), 'state');
    assert.equal(difference(finding, { ...finding, type: 'B' }), 'state');
    assert.equal(differenceOf(stored, [finding], types, 3), 'state');
    // A CRD of others keeps no generation.
    const pruned = stored.map((one) => ({ ...one, observedGeneration: undefined }));
    assert.equal(differenceOf(pruned, [finding], types, 3), 'none');
  });

  it('keep what others wrote, and since when a status is what it is', () => {
    const now = '2026-02-02T00:00:00Z';
    const merged = mergeConditions(stored, [{ ...finding, reason: 'New' }], types, 3, now);
    assert.deepEqual(
      readConditions({ conditions: merged }).map(
        ({ type, reason, observedGeneration, lastTransitionTime }) => [
          type,
          reason,
          observedGeneration,
          lastTransitionTime,
        ],
      ),
      [
        ['Theirs', '', undefined, ''],
        ['A', 'New', 3, '2026-01-01T00:00:00Z'],
      ],
    );
    const [, turned] = mergeConditions(stored, [{ ...finding, status: 'False' }], types, 3, now);
    assert.equal(field(turned, 'lastTransitionTime'), now);
    assert.deepEqual(mergeConditions(stored, [], types, 3, now), [theirs]);
  });

  it('are read from anything', () => {
    for (const status of [undefined, null, 7, 'x', [], {}, { conditions: 7 }, { conditions: [7, null, {}] }])
      assert.deepEqual(readConditions(status), []);
    assert.deepEqual(readConditions({ conditions: [{ type: 'A', status: 'Maybe' }] }), []);
    assert.equal(readConditions({ conditions: stored }).length, 2);
  });

  it('have times of whole seconds', () => {
    assert.equal(wholeSeconds(1_700_000_000_999), '2023-11-14T22:13:20Z');
  });
});
