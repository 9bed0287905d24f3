import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { OperatorProcess } from '../cluster-source/operator-process.ts';
import { until } from '../until.ts';
import { namespace, Stage } from './stage.ts';

/** The operator's permissions but for the Secret of the authority. */
const permissions = `
apiVersion: v1
kind: ServiceAccount
metadata: { name: half-operator, namespace: ${namespace} }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: half-operator }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: weir-operator }
subjects: [{ kind: ServiceAccount, name: half-operator, namespace: ${namespace} }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: half-operator, namespace: ${namespace} }
rules:
  - { apiGroups: [coordination.k8s.io], resources: [leases], verbs: [create, get, watch, update] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: half-operator, namespace: ${namespace} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: half-operator }
subjects: [{ kind: ServiceAccount, name: half-operator, namespace: ${namespace} }]
`;

describe('a leader that gets no certificate', function () {
  this.timeout(600_000);
  let stage: Stage;

  const metric = async (operator: OperatorProcess, name: string): Promise<string | undefined> => {
    const text = await operator.page(operator.metricsPort, '/metrics');
    return new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
  };

  before(async function () {
    this.timeout(900_000);
    stage = await Stage.open();
    await stage.plane.apply(permissions);
  });
  after(() => stage?.close());

  it('says so, and makes way for an operator that has one, which serves the agents', async () => {
    const half = await stage.operatorAs('half-operator', '--leader-election');
    await half.logged('leading', 60_000);
    await half.logged('leading without being able to serve agents', 60_000);
    assert.deepEqual([await metric(half, 'weir_leading'), await metric(half, 'weir_can_serve')], ['1', '0']);
    await half.shows(half.healthPort, '/readyz', /^503 .*\[-\]trust: .*forbidden/s);
    const { metadata } = await stage.plane.get<{ metadata: { annotations: Record<string, string> } }>(
      'lease',
      'weir-operator',
      '-n',
      namespace,
    );
    assert.match(metadata.annotations['weir.dev/leader-failure'] ?? '', /^trust: .*forbidden/);

    const whole = await stage.operator('--leader-election');
    await half.logged('lease is given up', 60_000);
    await until('the other leads', async () => (await metric(whole, 'weir_leading')) === '1', 60_000);
    assert.equal(await metric(half, 'weir_leading'), '0');
    const agent = stage.agent(whole.address, 'node-1', () => stage.token('agent-1'));
    await until('served', () => agent.client.state.kind === 'live', 60_000);
    assert.equal(half.log.split('"message":"leading"').length, 2, 'it led once');
  });
});
