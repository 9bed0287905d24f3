import assert from 'node:assert/strict';
import { join } from 'node:path';
import { mustRun } from '../lab/command.ts';
import { loggedFlows } from '../lab/flow-log.ts';
import { Lab } from '../lab/lab.ts';
import { patience } from '../lab/probe.ts';
import { inNamespaceCommand } from '../lab/process.ts';
import { until } from '../until.ts';
import { openServices } from './proxy.ts';
import { go, probeServices, type ServiceFlow } from './service-flow.ts';
import {
  addressesOf,
  bothPorts,
  notReady,
  type ServiceSketch,
  sketchManifest,
  terminating,
} from './service-sketch.ts';

const tcp = [{ port: 80, backendPort: 8080 }] as const;
const https = [{ port: 8443, backendPort: 443 }] as const;

const sketches: readonly ServiceSketch[] = [
  { name: 'good', number: 1, ports: bothPorts, backends: ['good-1', 'good-2'] },
  { name: 'bad', number: 2, ports: bothPorts, backends: ['bad'] },
  { name: 'mixed', number: 3, ports: bothPorts, backends: ['good-1', 'bad'] },
  { name: 'empty', number: 4, ports: bothPorts, backends: [] },
  { name: 'starting', number: 5, ports: bothPorts, backends: ['good-1', 'good-2'], conditions: notReady },
  {
    name: 'named',
    number: 6,
    ports: [{ port: 81, backendPort: 8080, targetPort: 'http' }],
    backends: ['good-1', 'good-2'],
  },
  {
    name: 'several',
    number: 7,
    ports: [
      { name: 'a', port: 81, backendPort: 8080 },
      { name: 'b', port: 82, backendPort: 9090 },
      { name: 'c', port: 8080, backendPort: 9090 },
    ],
    backends: ['good-1', 'good-2'],
  },
  { name: 'headless', ports: tcp, backends: ['good-1', 'bad'] },
  { name: 'outside', number: 9, ports: https, backends: ['203.0.113.10', '2001:db8:113::10'] },
  { name: 'elsewhere', number: 10, ports: https, backends: ['203.0.113.200', '2001:db8:113:2::200'] },
  {
    name: 'external',
    number: 11,
    ports: tcp,
    backends: ['good-1', 'good-2'],
    spec: { externalIPs: ['198.51.100.80', '2001:db8:50::80'] },
  },
  {
    name: 'external-bad',
    number: 12,
    ports: tcp,
    backends: ['bad'],
    spec: { externalIPs: ['198.51.100.81', '2001:db8:50::81'] },
  },
  {
    name: 'balanced',
    number: 13,
    ports: [{ port: 80, backendPort: 8080, nodePort: 30_013 }],
    backends: ['good-2'],
    spec: { type: 'LoadBalancer' },
    status: { loadBalancer: { ingress: [{ ip: '198.51.100.90' }, { ip: '2001:db8:50::90' }] } },
  },
  {
    name: 'node-port',
    number: 14,
    ports: [{ port: 80, backendPort: 8080, nodePort: 30_014 }],
    backends: ['good-1', 'good-2'],
    spec: { type: 'NodePort' },
  },
  {
    name: 'node-port-bad',
    number: 15,
    ports: [{ port: 80, backendPort: 8080, nodePort: 30_015 }],
    backends: ['good-1', 'bad'],
    spec: { type: 'NodePort' },
  },
  {
    name: 'near',
    number: 16,
    ports: tcp,
    backends: ['good-1', 'bad'],
    spec: { internalTrafficPolicy: 'Local' },
  },
  {
    name: 'near-none',
    number: 17,
    ports: tcp,
    backends: ['good-2'],
    spec: { internalTrafficPolicy: 'Local' },
  },
  { name: 'self', number: 18, ports: bothPorts, backends: ['self'] },
  { name: 'self-and-other', number: 19, ports: tcp, backends: ['self', 'good-1'] },
  {
    name: 'terminating',
    number: 20,
    ports: bothPorts,
    backends: ['good-1', 'good-2'],
    conditions: terminating,
  },
  {
    name: 'terminating-mixed',
    number: 21,
    ports: bothPorts,
    backends: ['good-1', 'bad'],
    conditions: terminating,
  },
  {
    name: 'terminating-beside',
    number: 22,
    ports: bothPorts,
    backends: ['good-1', 'bad'],
    conditionsOf: { bad: terminating },
  },
  {
    name: 'terminating-near',
    number: 23,
    ports: tcp,
    backends: ['good-1', 'bad', 'good-2'],
    conditionsOf: { 'good-1': terminating, bad: notReady },
    spec: { internalTrafficPolicy: 'Local' },
  },
  {
    name: 'near-outside',
    number: 24,
    ports: [{ port: 80, backendPort: 8080, nodePort: 30_024 }],
    backends: ['good-1', 'bad'],
    spec: { type: 'NodePort', internalTrafficPolicy: 'Local', externalIPs: ['198.51.100.84'] },
  },
];

const externalName = `
apiVersion: v1
kind: Service
metadata: { name: alias, namespace: demo }
spec: { type: ExternalName, externalName: good.demo.svc.cluster.local, ports: [{ port: 80 }] }
`;

const flow = (from: string, address: string, port: number, protocol: 'TCP' | 'UDP' = 'TCP'): ServiceFlow => ({
  from: `demo/${from}`,
  address,
  protocol,
  port,
});
/** To the cluster addresses of a service. */
const to = (from: string, number: number, port = 80): readonly ServiceFlow[] =>
  addressesOf(number).map((address) => flow(from, address, port));
/** To all that bothPorts has. */
const toBoth = (from: string, number: number): readonly ServiceFlow[] => [
  ...to(from, number),
  ...addressesOf(number).map((address) => flow(from, address, 53, 'UDP')),
];
/** Often enough that every backend is chosen. */
const often = (flows: readonly ServiceFlow[]): readonly ServiceFlow[] => Array(8).fill(flows).flat();

const clients = ['client', 'client-2'] as const;
const resolver = '169.254.20.10';

for (const wiring of ['p2p', 'bridge'] as const) {
  describe(`services, ${wiring}`, function () {
    this.timeout(180_000);
    let lab: Lab;

    before(async () => {
      const folder = join(import.meta.dirname, 'fixtures/cluster');
      lab = await Lab.up({ folder, name: `sv${process.pid}`, wiring });
      lab.applyManifest('services.yaml', sketchManifest(lab.plan, sketches));
      lab.applyManifest('alias.yaml', externalName);
      await openServices(lab);
      await lab.waitEnforced();
    });
    after(() => lab.down());

    const nodeAddresses = (): readonly string[] => lab.plan.nodes.flatMap(({ addresses }) => addresses);

    it('pass where every backend is allowed, by other numbers than the pods have', async () => {
      await go(lab, 'allow', often(clients.flatMap((from) => toBoth(from, 1))));
    });

    it('balance over all backends, and answers come to clients that nobody may ask', async () => {
      const results = await probeServices(lab, often(often(to('client', 1))), patience.allow);
      const names = new Set(results.map(({ answer }) => answer?.name));
      assert.deepEqual([...names].sort(), ['demo/good-1', 'demo/good-2']);
      // The client is seen as itself: no rule on the other side needs the node's address.
      const peers = new Set(results.map(({ answer }) => answer?.peer));
      const own = lab.plan.pods.find(({ key }) => key === 'demo/client')?.addresses ?? [];
      assert.deepEqual([...peers].sort(), [...own].sort());
    });

    it('are denied where a backend is', async () => {
      await go(
        lab,
        'deny',
        clients.flatMap((from) => [...toBoth(from, 2), ...often(toBoth(from, 3))]),
      );
    });

    it('are open to pods that no policy is about', async () => {
      await go(lab, 'allow', [...toBoth('free', 1), ...toBoth('free', 2), ...often(toBoth('free', 3))]);
    });

    it('are denied without ready backends, which the log tells', async () => {
      const flows = clients.flatMap((from) => [...toBoth(from, 4), ...toBoth(from, 5)]);
      await go(lab, 'deny', flows);
      const denied = (): ReadonlySet<string> =>
        new Set(
          loggedFlows(lab.agentLog('node-1'))
            .filter(({ message, endpoint }) => message === 'flow denied' && endpoint === 'demo/client')
            .map(({ destination, destinationPort }) => `${destination} ${destinationPort}`),
        );
      await until('all are denied', () => addressesOf(5).every((address) => denied().has(`${address} 80`)));
    });

    it('are served by terminating backends while none is ready', async () => {
      await go(lab, 'allow', often(clients.flatMap((from) => toBoth(from, 20))));
      await go(lab, 'deny', often(clients.flatMap((from) => toBoth(from, 21))));
      await go(lab, 'allow', often(clients.flatMap((from) => toBoth(from, 22))));
      await go(lab, 'allow', often(clients.flatMap((from) => to(from, 23))));
    });

    it('lead to ports by name, and by several numbers', async () => {
      await go(lab, 'allow', often([...to('client', 6, 81), ...to('client', 7, 81)]));
      // 8080 at the service is 9090 at the pods, whatever the policy says of 8080 there.
      await go(lab, 'deny', often([...to('client', 7, 82), ...to('client', 7, 8080)]));
    });

    it('without an address are their pods', async () => {
      const addresses = (pod: string): readonly string[] =>
        lab.plan.pods.find(({ key }) => key === `demo/${pod}`)?.addresses ?? [];
      await go(
        lab,
        'allow',
        addresses('good-1').map((address) => flow('client', address, 8080)),
      );
      await go(
        lab,
        'deny',
        addresses('bad').map((address) => flow('client', address, 8080)),
      );
    });

    it('without a selector lead outside', async () => {
      await go(
        lab,
        'allow',
        clients.flatMap((from) => to(from, 9, 8443)),
      );
      await go(
        lab,
        'deny',
        clients.flatMap((from) => to(from, 10, 8443)),
      );
    });

    it('are met by external addresses and those of load balancers too', async () => {
      const external = (last: number): readonly string[] => [`198.51.100.${last}`, `2001:db8:50::${last}`];
      const all = (last: number): readonly ServiceFlow[] =>
        clients.flatMap((from) => external(last).map((address) => flow(from, address, 80)));
      await go(lab, 'allow', often([...all(80), ...all(90)]));
      await go(lab, 'deny', all(81));
    });

    it('are met at every node by their node ports', async () => {
      const all = (port: number): readonly ServiceFlow[] =>
        clients.flatMap((from) => nodeAddresses().map((address) => flow(from, address, port)));
      await go(lab, 'allow', often([...all(30_013), ...all(30_014)]));
      await go(lab, 'deny', all(30_015));
      // Who may reach nodes may not reach what is behind their ports.
      const own = lab.plan.nodes.find(({ name }) => name === 'node-1')?.addresses ?? [];
      await go(
        lab,
        'allow',
        own.map((address) => flow('nodes-only', address, 7000)),
      );
      await go(
        lab,
        'deny',
        nodeAddresses().map((address) => flow('nodes-only', address, 30_014)),
      );
    });

    it('may keep to the backends of the client’s node', async () => {
      await go(lab, 'allow', often(to('client', 16)));
      await go(lab, 'deny', to('client-2', 16));
      await go(lab, 'deny', to('client', 17));
      await go(lab, 'allow', to('client-2', 17));
      // From outside all nodes' backends are used.
      await go(lab, 'allow', often(to('client', 24)));
      const own = lab.plan.nodes.find(({ name }) => name === 'node-1')?.addresses ?? [];
      const outer = own.map((address) => flow('client', address, 30_024));
      await go(lab, 'deny', [...outer, flow('client', '198.51.100.84', 80)]);
    });

    it('let a pod reach itself', async () => {
      await go(lab, 'allow', often(toBoth('self', 18)));
      await go(lab, 'deny', [...to('self', 19), ...toBoth('client', 18), ...toBoth('self', 1)]);
    });

    it('that are a name are nothing', () => {
      assert.equal(loggedProblems(lab), '');
    });

    it('have nothing to do with a resolver on the node, which is no host either', async () => {
      const node = lab.plan.nodes.find(({ name }) => name === 'node-1');
      const command = `ip link add nodelocaldns type dummy || ip link add nodelocaldns type ifb; ip addr add ${resolver}/32 dev nodelocaldns; ip link set nodelocaldns up`;
      await mustRun(inNamespaceCommand(node?.namespace ?? '', ['sh', '-c', command]));
      await go(lab, 'allow', [flow('client', resolver, 53)]);
      await go(lab, 'deny', [flow('nodes-only', resolver, 53), flow('client', resolver, 7000)]);
    });
  });
}

const loggedProblems = (lab: Lab): string =>
  lab
    .operatorLog()
    .split('\n')
    .filter((line) => /"level":"(error|warn)"/.test(line))
    .join('\n');
