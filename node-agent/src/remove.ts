import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RemoveOptions } from './config.ts';
import { removeDatapath } from './kernel/remove-datapath.ts';

/** What an agent keeps beside the pins; nothing else in the folder is ours. */
const files = ['last-good', 'last-good.new', 'status.json', 'status.json.new'];

/**
 * Takes everything of Weir away from this node, so that its traffic passes unjudged, and tells what it was, a line each.
 * Throws AgentError `locked` while an agent runs.
 */
export async function remove({ pins, state }: RemoveOptions, tell: (line: string) => void): Promise<void> {
  const removed = removeDatapath(pins);
  let found = 0;
  for (const [what, count] of Object.entries(removed)) {
    if (count > 0) tell(`removed ${count} ${what}`);
    found += count;
  }
  for (const file of files) {
    const path = join(state, file);
    if (!(await stat(path).catch(() => undefined))) continue;
    await rm(path);
    tell(`removed ${path}`);
    found += 1;
  }
  if (found === 0) tell(`nothing of Weir under ${pins} and ${state}`);
}
