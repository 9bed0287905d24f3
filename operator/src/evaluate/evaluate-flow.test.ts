import assert from 'node:assert/strict';
import { evaluateFlow } from './evaluate-flow.ts';
import {
  at,
  cidr,
  clusterOf,
  entity,
  isolating,
  item,
  labelled,
  node,
  pod,
  policy,
  prefix,
} from './test-cluster.ts';

const web = pod('web', { addresses: [prefix('10.0.0.1'), prefix('fd00::1')] });
const api = pod('api', { addresses: [prefix('10.0.0.2'), prefix('fd00::2')] });
const cluster = [web, api, node('node-1', '192.168.0.1')];

function ask(from: string, to: string, ...policies: readonly ReturnType<typeof policy>[]): string {
  const state = clusterOf([...cluster, ...policies]);
  const { verdict, egress, ingress } = evaluateFlow(state, {
    from: at(from),
    to: at(to),
    protocol: 'TCP',
    port: 80,
  });
  return `${verdict}: ${egress.verdict} ${egress.reason}, ${ingress.verdict} ${ingress.reason}`;
}

describe('evaluateFlow', () => {
  it('needs both halves', () => {
    const noEgress = policy('a', labelled('app', 'web'), { egress: isolating });
    const noIngress = policy('b', labelled('app', 'api'), { ingress: isolating });
    assert.equal(ask('10.0.0.1', '10.0.0.2'), 'allow: allow not-isolated, allow not-isolated');
    assert.equal(ask('10.0.0.1', '10.0.0.2', noEgress), 'deny: deny default, allow not-isolated');
    assert.equal(ask('10.0.0.1', '10.0.0.2', noIngress), 'deny: allow not-isolated, deny default');
  });

  it('asks nobody at an end that is no pod', () => {
    assert.equal(ask('8.8.8.8', '10.0.0.1'), 'allow: allow not-governed, allow not-isolated');
    assert.equal(ask('10.0.0.1', '192.168.0.1'), 'allow: allow not-isolated, allow not-governed');
  });

  it('lets a pod reach itself by its other address', () => {
    const closed = policy('a', labelled('app', 'web'), { ingress: isolating, egress: isolating });
    assert.equal(ask('10.0.0.1', '10.0.0.1', closed), 'allow: allow self, allow self');
    assert.equal(ask('10.0.0.1', 'fd00::1', closed), 'allow: allow self, allow self');
  });

  it('takes the family of an address for the pod at the other end', () => {
    const onlySix = policy('a', labelled('app', 'api'), {
      ingress: { defaultDeny: true, allow: [item('spec.ingress[0]', [cidr('fd00::/16', 'all')])], deny: [] },
    });
    const state = clusterOf([...cluster, onlySix]);
    const from = { kind: 'pod', pod: web } as const;
    const verdictTo = (to: string) =>
      evaluateFlow(state, { from, to: at(to), protocol: 'TCP', port: 80 }).verdict;
    assert.equal(verdictTo('fd00::2'), 'allow');
    assert.equal(verdictTo('10.0.0.2'), 'deny');
    const byName = { from, to: { kind: 'pod', pod: api }, protocol: 'TCP', port: 80 } as const;
    assert.equal(evaluateFlow(state, { ...byName, family: 6 }).verdict, 'allow');
    assert.equal(evaluateFlow(state, byName).verdict, 'deny');
    assert.equal(evaluateFlow(state, { ...byName, protocol: 'ICMPv6' }).verdict, 'allow');
  });

  it("sees the source's node as host at a pod of the same node", () => {
    const hostOnly = policy('a', labelled('app', 'web'), {
      ingress: { defaultDeny: true, allow: [item('spec.ingress[0]', [entity('host')])], deny: [] },
    });
    assert.equal(ask('192.168.0.1', '10.0.0.1', hostOnly), 'allow: allow not-governed, allow rule');
  });
});
