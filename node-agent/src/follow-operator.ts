import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Agent } from './agent.ts';
import { lookAtInterfaces } from './attach/look-at-interfaces.ts';
import { watchInterfaces } from './attach/watch-interfaces.ts';
import { coverageOf } from './coverage.ts';
import { readCredentials } from './credentials.ts';
import type { Counters } from './kernel/control.ts';
import type { Datapath } from './kernel/datapath.ts';
import { resume } from './resume.ts';
import type { RunParts } from './run-parts.ts';
import type { AppliedResult, Counted, Coverage } from './sync/applied-result.ts';
import { LastGoodFile } from './sync/last-good.ts';
import { SyncClient } from './sync/sync-client.ts';
import type { Teller } from './teller.ts';

/** What the operator is told besides the reports of its bundles. */
export interface Told {
  readonly coverage: Teller<Coverage>;
  /** Capabilities that follow from other policy engines. */
  readonly engines: Teller<readonly string[]>;
}

export interface OperatorSide {
  readonly agent: Agent;
  readonly datapath: Pick<Datapath, 'active' | 'attachMode' | 'counters'>;
  readonly told: Told;
  /** The node's own addresses at the last commit. */
  readonly formerOwn: readonly Uint8Array[];
}

/** Milliseconds that changes are gathered for before the last good bundle is written. */
const lastGoodMs = 200;
/** Milliseconds between looks at what the programs have counted. */
const countedMs = 10_000;

/** Gives the agent the operator's bundles and the node's interfaces until the signal aborts. */
export async function followOperator(parts: RunParts, side: OperatorSide): Promise<void> {
  const { config, version, log, clock, random, signal } = parts;
  const { agent, datapath, told, formerOwn } = side;
  const { active, attachMode } = datapath;
  const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  const path = join(config.state, 'last-good');
  const lastGood = new LastGoodFile({ path, bootId, log, delayMs: lastGoodMs });
  const stored = await lastGood.read();
  const desired = await resume(agent, { stored, bootId, active, formerOwn }, log);
  const capabilities = ['ipv6', attachMode, `attach=${attachMode}`, `kernel=${release()}`];
  const sync = new SyncClient({
    target: config.operator,
    tls: () => readCredentials(config.credentials),
    node: config.node,
    version,
    capabilities,
    addresses: lookAtInterfaces().own,
    desired,
    onChange: async (change): Promise<AppliedResult> => {
      const { counts } = coverageOf(await agent.changeBundle(change));
      return { kind: 'enforced', counts };
    },
    store: lastGood,
    log,
    clock: () => clock.monotonic(),
    random,
  });
  told.coverage.listen((coverage) => sync.updateCoverage(coverage));
  told.engines.listen((engines) => sync.updateCapabilities([...capabilities, ...engines]));
  const tellCounted = () => sync.updateCounted(countedOf(datapath.counters()));
  tellCounted();
  const telling = setInterval(tellCounted, countedMs);
  sync.start();
  try {
    await watchInterfaces(
      (interfaces) => {
        sync.updateAddresses(interfaces.own);
        return agent.changeInterfaces(interfaces);
      },
      (error) => log.error('interfaces can not be followed', { error: String(error) }),
      signal,
    );
  } finally {
    clearInterval(telling);
    // Also where netlink fails for good: an agent that answers every bundle with an error helps nobody.
    await sync.stop();
    await lastGood.close();
  }
}

const countedOf = ({ denials, observedDenials, lostEvents, limitedEvents }: Counters): Counted => ({
  denied: denials,
  observedDenials,
  untold: lostEvents + limitedEvents,
});
