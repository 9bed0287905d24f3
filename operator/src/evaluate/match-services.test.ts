import assert from 'node:assert/strict';
import type { ClusterObject } from '../model/event.ts';
import type { ServicesPeer } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';
import { identify } from './identify.ts';
import { matchServices } from './match-services.ts';
import {
  at,
  backend,
  clusterOf,
  node,
  pod,
  prefix,
  requirement,
  service,
  slice,
  terminating,
} from './test-cluster.ts';

const client = pod('client');
const db = pod('db', { addresses: [prefix('10.0.0.2')] });
const far = pod('db', { cluster: 'east', addresses: [prefix('10.9.0.2')] });
const elsewhere = pod('db', { namespace: 'lab', addresses: [prefix('10.0.0.3')] });
const store = service('db', { selector: new Map([['app', 'db']]), labels: new Map([['part', 'store']]) });
const legacy = service('legacy', { labels: new Map([['part', 'store']]) });
const anyPort = [{ name: '', protocol: 'TCP', port: 443 }] as const;
const served = slice(
  'legacy',
  anyPort,
  ...['8.8.8.8', '10.0.0.2', '192.168.0.1'],
  backend('9.9.9.9', { ready: false, serving: false }),
  backend('9.9.9.10', terminating),
);
const objects = [client, db, far, elsewhere, node('node-1', '192.168.0.1'), store, legacy, served];

const byName = (name: string, namespace = 'shop'): ServicesPeer => ({
  kind: 'services',
  service: { kind: 'name', name },
  namespace,
});
const byLabels = (
  namespace: string,
  ...requirements: readonly ReturnType<typeof requirement>[]
): ServicesPeer => ({
  kind: 'services',
  service: { kind: 'selector', selector: { requirements } },
  namespace,
});

const addresses = ['10.0.0.2', '10.9.0.2', '10.0.0.3', '8.8.8.8', '9.9.9.9', '9.9.9.10', '192.168.0.1'];

function matched(
  peer: ServicesPeer,
  settings: Partial<Settings> = {},
  all: readonly ClusterObject[] = objects,
): readonly string[] {
  const state = clusterOf(all, settings);
  return addresses.flatMap((address) => {
    const side = at(address);
    const match = matchServices(state, peer, identify(state, client, side, { protocol: 'TCP', port: 1 }));
    return match === 'none' ? [] : [`${address} ${match}`];
  });
}

describe('matchServices', () => {
  it("finds pods by the service's selector, in its namespace and in every cluster", () => {
    assert.deepEqual(matched(byName('db')), ['10.0.0.2 identity', '10.9.0.2 identity']);
    assert.deepEqual(matched(byName('db', '')), ['10.0.0.2 identity', '10.9.0.2 identity']);
    assert.deepEqual(matched(byName('db', 'lab')), []);
  });

  it('finds the addresses that serve a service without a selector, outside the cluster only', () => {
    assert.deepEqual(matched(byName('legacy')), ['8.8.8.8 address', '9.9.9.10 address']);
    const empty = { ...legacy, selector: new Map() };
    assert.deepEqual(matched(byName('legacy'), {}, [...objects, empty]), [
      '8.8.8.8 address',
      '9.9.9.10 address',
    ]);
  });

  it('follows policy-cidr-match-mode for such addresses', () => {
    assert.deepEqual(matched(byName('legacy'), { policyCidrMatchMode: { pods: true, nodes: false } }), [
      '10.0.0.2 address',
      '8.8.8.8 address',
      '9.9.9.10 address',
    ]);
    assert.deepEqual(matched(byName('legacy'), { policyCidrMatchMode: { pods: false, nodes: true } }), [
      '8.8.8.8 address',
      '9.9.9.10 address',
      '192.168.0.1 address',
    ]);
  });

  it('finds services by their labels, whatever source the key has', () => {
    for (const source of ['any', 'k8s', 'container'] as const) {
      assert.deepEqual(matched(byLabels('', requirement(source, 'part', 'In', 'store'))), [
        '10.0.0.2 identity',
        '10.9.0.2 identity',
        '8.8.8.8 address',
        '9.9.9.10 address',
      ]);
    }
    assert.deepEqual(matched(byLabels('lab', requirement('any', 'part', 'Exists'))), []);
  });

  it('means nobody where no service matches', () => {
    assert.deepEqual(matched(byName('nosuch')), []);
    assert.deepEqual(matched(byLabels('', requirement('any', 'part', 'In', 'x'))), []);
  });
});
