import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namespacesOf } from './down.ts';
import { readJson } from './files.ts';
import { namespacePath } from './net/namespace.ts';
import type { LabPlan } from './plan.ts';
import type { LabState } from './state.ts';
import { isAlive, runDirectory } from './state.ts';
import type { OperatorStatus } from './status.ts';

export interface LabDescription {
  /** Whether every namespace and every process is there. */
  readonly whole: boolean;
  readonly missingNamespaces: readonly string[];
  readonly processes: readonly { readonly name: string; readonly pid: number; readonly alive: boolean }[];
  readonly operator: OperatorStatus | undefined;
  readonly plan: LabPlan;
}

/** A lab as it is now. */
export function describeLab(state: LabState): LabDescription {
  const missingNamespaces = namespacesOf(state.plan).filter((name) => !existsSync(namespacePath(name)));
  const processes = Object.entries(state.processes).map(([name, id]) => ({
    name,
    pid: id.pid,
    alive: isAlive(id),
  }));
  return {
    whole: missingNamespaces.length === 0 && processes.every(({ alive }) => alive),
    missingNamespaces,
    processes,
    operator: readJson<OperatorStatus>(join(runDirectory(state.plan.name), 'operator', 'status.json')),
    plan: state.plan,
  };
}

/** A lab as text for people. */
export function showLab(plan: LabPlan, description?: LabDescription): string {
  const nodes = plan.nodes.map((node) => [
    node.name,
    node.wiring,
    node.addresses.join(' '),
    ...enforcement(node.name, description?.operator),
  ]);
  const pods = plan.pods.map((pod) => [
    pod.key,
    pod.node,
    pod.hostNetwork ? `${pod.addresses.join(' ')} (host network)` : pod.addresses.join(' '),
    pod.ports.map(({ port, protocol }) => `${port}/${protocol}`).join(' '),
  ]);
  const processes = description?.processes.map(({ name, pid, alive }) => [
    name,
    `${pid}`,
    alive ? 'runs' : 'ENDED',
  ]);
  return [
    ...table(['NODE', 'WIRING', 'ADDRESSES', 'ENFORCED', 'ENDPOINTS'], nodes),
    '',
    ...table(['POD', 'NODE', 'ADDRESSES', 'PORTS'], pods),
    '',
    `world: ${plan.world.addresses.join(' ')}`,
    ...(processes === undefined ? [] : ['', ...table(['PROCESS', 'PID', 'STATE'], processes)]),
    ...(description?.missingNamespaces ?? []).map((name) => `namespace ${name} is MISSING`),
  ].join('\n');
}

function enforcement(node: string, operator: OperatorStatus | undefined): readonly string[] {
  const status = operator?.nodes[node];
  if (status === undefined) return ['-', '-'];
  const behind = status.enforced === status.revision ? '' : ` of ${status.revision}`;
  return [`${status.enforced}${behind}${status.connected ? '' : ' (not connected)'}`, `${status.endpoints}`];
}

/** Lines with columns as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
