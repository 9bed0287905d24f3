import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';

/** Whether a name is `<prefix><process id>…`, of a process that is gone. */
function isOrphan(name: string, prefix: string): boolean {
  const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : 0;
  return pid > 0 && !existsSync(`/proc/${pid}`);
}

/** Removes the pins that a killed run of these tests has left in a BPF file system. */
export function removeLeftPins(bpfMount: string, prefix: string): void {
  for (const name of readdirSync(bpfMount))
    if (isOrphan(name, prefix)) rmSync(`${bpfMount}/${name}`, { recursive: true });
}

/** Removes the network namespaces that a killed run has left. */
export function removeLeftNamespaces(prefix: string): void {
  const folder = '/run/netns';
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder))
    if (isOrphan(name, prefix)) execFileSync('ip', ['netns', 'del', name]);
}
