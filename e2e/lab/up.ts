import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildNamespaces } from './build.ts';
import { takeDown, takeDownOrphans } from './down.ts';
import { LabError } from './errors.ts';
import { readLabManifests } from './manifests.ts';
import type { WiringChoice } from './plan.ts';
import { defaultOutside, planLab } from './plan.ts';
import type { ProcessSpec } from './process.ts';
import { logEnd, startProcess } from './process.ts';
import type { LabState, ProcessId } from './state.ts';
import { isAlive, mustReadState, processId, runDirectory, writeState } from './state.ts';
import {
  agentName,
  agentSpec,
  checkWeir,
  makeCertificate,
  mountBpffs,
  operatorSpec,
  pinsFolder,
} from './weir.ts';
import { wire } from './wire.ts';

export interface LabOptions {
  /** Folder of manifests. */
  readonly folder: string;
  /** Small letters and digits, at most 16; namespaces are named weir-NAME-…. Default "lab". */
  readonly name?: string;
  /** Default p2p. `mixed`: every second node has a bridge. */
  readonly wiring?: WiringChoice;
  /** How the agents attach their programs. Default auto. */
  readonly attach?: 'auto' | 'tcx' | 'clsact';
  /** Addresses of the outside world. */
  readonly outside?: readonly string[];
  /** Whether to have a place for an API server. Default false. */
  readonly control?: boolean;
  /** false: network and workloads only. Default true. */
  readonly weir?: boolean;
  /** Whether the lab may outlive this process. Default false: a later `up` removes it once this process has ended. */
  readonly stay?: boolean;
  readonly signal?: AbortSignal;
  /** Told what is being done. */
  readonly report?: (step: string) => void;
}

/**
 * Brings a lab up; one of the same name, or what a killed one has left, is removed first. A failure or an abort
 * leaves nothing.
 * @throws LabError
 */
export async function raise(options: LabOptions): Promise<LabState> {
  const report = options.report ?? (() => undefined);
  const name = labName(options.name ?? 'lab');
  const manifests = readLabManifests(options.folder);
  for (const file of manifests.broken) report(`${file} is no valid YAML: the lab leaves it to the operator`);
  const plan = planLab(manifests, {
    name,
    wiring: options.wiring ?? 'p2p',
    outside: options.outside ?? defaultOutside,
    control: options.control === true,
  });
  const weir = options.weir ?? true;
  if (weir) checkWeir();
  for (const orphan of await takeDownOrphans()) report(`removed what was left of lab ${orphan}`);
  if (await takeDown(name)) report(`removed the former lab ${name}`);
  const self = processId(process.pid);
  const state: LabState = {
    plan,
    source: resolve(options.folder),
    raising: self,
    owner: options.stay === true ? undefined : self,
    marker: randomUUID(),
    processes: {},
    pins: weir || plan.control !== undefined ? pinsFolder(name) : undefined,
    attach: options.attach ?? 'auto',
  };
  writeState(state);
  try {
    const network = await raiseNetwork(state, report, options.signal);
    const whole = weir ? await raiseWeir(network, report, options.signal) : network;
    const up = { ...whole, raising: undefined };
    writeState(up);
    return up;
  } catch (error) {
    await takeDown(name);
    throw error;
  }
}

/** @throws LabError manifest-invalid */
export function labName(name: string): string {
  if (/^[a-z0-9]{1,16}$/.test(name)) return name;
  throw new LabError('manifest-invalid', `"${name}" is no name of a lab: 1 to 16 small letters and digits`);
}

type Report = (step: string) => void;

async function raiseNetwork(state: LabState, report: Report, abort?: AbortSignal): Promise<LabState> {
  const { plan } = state;
  report(`building ${plan.nodes.length} nodes and ${plan.pods.length} pods`);
  await buildNamespaces(wire(plan));
  abort?.throwIfAborted();
  report('starting workloads');
  const directory = runDirectory(plan.name);
  const log = join(directory, 'keeper.log');
  const command = [process.execPath, join(import.meta.dirname, 'keeper.ts'), plan.name];
  const started = await start(state, 'keeper', { command, namespace: undefined, log, marker: state.marker });
  await waitReady(join(directory, 'keeper.ready'), started.processes.keeper, log, abort);
  return started;
}

async function raiseWeir(state: LabState, report: Report, abort?: AbortSignal): Promise<LabState> {
  const { plan } = state;
  await mountBpffs();
  mkdirSync(pinsFolder(plan.name), { recursive: true });
  report('making certificates');
  // One after the other, for the first makes the authority.
  for (const node of plan.nodes) await makeCertificate(plan.name, node.name);
  abort?.throwIfAborted();
  report('starting the operator and the agents');
  let current = await start(state, 'operator', operatorSpec(state));
  for (const node of plan.nodes) {
    mkdirSync(join(runDirectory(plan.name), agentName(node.name)), { recursive: true, mode: 0o700 });
    current = await start(current, agentName(node.name), agentSpec(current, node));
    abort?.throwIfAborted();
  }
  return current;
}

/** Starts a process of a lab and notes it in the lab's state. */
export async function start(state: LabState, name: string, spec: ProcessSpec): Promise<LabState> {
  const id = await startProcess(spec);
  // Read again: others may have been started meanwhile.
  const now = mustReadState(state.plan.name);
  const next = { ...now, processes: { ...now.processes, [name]: id } };
  writeState(next);
  return next;
}

async function waitReady(
  file: string,
  id: ProcessId | undefined,
  log: string,
  abort: AbortSignal | undefined,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!existsSync(file)) {
    abort?.throwIfAborted();
    if (id === undefined || !isAlive(id)) {
      throw new LabError('process-ended', `the workloads did not start: ${logEnd(log)}`);
    }
    if (Date.now() > deadline) throw new LabError('timed-out', 'the workloads did not start in 60 s');
    await sleep(20);
  }
}
