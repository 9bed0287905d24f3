import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { atInterruption } from './interruption.ts';
import type { Result } from './result.ts';

/**
 * The operator's stages over a cluster of 25,000 namespaces, 100,000 pods, 75,000 policies and 1,000 nodes, in a process
 * of its own, by what is resident in it. The time of the first compile is from objects to bundles; its memory is the
 * most since the process began, with all objects read from JSON. Then single changes, from the object to the
 * encoded deltas of all nodes that it concerns.
 */
export async function measureFirstCompile(): Promise<readonly Result[]> {
  const script = join(import.meta.dirname, 'first-compile-run.ts');
  const child = spawn(process.execPath, ['--expose-gc', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const forget = atInterruption(() => child.kill());
  const exited = once(child, 'exit');
  const output = await text(child.stdout);
  const [code, signal] = await exited;
  forget();
  if (code !== 0) throw new Error(`the first compile ended with ${signal ?? code}`);
  return JSON.parse(output);
}
