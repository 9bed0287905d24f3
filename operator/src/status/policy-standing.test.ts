import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { unknownStatus } from '../push/node-status.ts';
import { type StandingFacts, standingOf } from './policy-standing.ts';

const now = 1_000_000;
const connected = { ...unknownStatus, connected: true, version: 'v1' };
const usual: StandingFacts = {
  node: 'n',
  observed: false,
  ready: true,
  status: connected,
  hadAgent: true,
  confirmed: false,
  uncovered: 0,
  attaching: 0,
  waitingSince: now - 29_999,
  now,
};
const long = { waitingSince: now - 30_000 };

const cases: readonly (readonly [string, Partial<StandingFacts>, string])[] = [
  ['has confirmed', { confirmed: true }, 'enforced'],
  [
    'has confirmed, and its agent is gone',
    { confirmed: true, status: unknownStatus, ready: false },
    'enforced',
  ],
  ["has confirmed, and can't cover a pod", { confirmed: true, uncovered: 2 }, 'uncovered 2'],
  [
    "has confirmed, attaches to two pods and can't cover a third",
    { confirmed: true, uncovered: 3, attaching: 2 },
    'uncovered 1',
  ],
  ['has confirmed, and attaches to pods', { confirmed: true, uncovered: 2, attaching: 2 }, 'attaching 2'],
  ['drops nothing', { confirmed: true, observed: true }, 'apart observe'],
  ['is awaited', {}, 'applying'],
  ['is awaited, and not ready', { ready: false, hadAgent: false }, 'applying'],
  ['is late', long, 'lagging '],
  ['is late and fails', { ...long, status: { ...connected, error: 'no memory' } }, 'lagging no memory'],
  ['is late, and its agent is gone', { ...long, status: unknownStatus }, 'lagging no agent is connected'],
  ['is late and not ready', { ...long, ready: false }, 'apart NotReady'],
  ['is late and never had an agent', { ...long, hadAgent: false, status: unknownStatus }, 'apart NoAgent'],
  ['is late, and there is no Node of that name', { ...long, ready: undefined }, 'apart no such Node'],
];

describe('standing of a node with a policy', () => {
  for (const [when, facts, expected] of cases)
    it(`that ${when}`, () => {
      const { node, kind, ...more } = standingOf({ ...usual, ...facts });
      assert.equal([kind, ...Object.values(more)].join(' '), expected);
      assert.equal(node, 'n');
    });
});
