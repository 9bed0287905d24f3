import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { removeDatapath } from '@weir/node-agent/src/kernel/remove-datapath.ts';
import { removeFormerNodes } from './agent-node.ts';

const bpfMount = '/sys/fs/bpf';
const prefix = 'weir-bench-';

/** The pins of this run, named after its process. */
export const benchPins = join(bpfMount, `${prefix}${process.pid}`);

/** Removes pins and namespaces of runs that were killed. */
export function removeLeftovers(): void {
  removeFormerNodes();
  if (!existsSync(bpfMount)) return;
  for (const name of readdirSync(bpfMount)) {
    if (!name.startsWith(prefix) || existsSync(`/proc/${name.slice(prefix.length)}`)) continue;
    removeDatapath(join(bpfMount, name));
  }
}
