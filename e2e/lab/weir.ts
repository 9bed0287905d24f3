import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './command.ts';
import { LabError } from './errors.ts';
import { familyOf } from './net/family.ts';
import type { LabNode } from './plan.ts';
import type { ProcessSpec } from './process.ts';
import { repository } from './process.ts';
import type { LabState } from './state.ts';
import { runDirectory } from './state.ts';

const BPFFS = '/sys/fs/bpf';
const OPERATOR_PORT = 7443;
const operatorMain = join(repository, 'operator/src/main.ts');
const agentMain = join(repository, 'node-agent/src/main.ts');

export const pinsFolder = (lab: string): string => `${BPFFS}/weir-${lab}`;

/** Mounts bpffs where it is missing. It is left mounted: others may use it by the time that the lab goes. */
export async function mountBpffs(): Promise<void> {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  if (mounts.some((line) => line.split(' ')[1] === BPFFS)) return;
  await mustRun(['mount', '-t', 'bpf', 'bpf', BPFFS]);
}

/** @throws LabError command-failed where a part of Weir is not built */
export function checkWeir(): void {
  const objects = join(repository, 'build/bpf');
  for (const part of [operatorMain, agentMain, objects]) {
    if (!existsSync(part))
      throw new LabError('command-failed', `${part} is missing: build it, or use --no-weir`);
  }
}

/** Makes the certificates of a node in the run directory. */
export async function makeCertificate(lab: string, node: string): Promise<void> {
  const directory = runDirectory(lab);
  const out = join(directory, 'tls', node);
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const state = join(directory, 'operator');
  const flags = ['--state', state, '--node', node, '--out', out];
  await mustRun([process.execPath, operatorMain, 'certificate', ...flags]);
}

/** "172.18.0.250:7443": where agents find the operator. */
export function operatorAddress({ plan }: LabState): string {
  const address = plan.operator.addresses.find((text) => familyOf(text) === 4) ?? plan.operator.addresses[0];
  if (address === undefined) throw new LabError('manifest-invalid', 'the nodes have no address');
  return familyOf(address) === 4 ? `${address}:${OPERATOR_PORT}` : `[${address}]:${OPERATOR_PORT}`;
}

export function operatorSpec(state: LabState): ProcessSpec {
  const directory = runDirectory(state.plan.name);
  const flags = {
    source: join(directory, 'manifests'),
    listen: operatorAddress(state),
    state: join(directory, 'operator'),
    'log-format': 'json',
  };
  return {
    command: [process.execPath, operatorMain, 'serve', ...flagList(flags)],
    namespace: state.plan.operator.namespace,
    log: join(directory, 'operator.log'),
    marker: state.marker,
  };
}

export function agentSpec(state: LabState, node: LabNode): ProcessSpec {
  const directory = runDirectory(state.plan.name);
  const flags = {
    node: node.name,
    operator: operatorAddress(state),
    tls: join(directory, 'tls', node.name),
    pins: join(pinsFolder(state.plan.name), node.name),
    state: join(directory, agentName(node.name)),
    attach: state.attach,
    objects: join(repository, 'build/bpf'),
    'log-format': 'json',
  };
  return {
    command: [process.execPath, agentMain, 'run', ...flagList(flags)],
    namespace: node.namespace,
    log: join(directory, `${agentName(node.name)}.log`),
    marker: state.marker,
  };
}

/** The name of a node's agent among the processes of a lab. */
export const agentName = (node: string): string => `agent-${node}`;

const flagList = (flags: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
