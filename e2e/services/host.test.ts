import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Lab } from '../lab/lab.ts';
import { matrixHolds } from '../lab/matrix-holds.ts';
import { patience } from '../lab/probe.ts';
import { openServices } from './proxy.ts';
import { probeServices, type ServiceFlow } from './service-flow.ts';
import { addressesOf, type ServiceSketch, sketchManifest } from './service-sketch.ts';

/** Each pod behind a service and a node port of its own, by its number. */
const numbers = { guarded: 1, closed: 2, neighbours: 3, public: 4, hostly: 5 } as const;
type Name = keyof typeof numbers;
const names: readonly Name[] = ['guarded', 'closed', 'neighbours', 'public', 'hostly'];

const sketches = names.map(
  (name): ServiceSketch => ({
    name,
    number: numbers[name],
    ports: [
      { name: 'tcp', port: 80, backendPort: 8080, nodePort: 30_000 + numbers[name] },
      { name: 'udp', protocol: 'UDP', port: 53, backendPort: 8053, nodePort: 30_000 + numbers[name] },
    ],
    backends: [name],
    spec: { type: 'NodePort' },
  }),
);

for (const wiring of ['p2p', 'bridge'] as const) {
  describe(`the host and other nodes, ${wiring}`, function () {
    this.timeout(180_000);
    let lab: Lab;

    before(async () => {
      const folder = join(import.meta.dirname, 'fixtures/host');
      lab = await Lab.up({ folder, name: `ho${process.pid}`, wiring });
      lab.applyManifest('services.yaml', sketchManifest(lab.plan, sketches));
      await openServices(lab);
      await lab.waitEnforced();
    });
    after(() => lab.down());

    /** Asserts who answers, and that they do over both families and protocols; the others do over none. */
    const reaches = async (
      flowsTo: (name: Name) => readonly ServiceFlow[],
      expected: readonly Name[],
      what?: string,
    ): Promise<void> => {
      const flows = names.flatMap((name) => flowsTo(name).map((flow) => ({ name, flow })));
      const results = await probeServices(
        lab,
        flows.map(({ flow }) => flow),
        (index) => patience[expected.some((name) => name === flows[index]?.name) ? 'allow' : 'deny'],
      );
      const reached = names.filter((name) => {
        const verdicts = new Set(
          results.filter((_, index) => flows[index]?.name === name).map(({ verdict }) => verdict),
        );
        assert.equal(verdicts.size, 1, `${name} is reached in part`);
        return verdicts.has('allow');
      });
      assert.deepEqual(reached, expected, what);
    };

    const throughNode =
      (from: string, node: string) =>
      (name: Name): readonly ServiceFlow[] => {
        const addresses = lab.plan.nodes.find((candidate) => candidate.name === node)?.addresses ?? [];
        const port = 30_000 + numbers[name];
        return addresses.flatMap((address) => [
          { from, address, protocol: 'TCP', port },
          { from, address, protocol: 'UDP', port },
        ]);
      };
    const throughService =
      (from: string) =>
      (name: Name): readonly ServiceFlow[] =>
        addressesOf(numbers[name]).flatMap((address) => [
          { from, address, protocol: 'TCP', port: 80 },
          { from, address, protocol: 'UDP', port: 53 },
        ]);
    const directly =
      (from: string) =>
      (name: Name): readonly ServiceFlow[] =>
        (lab.plan.pods.find(({ key }) => key === `demo/${name}`)?.addresses ?? []).flatMap((address) => [
          { from, address, protocol: 'TCP', port: 8080 },
          { from, address, protocol: 'UDP', port: 8053 },
        ]);

    it('are told apart as the evaluator does, everywhere', () => matrixHolds(lab));

    it('the node’s own processes reach its isolated pods, but not where a rule denies the host', async () => {
      for (const from of ['node-1', 'demo/agent-1']) {
        await reaches(directly(from), ['guarded', 'neighbours', 'public', 'hostly'], from);
      }
    });

    it('they stay the host on their way through a service', async () => {
      const expected = ['guarded', 'neighbours', 'public', 'hostly'] as const;
      await reaches(throughService('node-1'), expected);
      await reaches(throughNode('node-1', 'node-1'), expected);
    });

    it('processes of another node are a remote node', async () => {
      for (const from of ['node-2', 'demo/agent-2']) {
        await reaches(directly(from), ['neighbours'], from);
        await reaches(throughService(from), ['neighbours'], from);
      }
    });

    it('who comes from outside through a port of the pod’s node is the world, though with the node’s address', async () => {
      await reaches(throughNode('world', 'node-1'), ['closed', 'public']);
    });

    it('who comes through a port of another node is that node', async () => {
      await reaches(throughNode('world', 'node-2'), ['neighbours']);
    });

    it('a pod that goes through a port of its node is not the host either', async () => {
      await reaches(throughNode('demo/outsider', 'node-1'), ['closed', 'public']);
      await reaches(throughNode('demo/outsider', 'node-2'), ['neighbours']);
    });
  });
}
