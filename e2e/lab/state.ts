import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from './errors.ts';
import { readJson, replaceFile } from './files.ts';
import type { LabPlan } from './plan.ts';

/** A process, told from a later one with the same number by when it started. */
export interface ProcessId {
  readonly pid: number;
  /** In clock ticks since the boot: field 22 of /proc/PID/stat, proc(5). */
  readonly started: string;
}

/** What a lab has made, written before it makes it, so that also a killed `up` can be cleaned up after. */
export interface LabState {
  readonly plan: LabPlan;
  /** The folder of manifests that the lab was made from. */
  readonly source: string;
  /** The process that is bringing the lab up; undefined once it is up. */
  readonly raising: ProcessId | undefined;
  /** The process that the lab must not outlive (a test); undefined: it stays until `down`. */
  readonly owner: ProcessId | undefined;
  /** In the environment of every process that the lab starts, so that one started just before a kill -9 is found. */
  readonly marker: string;
  /** By name: keeper, operator, agent-NODE. */
  readonly processes: Readonly<Record<string, ProcessId>>;
  /** Folder of pinned kernel objects, one folder a node in it; undefined where no Weir can come. */
  readonly pins: string | undefined;
  readonly attach: string;
}

const root = '/run/weir-lab';

export const runDirectory = (lab: string): string => join(root, lab);

/** Names of all labs that have left a state, up or not. */
export function labNames(): readonly string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root).filter((name) => existsSync(join(root, name, 'state.json')));
}

export function readState(lab: string): LabState | undefined {
  const state = readJson<LabState>(join(runDirectory(lab), 'state.json'));
  const plan = readJson<LabPlan>(planFile(lab));
  return state === undefined || plan === undefined ? state : { ...state, plan };
}

/** Where the plan is once pods have come or gone; apart from the rest, which has another writer. */
export const planFile = (lab: string): string => join(runDirectory(lab), 'plan.json');

/** @throws LabError lab-not-up */
export function mustReadState(lab: string): LabState {
  const state = readState(lab);
  if (state !== undefined) return state;
  const others = labNames();
  const hint = others.length === 0 ? '' : `; there is ${others.join(', ')} (--name)`;
  throw new LabError('lab-not-up', `no lab named ${lab} is up${hint}`);
}

export function writeState(state: LabState): void {
  const directory = runDirectory(state.plan.name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  replaceFile(join(directory, 'state.json'), JSON.stringify(state, undefined, 2));
}

export function removeState(lab: string): void {
  rmSync(runDirectory(lab), { recursive: true, force: true });
}

/** undefined where no such process runs; a zombie counts as ended. */
export function processId(pid: number): ProcessId | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in field 2 may hold blanks and brackets; fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const started = fields[19];
    return started === undefined || fields[0] === 'Z' ? undefined : { pid, started };
  } catch {
    return undefined;
  }
}

/** All processes whose environment has WEIR_LAB_MARKER with this value. */
export function markedProcesses(marker: string): readonly ProcessId[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && environmentOf(entry).includes(`WEIR_LAB_MARKER=${marker}`))
    .flatMap((entry) => processId(Number(entry)) ?? []);
}

function environmentOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

export const isAlive = (id: ProcessId): boolean => processId(id.pid)?.started === id.started;
