import assert from 'node:assert/strict';
import { type NodeStatus, unknownStatus } from '@weir/operator/src/push/node-status.ts';
import {
  type BundleFacts,
  bundleFinding,
  bundlePatch,
  mergeBundleStatus,
} from '@weir/operator/src/status/bundle-status.ts';
import { mergeConditions } from '@weir/operator/src/status/condition.ts';
import {
  type PolicyFacts,
  policyConditionTypes,
  policyFindings,
} from '@weir/operator/src/status/policy-findings.ts';
import { before, describe, it } from 'mocha';
import { runCommand } from '../lab/command.ts';
import { readManifests } from './judge.ts';
import { userProgram } from './programs.ts';

interface Health {
  readonly status: string;
  readonly message: string;
}

interface Case {
  readonly when: string;
  readonly object: object;
  readonly health: string;
}

const generation = 7;
const now = '2026-05-05T12:00:00Z';
const prefix = 'resource.customizations.health.';
const policyKinds = [
  'cilium.io_CiliumNetworkPolicy',
  'cilium.io_CiliumClusterwideNetworkPolicy',
  'policy.networking.k8s.io_ClusterNetworkPolicy',
];

/** A policy with the conditions that the operator writes. @param about the generation that they are about */
function policy(facts: Partial<PolicyFacts>, about: number | undefined = generation): object {
  const usual: PolicyFacts = { refused: [], withheld: [], accepted: true, nodes: [], wasEnforced: false };
  const findings = policyFindings({ ...usual, ...facts });
  const conditions = mergeConditions([], findings, policyConditionTypes, about ?? 0, now);
  // A CRD of Cilium drops what it does not know.
  const stored =
    about === undefined
      ? conditions.map((one) => ({ ...(one as object), observedGeneration: undefined }))
      : conditions;
  return JSON.parse(JSON.stringify({ metadata: { generation }, status: { conditions: stored } })) as object;
}

function bundle(facts: Partial<BundleFacts>): object {
  const finding = bundleFinding({
    node: running,
    behindSince: undefined,
    now: Date.parse(now),
    stored: undefined,
    ...facts,
  });
  const status = bundlePatch(mergeBundleStatus(undefined, finding, Date.parse(now)));
  return JSON.parse(JSON.stringify({ metadata: { generation: 1 }, status })) as object;
}

const running: NodeStatus = {
  ...unknownStatus,
  connected: true,
  revision: 12,
  enforced: 12,
  version: '0.1.0',
  applyNs: 5,
};
const enforced = { node: 'a', kind: 'enforced' } as const;
const applying = { node: 'b', kind: 'applying' } as const;
const problem = { path: 'spec.egress[0].toFQDNs', message: 'is not supported' };

const policies: readonly Case[] = [
  {
    when: 'is new',
    object: { metadata: { generation } },
    health: 'Progressing: the operator has not seen it yet',
  },
  { when: 'is enforced', object: policy({ nodes: [enforced] }), health: 'Healthy: 1/1 nodes' },
  { when: 'selects nothing', object: policy({}), health: 'Healthy: no pod is selected' },
  {
    when: 'is about to be enforced',
    object: policy({ nodes: [enforced, applying] }),
    health: 'Progressing: 1/2 nodes',
  },
  {
    when: 'is refused',
    object: policy({ refused: [problem] }),
    health: 'Degraded: spec.egress[0].toFQDNs: is not supported',
  },
  {
    when: 'lags on a node',
    object: policy({ nodes: [enforced, { node: 'b', kind: 'lagging', reason: 'no memory' }] }),
    health: 'Degraded: 1/2 nodes; behind: b (no memory)',
  },
  {
    when: 'selects pods that can not be covered',
    object: policy({ nodes: [{ node: 'a', kind: 'uncovered', pods: 2 }] }),
    health: "Degraded: 1/1 nodes; with pods that can't be covered: a (2)",
  },
  {
    when: 'was enforced before it was changed',
    object: policy({ nodes: [enforced] }, generation - 1),
    health: 'Progressing: the operator has not seen it yet',
  },
  {
    when: "is enforced, by CRDs of Cilium, which drop the conditions' generation",
    object: policy({ nodes: [enforced] }, undefined),
    health: 'Healthy: 1/1 nodes',
  },
];

const bundles: readonly Case[] = [
  { when: 'is new', object: { metadata: {} }, health: 'Progressing: the operator has not written it yet' },
  { when: 'enforces its newest', object: bundle({}), health: 'Healthy: ' },
  { when: 'is behind', object: bundle({ behindSince: 0 }), health: 'Progressing: applying revision 12' },
  {
    when: 'fails',
    object: bundle({ node: { ...running, error: 'no memory' } }),
    health: 'Degraded: no memory',
  },
  { when: 'never had an agent', object: bundle({ node: unknownStatus }), health: 'Progressing: NoAgent' },
];

describe('health checks of Argo CD', function () {
  this.timeout(600_000);
  let lua: string;
  const [manifest] = readManifests('config/argocd/argocd-cm.yaml');
  const scripts = (manifest as unknown as { readonly data: Readonly<Record<string, string>> }).data;

  before(async () => {
    lua = await userProgram('lua');
  });

  const healths = async (kind: string, objects: readonly object[]): Promise<readonly string[]> => {
    const asked = JSON.stringify({ script: scripts[`${prefix}${kind}`], objects });
    const { code, stdout, stderr } = await runCommand([lua], asked);
    assert.equal(code, 0, stderr);
    return (JSON.parse(stdout) as readonly Health[]).map(({ status, message }) => `${status}: ${message}`);
  };

  it('are there for the kinds that have a status', () => {
    assert.deepEqual(
      Object.keys(scripts).sort(),
      [...policyKinds, 'weir.dev_PolicyBundle'].map((kind) => prefix + kind).sort(),
    );
  });

  for (const kind of policyKinds)
    it(`know how a ${kind.split('_')[1]} does`, async () => {
      const found = await healths(
        kind,
        policies.map(({ object }) => object),
      );
      assert.deepEqual(
        policies.map(({ when }, at) => `${when}: ${found[at]}`),
        policies.map(({ when, health }) => `${when}: ${health}`),
      );
    });

  it('know how a node does', async () => {
    const found = await healths(
      'weir.dev_PolicyBundle',
      bundles.map(({ object }) => object),
    );
    assert.deepEqual(
      bundles.map(({ when }, at) => `${when}: ${found[at]}`),
      bundles.map(({ when, health }) => `${when}: ${health}`),
    );
  });
});
