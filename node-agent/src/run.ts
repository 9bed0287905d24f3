import { mkdir, readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@weir/log/log.ts';
import { equalDigest } from '@weir/proto/digest.ts';
import { Agent, type Enforced } from './agent.ts';
import { Binder } from './attach/bind.ts';
import { lookAtInterfaces, watchInterfaces } from './attach/watch-interfaces.ts';
import type { AgentConfig } from './config.ts';
import { readCredentials } from './credentials.ts';
import { lookForEngines } from './engines/look-for-engines.ts';
import { engineCapabilities, mustObserve, watchEngines } from './engines/watch-engines.ts';
import { FlowLog } from './flows/flow-log.ts';
import { tellObservedDenials } from './flows/observed-denials.ts';
import { ImageBuilder } from './image/image-builder.ts';
import type { Clock } from './kernel/clock.ts';
import { type Active, Datapath } from './kernel/datapath.ts';
import { StatusFile } from './status-file.ts';
import type { AppliedResult, Counts, Coverage } from './sync/applied-result.ts';
import { Desired } from './sync/desired.ts';
import { LastGoodFile } from './sync/last-good.ts';
import type { LastGood } from './sync/last-good-format.ts';
import { SyncClient } from './sync/sync-client.ts';

export interface RunParts {
  readonly config: AgentConfig;
  readonly version: string;
  readonly log: Log;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** As many as the stamp on a packet tells apart. */
const mostFirstCommit = 0x7fff;

/** Where other engines pin. */
const bpffs = '/sys/fs/bpf';
/** They come and go with an administrator. */
const engineMs = 60_000;
const observedMs = 60_000;

/** Runs the agent until the signal aborts; what it enforces stays in force then. */
export async function run(parts: RunParts): Promise<void> {
  const { config, log, clock, random, signal } = parts;
  await mkdir(config.state, { recursive: true });
  const datapath = await Datapath.open({
    objectFile: join(config.objects, 'pod.bpf.o'),
    pinDir: config.pins,
    attachMode: config.attach,
    log,
    clock,
    firstCommit: 1 + Math.floor(random() * mostFirstCommit),
  });
  try {
    const builder = new ImageBuilder();
    const status = new StatusFile(join(config.state, 'status.json'), (error) =>
      log.error('status can not be written', { error: String(error) }),
    );
    const flows = new FlowLog(log, () => builder.description);
    const coverage = new Teller<Coverage>();
    const agent = new Agent({
      datapath,
      builder,
      binder: new Binder({
        installed: datapath.installed(),
        nextInstance: () => datapath.nextInstance(),
        adoptUntil: () => Math.floor(clock.monotonic() / 1000) + config.adoptSeconds,
      }),
      log,
      onEnforced: (enforced) => {
        status.enforced(enforced);
        flows.enforced(enforced);
        coverage.is({ counts: countsOf(enforced), uncovered: enforced.bound.uncovered });
      },
    });
    datapath.events((event) => flows.event(event));
    const formerOwn = await status.formerOwnAddresses();
    await agent.changeInterfaces(lookAtInterfaces());
    const capabilities = new Teller<readonly string[]>();
    const unwatch = await watchEngines({
      look: () => lookForEngines(bpffs),
      log,
      onChange: async (engines) => {
        await agent.observeOnly(mustObserve(engines));
        capabilities.is(engineCapabilities(engines));
      },
      everyMs: engineMs,
    });
    const untell = tellObservedDenials(() => datapath.observedDenials, log, observedMs);
    try {
      await serve(parts, agent, datapath, { coverage, capabilities, formerOwn });
    } finally {
      untell();
      unwatch();
    }
  } finally {
    datapath.close();
    log.info('stopped; what was enforced stays in force', { aborted: signal.aborted });
  }
}

async function serve(
  parts: RunParts,
  agent: Agent,
  { active, attachMode }: Pick<Datapath, 'active' | 'attachMode'>,
  { coverage, capabilities, formerOwn }: Tellers,
): Promise<void> {
  const { config, version, log, clock, random, signal } = parts;
  const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  const lastGood = new LastGoodFile({ path: join(config.state, 'last-good'), bootId, log, delayMs: 200 });
  const stored = await lastGood.read();
  const desired = await resume(parts, agent, stored, { bootId, active, formerOwn });
  const own = ['ipv6', attachMode, `attach=${attachMode}`, `kernel=${release()}`];
  const sync = new SyncClient({
    target: config.operator,
    tls: () => readCredentials(config.credentials),
    node: config.node,
    version,
    capabilities: own,
    addresses: lookAtInterfaces().own,
    desired,
    onChange: async (change): Promise<AppliedResult> => {
      try {
        return { kind: 'enforced', counts: countsOf(await agent.changeBundle(change)) };
      } catch (error) {
        return { kind: 'refused', error: String(error), counts: noCounts };
      }
    },
    store: lastGood,
    log,
    clock: () => clock.monotonic(),
    random,
  });
  coverage.tell((now) => sync.updateCoverage(now));
  capabilities.tell((engines) => sync.updateCapabilities([...own, ...engines]));
  sync.start();
  await watchInterfaces(
    (interfaces) => {
      sync.updateAddresses(interfaces.own);
      return agent.changeInterfaces(interfaces);
    },
    (error) => log.error('interfaces can not be followed', { error: String(error) }),
    signal,
  );
  await sync.stop();
  await lastGood.close();
}

/** Keeps what is told before there is anybody to tell it to. */
class Teller<Value> {
  #last: Value | undefined;
  #teller: ((value: Value) => void) | undefined;

  is(value: Value): void {
    this.#last = value;
    this.#teller?.(value);
  }

  tell(teller: (value: Value) => void): void {
    this.#teller = teller;
    if (this.#last !== undefined) teller(this.#last);
  }
}

interface Tellers {
  readonly coverage: Teller<Coverage>;
  /** Of other policy engines. */
  readonly capabilities: Teller<readonly string[]>;
  readonly formerOwn: readonly Uint8Array[];
}

/** Starts from the last good bundle where that is what was enforced last; gives what the agent then has. */
async function resume(
  { log }: RunParts,
  agent: Agent,
  stored: LastGood | undefined,
  {
    bootId,
    active,
    formerOwn,
  }: { bootId: string; active: Active | undefined; formerOwn: readonly Uint8Array[] },
): Promise<Desired> {
  // After a reboot pods have other addresses: another pod's could be among the stored ones.
  if (stored === undefined || stored.bootId !== bootId) return new Desired();
  // The file is written a moment after the commit; what the kernel enforces must not step back to it.
  if (active && !active.damaged && !equalDigest(active.digest, stored.bundle.digest)) return new Desired();
  try {
    await agent.resume(stored.bundle, formerOwn);
    return stored.bundle;
  } catch (error) {
    log.error('last good bundle can not be enforced', { error: String(error) });
    return new Desired();
  }
}

const noCounts: Counts = { endpoints: 0, tables: 0, prefixes: 0, uncovered: 0 };

const countsOf = ({ bundle, bound }: Enforced): Counts => ({
  endpoints: bundle.endpoints.size,
  tables: bundle.tables.size,
  prefixes: bundle.prefixes.size,
  uncovered: bound.uncovered.length,
});
