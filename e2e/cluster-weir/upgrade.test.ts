import assert from 'node:assert/strict';
import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { deployment } from '../cluster/deployment.ts';
import type { PodView } from '../cluster/pod-view.ts';
import { repository } from '../lab/process.ts';
import { onlyFrom } from './only-from.ts';
import { reachAll } from './reach.ts';
import { Shots } from './shots.ts';
import { packetsOfOneLoss, toldDenials } from './told-denials.ts';
import { agentOf, WeirCluster } from './weir-cluster.ts';

const election = ['--leader-election', '--lease-namespace=weir-system'];
const operators = ['operator', 'standby'] as const;
const nodes = ['node-1', 'node-2'] as const;

describe('upgrades under traffic', function () {
  this.timeout(600_000);
  let weir: WeirCluster;
  let web: readonly PodView[];
  let client: PodView;
  let other: PodView;
  /** Programs that differ from those that are in force by what they are called alone. */
  let nextObjects: string;

  before(async function () {
    this.timeout(3_600_000);
    weir = await WeirCluster.up({ later: nodes });
    await weir.end('operator');
    for (const name of operators) await weir.startOperator({ name, flags: election });
    for (const node of nodes) await weir.startAgent(node, { operators });
    await weir.cluster.control.apply(
      [deployment('web', 2), deployment('client', 1), deployment('other', 1)].join('---\n'),
    );
    await weir.cluster.control.apply(onlyFrom('web', 'web', 'client'));
    web = await weir.cluster.waitReady('default', 'app=web', 2);
    client = await one('client');
    other = await one('other');
    await weir.cluster.until('denial', async () => (await reachAll(other, web)) === 'deny');
    nextObjects = join(weir.directory, 'next');
    cpSync(join(repository, 'build/bpf'), nextObjects, { recursive: true });
    // What follows the sections of an ELF file changes its digest and nothing else.
    appendFileSync(join(nextObjects, 'pod.bpf.o'), 'next');
  });
  after(() => weir?.down());

  const one = async (app: string): Promise<PodView> => {
    const [pod] = await weir.cluster.waitReady('default', `app=${app}`);
    assert.ok(pod);
    return pod;
  };

  const denials = (pod: PodView): readonly string[] =>
    toldDenials(
      nodes.map((node) => weir.log(agentOf(node))),
      pod,
    );

  async function underTraffic(job: () => Promise<void>): Promise<number> {
    const shots = (from: PodView, patienceMs: number): readonly Shots[] =>
      web.flatMap(({ addresses }) =>
        addresses.map(
          (address) => new Shots({ namespace: from.network, address, port: 8081 }, 10, patienceMs),
        ),
      );
    const deniedBefore = denials(client).length;
    const [allowed, denied] = [shots(client, 10_000), shots(other, 2_000)];
    try {
      await job();
    } finally {
      await Promise.all([...allowed, ...denied].map((one) => one.stop()));
    }
    const through = denied.reduce((sum, one) => sum + one.answered, 0);
    const told = denials(client).slice(deniedBefore);
    assert.deepEqual({ told, through }, { told: [], through: 0 });
    const missed = allowed.flatMap((one) => one.missed);
    const sent = allowed.reduce((sum, one) => sum + one.sent, 0);
    assert.ok(
      missed.length <= Math.ceil(sent / packetsOfOneLoss),
      `of ${sent} are lost: ${missed.join(', ')}`,
    );
    return denied.reduce((sum, one) => sum + one.sent, sent);
  }

  const upgradeOperators = async (): Promise<void> => {
    for (const name of operators) {
      await weir.end(name);
      await weir.startOperator({ name, flags: election });
    }
  };
  const upgradeAgents = async (objects?: string): Promise<void> => {
    for (const node of nodes) {
      await weir.end(agentOf(node));
      await weir.startAgent(node, { operators, ...(objects !== undefined && { objects }) });
      await weir.cluster.until(`${node} in sync`, async () => inSync(node));
    }
  };
  const inSync = (node: string): boolean => operators.some((name) => weir.isInSync(node, name));
  /** Changes go on while parts are replaced. */
  const changing = async (job: () => Promise<void>): Promise<void> => {
    let done = false;
    const changes = (async () => {
      for (let index = 0; !done; index++) {
        await weir.cluster.control.apply(
          onlyFrom(`more-${index % 5}`, index % 2 === 0 ? 'web' : 'none', 'client'),
        );
        await sleep(100);
      }
    })();
    try {
      await job();
    } finally {
      done = true;
      await changes;
    }
  };

  it('of the operators first, then of the agents with other programs, misjudge no packet', async () => {
    const sent = await underTraffic(() =>
      changing(async () => {
        await upgradeOperators();
        await upgradeAgents(nextObjects);
      }),
    );
    assert.ok(sent > 1_000, `${sent} packets`);
    for (const node of nodes) assert.match(weir.log(agentOf(node)), /"message":"replacing programs"/);
  });

  it('of the agents first, then of the operators, misjudge no packet', async () => {
    await underTraffic(() =>
      changing(async () => {
        await upgradeAgents();
        await upgradeOperators();
      }),
    );
    await weir.cluster.until('both in sync', async () => nodes.every(inSync));
  });

  it('agents that are killed and restarted misjudge no packet', async () => {
    await underTraffic(() =>
      changing(async () => {
        for (let round = 0; round < 3; round++)
          for (const node of nodes) {
            await weir.end(agentOf(node), 'SIGKILL');
            await sleep(200);
            await weir.startAgent(node, { operators });
          }
        await weir.cluster.until('both in sync', async () => nodes.every(inSync));
      }),
    );
  });
});
