import { existsSync, writeFileSync } from 'node:fs';
import { mustRun, runCommand } from './command.ts';
import { LabError } from './errors.ts';
import { inNamespace, namespacePath } from './net/namespace.ts';
import type { NamespaceSetup } from './wire.ts';

/**
 * Makes the namespaces of some setups and sets those and others up. Fails at the first step that the system refuses;
 * leaves removal to the caller.
 */
export async function buildNamespaces(
  made: readonly NamespaceSetup[],
  others: readonly NamespaceSetup[] = [],
): Promise<void> {
  const setups = [...made, ...others];
  await mustRun(['ip', '-batch', '-'], lines(made.map(({ namespace }) => `netns add ${namespace}`)));
  for (const setup of setups) applySysctls(setup.namespace, setup.sysctls);
  await Promise.all(setups.map(({ namespace, links }) => batch(namespace, links)));
  for (const setup of setups) applySysctls(setup.namespace, setup.deviceSysctls);
  await Promise.all(setups.map(({ namespace, addresses }) => batch(namespace, addresses)));
}

export async function removeNamespaces(names: readonly string[]): Promise<void> {
  const present = names.filter((name) => existsSync(namespacePath(name)));
  if (present.length === 0) return;
  const result = await runCommand(
    ['ip', '-force', '-batch', '-'],
    lines(present.map((name) => `netns del ${name}`)),
  );
  // What somebody else has removed meanwhile is no failure.
  const left = present.filter((name) => existsSync(namespacePath(name)));
  if (left.length > 0) {
    throw new LabError(
      'command-failed',
      `namespaces ${left.join(', ')} can not be removed: ${result.stderr}`,
    );
  }
}

const lines = (list: readonly string[]): string => list.map((line) => `${line}\n`).join('');

async function batch(namespace: string, commands: readonly string[]): Promise<void> {
  if (commands.length > 0) await mustRun(['ip', '-n', namespace, '-batch', '-'], lines(commands));
}

/** /proc/sys/net shows the namespace of the thread that opens it. */
function applySysctls(namespace: string, sysctls: NamespaceSetup['sysctls']): void {
  inNamespace(namespace, () => {
    for (const [path, value] of sysctls) {
      const file = `/proc/sys/net/${path}`;
      // bridge/ is there only where the kernel has bridge netfilter.
      if (existsSync(file) || !path.startsWith('bridge/')) writeFileSync(file, value);
    }
  });
}
