import assert from 'node:assert/strict';
import { LabError } from './errors.ts';
import type { NodeManifest, PodManifest } from './manifests.ts';
import type { PlanOptions } from './plan.ts';
import { planLab, replanPods } from './plan.ts';
import { wire } from './wire.ts';

const options: PlanOptions = { name: 'x', wiring: 'mixed', outside: ['198.51.100.7'] };
const node = (name: string, more: Partial<NodeManifest> = {}): NodeManifest => ({
  name,
  addresses: [],
  podCidrs: [],
  ...more,
});
const pod = (key: string, more: Partial<PodManifest> = {}): PodManifest => ({
  key,
  node: undefined,
  hostNetwork: false,
  finished: false,
  addresses: [],
  ports: [],
  ...more,
});
const refused = (message: RegExp) => (error: unknown) =>
  error instanceof LabError && error.code === 'manifest-invalid' && message.test(error.message);

describe('planLab', () => {
  it('fills in addresses, blocks and nodes that the manifests leave open', () => {
    const plan = planLab({ nodes: [node('a'), node('b')], pods: [pod('x/p'), pod('x/q')] }, options);
    assert.deepEqual(
      plan.nodes.map(({ addresses, wiring, gateways }) => ({ addresses, wiring, gateways })),
      [
        { addresses: ['172.18.0.2', 'fd00:18::2'], wiring: 'p2p', gateways: [] },
        {
          addresses: ['172.18.0.3', 'fd00:18::3'],
          wiring: 'bridge',
          gateways: ['10.244.1.1/24', 'fd00:244:1::1/64'],
        },
      ],
    );
    assert.deepEqual(
      plan.pods.map(({ node, addresses }) => [node, ...addresses]),
      [
        ['a', '10.244.0.2', 'fd00:244::2'],
        ['b', '10.244.1.2', 'fd00:244:1::2'],
      ],
    );
  });

  it('keeps the addresses that a manifest gives and gives them to no one else', () => {
    const pods = [pod('x/free', { node: 'a' }), pod('x/fixed', { node: 'a', addresses: ['10.9.0.2'] })];
    const plan = planLab({ nodes: [node('a', { podCidrs: ['10.9.0.0/24'] })], pods }, options);
    assert.deepEqual(
      plan.pods.map(({ addresses }) => addresses),
      [['10.9.0.3'], ['10.9.0.2']],
    );
  });

  it('lets a host-network pod be its node and a finished pod be nothing', () => {
    const pods = [pod('x/scraper', { hostNetwork: true }), pod('x/done', { finished: true })];
    const plan = planLab({ nodes: [node('a')], pods }, options);
    assert.deepEqual(
      plan.pods.map(({ key, namespace, addresses }) => ({ key, namespace, addresses })),
      [{ key: 'x/scraper', namespace: 'weir-x-node-a', addresses: plan.nodes[0]?.addresses }],
    );
  });

  it('widens the block between the nodes until all nodes are in it', () => {
    const nodes = [node('a', { addresses: ['192.168.1.5'] }), node('b', { addresses: ['192.168.6.5'] })];
    assert.deepEqual(planLab({ nodes, pods: [] }, options).underlay, ['192.168.0.0/21']);
  });

  it('refuses a pod on a node that there is not, naming both', () => {
    const manifests = { nodes: [node('a')], pods: [pod('x/p', { node: 'z' })] };
    assert.throws(() => planLab(manifests, options), refused(/x\/p: spec\.nodeName z/));
  });

  it('refuses an address outside the block that a bridge needs, and takes it where pods have routes', () => {
    const manifests = { nodes: [node('a')], pods: [pod('x/p', { addresses: ['10.99.0.1'] })] };
    assert.throws(
      () => planLab(manifests, { ...options, wiring: 'bridge' }),
      refused(/10\.99\.0\.1 lies outside/),
    );
    assert.deepEqual(planLab(manifests, { ...options, wiring: 'p2p' }).pods[0]?.addresses, ['10.99.0.1']);
  });

  it('refuses what is no address or no block, naming the place', () => {
    const bad = { nodes: [node('a', { podCidrs: ['10.0.0.0/33'] })], pods: [] };
    assert.throws(() => planLab(bad, options), refused(/Node a spec\.podCIDRs: "10\.0\.0\.0\/33"/));
    const pods = [pod('x/p', { addresses: ['10.0.0.300'] })];
    assert.throws(() => planLab({ nodes: [node('a')], pods }, options), refused(/Pod x\/p.*10\.0\.0\.300/));
  });

  it('says when a block has no address left', () => {
    const nodes = [node('a', { podCidrs: ['10.0.0.0/30'] })];
    const manifests = { nodes, pods: [pod('x/p'), pod('x/q')] };
    assert.throws(() => planLab(manifests, options), refused(/no address left in 10\.0\.0\.0\/30/));
  });
});

describe('replanPods', () => {
  const nodes = [node('a'), node('b')];
  const plan = planLab({ nodes, pods: [pod('x/p'), pod('x/q'), pod('x/r')] }, options);

  it('lets pods that stay keep node and address, whoever goes, and gives the free address to a new one', () => {
    const next = replanPods(plan, { nodes, pods: [pod('x/new', { node: 'a' }), pod('x/r'), pod('x/q')] });
    const before = (key: string) => plan.pods.find((candidate) => candidate.key === key);
    assert.deepEqual(next.pods.slice(1), [before('x/r'), before('x/q')]);
    assert.equal(next.pods[0]?.node, 'a');
    assert.ok(plan.pods.every(({ addresses }) => !addresses.includes(next.pods[0]?.addresses[0] ?? '')));
  });

  it('moves a pod whose node or address is another', () => {
    const next = replanPods(plan, {
      nodes,
      pods: [pod('x/p', { node: 'b' }), pod('x/r', { addresses: ['10.9.9.9'] })],
    });
    assert.deepEqual(
      next.pods.map(({ node }) => node),
      ['b', 'a'],
    );
    assert.deepEqual(next.pods[1]?.addresses, ['10.9.9.9']);
  });

  it('takes what a pod listens on from the manifest', () => {
    const ports = [{ protocol: 'TCP', port: 80 }] as const;
    const next = replanPods(plan, { nodes, pods: [pod('x/p', { ports })] });
    assert.deepEqual(next.pods, [{ ...plan.pods[0], ports }]);
  });

  it('refuses a new node', () => {
    const manifests = { nodes: [...nodes, node('c')], pods: [] };
    assert.throws(() => replanPods(plan, manifests), refused(/Node c is new/));
  });
});

describe('wire', () => {
  it('keeps interface names within 15 bytes and apart, and wires every namespace once', () => {
    const pods = Array.from({ length: 200 }, (_, index) => pod(`namespace-with-a-long-name/pod-${index}`));
    const setups = wire(planLab({ nodes: [node('a'), node('b')], pods }, options));
    const devices = setups.flatMap(({ namespace, links }) =>
      links.map((line) => `${namespace} ${line.split(' ')[2]}`),
    );
    assert.ok(devices.every((device) => (device.split(' ')[1] ?? '').length <= 15));
    assert.equal(new Set(devices).size, devices.length);
    assert.equal(new Set(setups.map(({ namespace }) => namespace)).size, setups.length);
  });
});
