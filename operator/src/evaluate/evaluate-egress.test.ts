import assert from 'node:assert/strict';
import type { ClusterObject } from '../model/event.ts';
import type { Ports } from '../model/policy.ts';
import type { ServicePort } from '../model/service.ts';
import { evaluateEgress } from './evaluate-egress.ts';
import { evaluateFlow } from './evaluate-flow.ts';
import {
  at,
  backend,
  cidr,
  clusterOf,
  endpoints,
  entity,
  isolating,
  item,
  labelled,
  node,
  pod,
  policy,
  prefix,
  service,
  slice,
  tcp,
  terminating,
} from './test-cluster.ts';

const client = pod('client', { addresses: [prefix('10.0.0.1'), prefix('fd00::1')] });
const db = pod('db', { addresses: [prefix('10.0.0.2'), prefix('fd00::2')] });
const other = pod('other', { node: 'node-2', addresses: [prefix('10.0.0.3')] });
const port: ServicePort = { name: 'sql', protocol: 'TCP', port: 1, targetPort: 5432, nodePort: 30001 };
const store = service('db', { addresses: [prefix('172.20.0.1'), prefix('fd10::1')], ports: [port] });
const sql = [{ name: 'sql', protocol: 'TCP', port: 5432 }] as const;
const cluster = [client, db, other, node('node-1', '192.168.0.1'), node('node-2', '192.168.0.2'), store];
const one = slice('db', sql, '10.0.0.2');
const mixed = slice('db', sql, '10.0.0.2', '10.0.0.3');

const allowing = (app: string, ports: Ports = tcp(5432)) =>
  policy('p', labelled('app', 'client'), {
    egress: {
      defaultDeny: true,
      allow: [item('spec.egress[0]', [endpoints(labelled('app', app))], ports)],
      deny: [],
    },
  });

function ask(objects: readonly ClusterObject[], to: string, port: number): string {
  const state = clusterOf([...cluster, ...objects]);
  const query = { subject: client, peer: at(to), protocol: 'TCP', port } as const;
  const { verdict, reason } = evaluateEgress(state, query);
  return `${verdict} ${reason}`;
}

describe('evaluateEgress', () => {
  it("judges a service's port by its backends at their port", () => {
    assert.equal(ask([one, allowing('db')], '172.20.0.1', 1), 'allow rule');
    assert.equal(ask([one, allowing('db', tcp(1))], '172.20.0.1', 1), 'deny default');
    assert.equal(ask([one, allowing('other')], '172.20.0.1', 1), 'deny default');
  });

  it('wants every backend allowed', () => {
    assert.equal(ask([mixed, allowing('db')], '172.20.0.1', 1), 'deny default');
    assert.equal(ask([mixed, allowing('other')], '172.20.0.1', 1), 'deny default');
  });

  it('takes ready backends of the packet’s family, and denies where there are none', () => {
    const tired = backend('10.0.0.3', { ready: false, serving: false });
    assert.equal(ask([slice('db', sql, '10.0.0.2', tired), allowing('db')], '172.20.0.1', 1), 'allow rule');
    assert.equal(ask([slice('db', sql, tired), allowing('db')], '172.20.0.1', 1), 'deny no-backends');
    assert.equal(ask([one, allowing('db')], 'fd10::1', 1), 'deny no-backends');
    assert.equal(ask([slice('db', sql, 'fd00::2', '10.0.0.3'), allowing('db')], 'fd10::1', 1), 'allow rule');
    assert.equal(
      ask([slice('db', [{ ...sql[0], name: 'x' }], '10.0.0.2'), allowing('db')], '172.20.0.1', 1),
      'deny no-backends',
    );
  });

  it('falls back to terminating backends that serve while none is ready', () => {
    const [good, bad] = [backend('10.0.0.2', terminating), backend('10.0.0.3', terminating)];
    const asked = (...backends: Parameters<typeof slice>[2][]): string =>
      ask([slice('db', sql, ...backends), allowing('db')], '172.20.0.1', 1);
    assert.equal(asked(good), 'allow rule');
    assert.equal(asked(good, bad), 'deny default');
    assert.equal(asked('10.0.0.2', bad), 'allow rule');
    assert.equal(asked(backend('10.0.0.2', { ...terminating, serving: false })), 'deny no-backends');
  });

  it('judges other ports of the address as the address itself', () => {
    const world = policy('w', labelled('app', 'client'), {
      egress: { defaultDeny: true, allow: [item('spec.egress[0]', [entity('world')])], deny: [] },
    });
    assert.equal(ask([one, world], '172.20.0.1', 2), 'allow rule');
    assert.equal(ask([one, world], '172.20.0.1', 1), 'deny default');
    assert.equal(ask([one, allowing('db')], '172.20.0.1', 2), 'deny default');
  });

  it('knows node ports at every node’s address', () => {
    assert.equal(ask([one, allowing('db')], '192.168.0.1', 30001), 'allow rule');
    assert.equal(ask([one, allowing('db')], '192.168.0.2', 30001), 'allow rule');
    assert.equal(ask([one, allowing('db')], '192.168.0.2', 30002), 'deny default');
    assert.equal(ask([one, allowing('db')], '172.20.0.1', 30001), 'deny default');
  });

  it('lets a pod reach itself through its service', () => {
    const closed = policy('p', labelled('app', 'client'), { egress: isolating });
    assert.equal(ask([slice('db', sql, '10.0.0.1'), closed], '172.20.0.1', 1), 'allow self');
    assert.equal(ask([slice('db', sql, '10.0.0.1', '10.0.0.2'), closed], '172.20.0.1', 1), 'deny default');
  });

  it("counts only backends on the client's node where the service says Local", () => {
    const near = backend('10.0.0.2', { node: 'node-1' });
    const far = backend('10.0.0.3', { node: 'node-2' });
    const local = { ...store, internalTrafficLocal: true };
    assert.equal(ask([local, slice('db', sql, near, far), allowing('db')], '172.20.0.1', 1), 'allow rule');
    assert.equal(ask([local, slice('db', sql, far), allowing('other')], '172.20.0.1', 1), 'deny no-backends');
  });

  it('aims at the service’s target port where a slice serves every port', () => {
    const every = slice('db', [{ ...sql[0], port: 0 }], '10.0.0.2');
    assert.equal(ask([every, allowing('db', tcp(5432))], '172.20.0.1', 1), 'allow rule');
    assert.equal(ask([every, allowing('db', tcp(1))], '172.20.0.1', 1), 'deny default');
  });

  it('sends everything from a pod whose egress no policy is about', () => {
    assert.equal(ask([], '172.20.0.1', 1), 'allow not-isolated');
    assert.equal(
      ask([policy('p', labelled('app', 'client'), { ingress: isolating })], '172.20.0.1', 1),
      'allow not-isolated',
    );
    const visibility = policy('p', labelled('app', 'client'), {
      egress: { defaultDeny: false, allow: [item('spec.egress[0]', [])], deny: [] },
    });
    assert.equal(ask([visibility], '172.20.0.1', 1), 'deny no-backends');
  });

  it('finds backends outside the cluster too', () => {
    const outside = policy('p', labelled('app', 'client'), {
      egress: {
        defaultDeny: true,
        allow: [item('spec.egress[0]', [cidr('8.0.0.0/8', 'external')])],
        deny: [],
      },
    });
    assert.equal(ask([slice('db', sql, '8.8.8.8'), outside], '172.20.0.1', 1), 'allow rule');
  });
});

describe('evaluateFlow to a service', () => {
  const flow = (...objects: readonly ClusterObject[]) => {
    const state = clusterOf([...cluster, ...objects]);
    return evaluateFlow(state, { from: at('10.0.0.1'), to: at('172.20.0.1'), protocol: 'TCP', port: 1 });
  };

  it('asks the pods behind it as well', () => {
    const closed = policy('c', labelled('app', 'other'), { ingress: isolating });
    assert.equal(flow(mixed).verdict, 'allow');
    assert.deepEqual(
      [flow(mixed, closed).verdict, flow(mixed, closed).egress.verdict, flow(mixed, closed).ingress.reason],
      ['deny', 'allow', 'default'],
    );
    assert.equal(flow(one, closed).verdict, 'allow');
  });

  it('tells the service and its backends', () => {
    const { service: target } = flow(mixed);
    assert.equal(target?.service.name, 'db');
    assert.deepEqual(
      target?.backends.map(({ address, port: number }) => `${address.text} ${number}`),
      ['10.0.0.2/32 5432', '10.0.0.3/32 5432'],
    );
  });
});
