import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent } from './agent.ts';
import { Binder } from './attach/bind.ts';
import { lookAtInterfaces } from './attach/look-at-interfaces.ts';
import { coverageOf } from './coverage.ts';
import { lookForEngines } from './engines/look-for-engines.ts';
import { engineCapabilities, mustObserve, watchEngines } from './engines/watch-engines.ts';
import { AgentError } from './errors.ts';
import { FlowLog } from './flows/flow-log.ts';
import { tellCounters } from './flows/tell-counters.ts';
import { followOperator, type Told } from './follow-operator.ts';
import { ImageBuilder } from './image/image-builder.ts';
import { Datapath } from './kernel/datapath.ts';
import type { RunParts } from './run-parts.ts';
import { StatusFile } from './status-file.ts';
import { Teller } from './teller.ts';

/** As many as the stamp on a packet tells apart. */
const mostFirstCommit = 0x7fff;

/** Where other engines pin. */
const bpffs = '/sys/fs/bpf';
/** They come and go with an administrator. */
const engineMs = 60_000;
const countersMs = 60_000;
/** The kernel does not tell of programs that are attached before ours. */
const checkMs = 10_000;

/** Runs the agent until the signal aborts; what it enforces stays in force then. */
export async function run(parts: RunParts): Promise<void> {
  const { config, log, clock, random, signal } = parts;
  await makeStateFolder(config.state);
  const datapath = await Datapath.open({
    objectFile: join(config.objects, 'pod.bpf.o'),
    pinDir: config.pins,
    attachMode: config.attach,
    log,
    clock,
    firstCommit: 1 + Math.floor(random() * mostFirstCommit),
  });
  try {
    await enforce(parts, datapath);
  } finally {
    datapath.close();
    log.info('stopped; what was enforced stays in force', { aborted: signal.aborted });
  }
}

async function makeStateFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AgentError('config', `the state folder can not be made: ${why}`, { path }, error);
  }
}

/** Joins the stages around an open datapath. */
async function enforce(parts: RunParts, datapath: Datapath): Promise<void> {
  const { config, log, clock } = parts;
  const builder = new ImageBuilder();
  const status = new StatusFile(join(config.state, 'status.json'), (error) =>
    log.error('status can not be written', { error: String(error) }),
  );
  const flows = new FlowLog(log, () => builder.description);
  const told: Told = { coverage: new Teller(), engines: new Teller() };
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
      told.coverage.is(coverageOf(enforced));
    },
  });
  datapath.events((event) => flows.event(event));
  const formerOwn = await status.formerOwnAddresses();
  await agent.changeInterfaces(lookAtInterfaces());
  const unwatch = await watchEngines({
    look: () => lookForEngines(bpffs),
    log,
    onChange: async (engines) => {
      await agent.observeOnly(mustObserve(engines));
      told.engines.is(engineCapabilities(engines));
    },
    everyMs: engineMs,
  });
  const untell = tellCounters(() => datapath.counters(), log, countersMs);
  const checks = setInterval(() => agent.checkAttached(), checkMs);
  try {
    await followOperator(parts, { agent, datapath, told, formerOwn });
  } finally {
    clearInterval(checks);
    untell();
    unwatch();
    await agent.stop();
  }
}
