import assert from 'node:assert/strict';
import { join } from 'node:path';
import { until } from '../until.ts';
import { mustRun } from './command.ts';
import { udpArrived } from './counters.ts';
import { type LoggedFlow, loggedFlows } from './flow-log.ts';
import { Lab } from './lab.ts';
import { repository } from './process.ts';
import { findPlace } from './target.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const state = (name: string): string => join(fixtures, 'flood-states', `${name}.yaml`);
/** In the order in which swap-operator.ts is given them: which direction the state forbids. */
const forbids = ['egress', 'ingress'] as const;
const DATAGRAMS = 1_200_000;
const SWAPS = 100;

for (const wiring of ['p2p', 'bridge'] as const) {
  describe(`two states that both forbid a flow, swapped under a flood, ${wiring}`, function () {
    this.timeout(180_000);
    let lab: Lab;

    before(async () => {
      lab = await Lab.up({ folder: join(fixtures, 'flood'), name: `fl${process.pid}`, wiring });
      await lab.waitEnforced();
    });
    after(() => lab.down());

    it('arrives while nothing forbids it', async () => {
      assert.ok((await flood(lab, 20_000)).arrived > 1000);
    });

    it('never arrives, though each state alone would let half of the way open', async () => {
      await lab.stopOperator();
      const operatorState = join(lab.directory, 'operator');
      const base = join(lab.directory, 'manifests');
      const script = join(repository, 'e2e/lab/swap-operator.ts');
      const files = forbids.map(state);
      const flags = [operatorState, lab.operatorAddress, 'node-1', base, ...files];
      const first = lab.agentStatus('node-1')?.revision ?? 0;
      await lab.startOperator([process.execPath, script, ...flags]);
      const swaps = (): number => (lab.agentStatus('node-1')?.revision ?? 0) - first;
      await until('five more revisions', () => swaps() > 4);

      let { sent, arrived } = await flood(lab, DATAGRAMS);
      // A busy machine may swap more slowly than it sends.
      for (let more = 0; swaps() <= SWAPS && more < 20; more++) {
        const again = await flood(lab, DATAGRAMS / 10);
        arrived += again.arrived;
        sent += again.sent;
      }
      const swapped = swaps();
      await lab.stopOperator();
      assert.ok(sent >= DATAGRAMS, `only ${sent} datagrams were sent`);
      assert.ok(swapped > SWAPS, `only ${swapped} swaps`);
      assert.equal(arrived, 0, `${arrived} of ${sent} datagrams arrived in ${swapped} swaps`);
    });

    it('logged each denial with a revision that forbids in its direction', async () => {
      const states = new Map(revisions(lab.operatorLog()).map(({ revision, state }) => [revision, state]));
      const denials = (): readonly LoggedFlow[] =>
        loggedFlows(lab.agentLog('node-1')).filter(
          ({ message, destinationPort }) => message === 'flow denied' && destinationPort === 5000,
        );
      await until('denials are logged', () => denials().length >= 20);
      const denied = denials();
      const judged = denied.filter(({ revision }) => revision !== undefined && states.has(revision));
      const wrong = judged.filter(
        ({ revision = 0, direction }) => forbids[states.get(revision) ?? 0] !== direction,
      );
      assert.deepEqual(wrong, []);
      assert.ok(judged.length >= 20, `only ${judged.length} of ${denied.length} denials name a revision`);
      assert.deepEqual([...new Set(judged.map(({ direction }) => direction))].sort(), ['egress', 'ingress']);
    });
  });
}

async function flood(lab: Lab, count: number): Promise<{ sent: number; arrived: number }> {
  const client = findPlace(lab.plan, 'flood/client');
  const server = findPlace(lab.plan, 'flood/server');
  const before = udpArrived(server.namespace);
  const script = join(repository, 'e2e/lab/flood.ts');
  const flags = [client.namespace, server.addresses[0] ?? '', '5000', `${count}`];
  const { sent } = JSON.parse(await mustRun([process.execPath, script, ...flags])) as { sent: number };
  return { sent, arrived: udpArrived(server.namespace) - before };
}

/** What swap-operator.ts has printed; the log before it is the operator's. */
function revisions(log: string): readonly { revision: number; state: number }[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith('{"revision"'))
    .map((line) => JSON.parse(line) as { revision: number; state: number });
}
