import { existsSync, readdirSync, rmSync } from 'node:fs';
import { removeNamespaces } from './build.ts';
import { LabError } from './errors.ts';
import { namespaceFolder } from './net/namespace.ts';
import type { LabPlan } from './plan.ts';
import { podPrefix } from './plan.ts';
import { endProcesses } from './process.ts';
import type { LabState } from './state.ts';
import { isAlive, labNames, markedProcesses, readState, removeState } from './state.ts';

/** Names of all network namespaces that a plan asks for. */
export function namespacesOf(plan: LabPlan): readonly string[] {
  return [
    plan.router.namespace,
    plan.world.namespace,
    plan.operator.namespace,
    ...(plan.control === undefined ? [] : [plan.control.namespace]),
    ...plan.nodes.map(({ namespace }) => namespace),
    ...plan.pods.filter(({ hostNetwork }) => !hostNetwork).map(({ namespace }) => namespace),
  ];
}

/**
 * Removes all that a lab has made, whole or not, and nothing else. What is gone already is no error.
 * @returns whether there was such a lab
 * @throws LabError lab-busy while another process brings it up
 */
export async function takeDown(lab: string): Promise<boolean> {
  const state = readState(lab);
  if (state === undefined) return false;
  const { raising } = state;
  if (raising !== undefined && raising.pid !== process.pid && isAlive(raising)) {
    throw new LabError('lab-busy', `process ${raising.pid} is bringing lab ${lab} up`);
  }
  await endProcesses([...Object.values(state.processes), ...markedProcesses(state.marker)]);
  // Pins go before the interfaces: a link that is only pinned ends with its pin.
  if (state.pins !== undefined) rmSync(state.pins, { recursive: true, force: true });
  await removeNamespaces([...new Set([...namespacesOf(state.plan), ...podNamespaces(lab)])]);
  removeState(lab);
  return true;
}

/** Also of pods that are in no plan yet, or no longer: they come and go. */
function podNamespaces(lab: string): readonly string[] {
  return existsSync(namespaceFolder)
    ? readdirSync(namespaceFolder).filter((name) => name.startsWith(podPrefix(lab)))
    : [];
}

/** Takes down the labs whose owners have ended, killed before they could do it. @returns their names */
export async function takeDownOrphans(): Promise<readonly string[]> {
  const orphans = labNames().filter((name) => isOrphan(readState(name)));
  for (const name of orphans) await takeDown(name);
  return orphans;
}

function isOrphan(state: LabState | undefined): boolean {
  if (state === undefined) return false;
  const { owner, raising } = state;
  if (owner !== undefined) return !isAlive(owner);
  return raising !== undefined && !isAlive(raising);
}
