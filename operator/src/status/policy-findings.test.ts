import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type NodeStanding, type PolicyFacts, policyFindings, toldEnforced } from './policy-findings.ts';

const enforced = (node: string): NodeStanding => ({ node, kind: 'enforced' });
const applying = (node: string): NodeStanding => ({ node, kind: 'applying' });
const lagging = (node: string, reason = ''): NodeStanding => ({ node, kind: 'lagging', reason });
const apart = (node: string, reason: string): NodeStanding => ({ node, kind: 'apart', reason });
const uncovered = (node: string, pods: number): NodeStanding => ({ node, kind: 'uncovered', pods });
const attaching = (node: string, pods: number): NodeStanding => ({ node, kind: 'attaching', pods });
const problem = (path: string, message: string) => ({ path, message });
const usual: PolicyFacts = { refused: [], withheld: [], accepted: true, nodes: [], wasEnforced: false };
const many = Array.from({ length: 8 }, (_, index) => `n${index}`);

interface Case {
  readonly when: string;
  readonly facts: Partial<PolicyFacts>;
  /** All conditions but Valid, which the first line is about: "type status reason: message". */
  readonly says: readonly string[];
}

const valid = 'Valid True Accepted: Policy validation succeeded';
const cases: readonly Case[] = [
  { when: 'nothing is selected', facts: {}, says: [valid, 'Enforced True NoEndpoints: no pod is selected'] },
  {
    when: 'all nodes have it',
    facts: { nodes: [enforced('a'), enforced('b')] },
    says: [valid, 'Enforced True Enforced: 2/2 nodes'],
  },
  {
    when: 'a node is about to have it',
    facts: { nodes: [enforced('a'), applying('b')] },
    says: [valid, 'Enforced False Applying: 1/2 nodes', 'Reconciling True Applying: 1/2 nodes'],
  },
  {
    when: 'a node comes to a version that was enforced',
    facts: { nodes: [enforced('a'), applying('b')], wasEnforced: true },
    says: [valid, 'Enforced True Enforced: 2/2 nodes'],
  },
  {
    when: 'a node lags, though it was enforced',
    facts: { nodes: [enforced('a'), lagging('b', 'no memory')], wasEnforced: true },
    says: [
      valid,
      'Enforced False NodesLagging: 1/2 nodes; behind: b (no memory)',
      'Stalled True NodesLagging: 1/2 nodes; behind: b (no memory)',
    ],
  },
  {
    when: 'many nodes lag',
    facts: { nodes: many.map((node) => lagging(node)) },
    says: [
      valid,
      'Enforced False NodesLagging: 0/8 nodes; behind: n0, n1, n2, n3, n4 and 3 more',
      'Stalled True NodesLagging: 0/8 nodes; behind: n0, n1, n2, n3, n4 and 3 more',
    ],
  },
  {
    when: 'a node is not counted',
    facts: { nodes: [enforced('a'), apart('b', 'NotReady')] },
    says: [valid, 'Enforced True NodesApart: 1/1 nodes; not counted: b (NotReady)'],
  },
  {
    when: 'no node is counted',
    facts: { nodes: [apart('a', 'NoAgent'), apart('b', 'observe')] },
    says: [
      valid,
      'Enforced False NodesApart: 0/0 nodes; not counted: a (NoAgent), b (observe)',
      'Stalled True NodesApart: 0/0 nodes; not counted: a (NoAgent), b (observe)',
    ],
  },
  {
    when: "a pod can't be covered, though it was enforced",
    facts: { nodes: [enforced('a'), uncovered('b', 3)], wasEnforced: true },
    says: [
      valid,
      "Enforced False PodsUncovered: 2/2 nodes; with pods that can't be covered: b (3)",
      "Stalled True PodsUncovered: 2/2 nodes; with pods that can't be covered: b (3)",
    ],
  },
  {
    when: 'an agent is about to attach to pods, though it was enforced',
    facts: { nodes: [enforced('a'), attaching('b', 3)], wasEnforced: true },
    says: [
      valid,
      'Enforced False PodsAttaching: 2/2 nodes; attaching to pods: b (3)',
      'Reconciling True PodsAttaching: 2/2 nodes; attaching to pods: b (3)',
    ],
  },
  {
    when: "an agent is about to attach to pods, and another can't cover one",
    facts: { nodes: [uncovered('a', 1), attaching('b', 3)] },
    says: [
      valid,
      "Enforced False PodsUncovered: 2/2 nodes; with pods that can't be covered: a (1)",
      "Stalled True PodsUncovered: 2/2 nodes; with pods that can't be covered: a (1)",
    ],
  },
  {
    when: 'it is refused over an accepted version',
    facts: { refused: [problem('spec.x', 'is unknown')], nodes: [enforced('a')] },
    says: [
      'Valid False Refused: spec.x: is unknown',
      'Enforced False Refused: the last accepted version stays in force',
      'Stalled True Refused: spec.x: is unknown',
    ],
  },
  {
    when: 'its first version is refused, for many reasons',
    facts: { refused: many.map((name) => problem(`spec.${name}`, 'no')), accepted: false },
    says: [
      'Valid False Refused: spec.n0: no; spec.n1: no; spec.n2: no; spec.n3: no; spec.n4: no; and 3 more',
      'Enforced False Refused: no version was accepted so far: the pods that it selects are isolated in the directions that it names',
      'Stalled True Refused: spec.n0: no; spec.n1: no; spec.n2: no; spec.n3: no; spec.n4: no; and 3 more',
    ],
  },
];

describe('conditions of a policy', () => {
  for (const { when, facts, says } of cases)
    it(`when ${when}`, () => {
      const findings = policyFindings({ ...usual, ...facts });
      const texts = findings.map(
        ({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`,
      );
      assert.deepEqual(texts, says);
    });

  it('have a bounded length', () => {
    const [valid] = policyFindings({ ...usual, refused: [problem('spec', 'x'.repeat(100_000))] });
    assert.equal(valid?.message.length, 1000);
  });

  it('tell of the version that they are about', () => {
    const condition = {
      ...({ type: 'Enforced', status: 'True', reason: 'Enforced', message: '' } as const),
      ...{ observedGeneration: 3, lastTransitionTime: '', original: undefined },
    };
    assert.equal(toldEnforced([condition], 3), true);
    assert.equal(toldEnforced([condition], 4), false);
    assert.equal(toldEnforced([{ ...condition, observedGeneration: undefined }], 3), false);
    assert.equal(toldEnforced([{ ...condition, status: 'False' }], 3), false);
    assert.equal(toldEnforced([], 3), false);
  });
});
