import type { Settings } from '../model/settings.ts';
import { foreignText } from '../source/files/foreign.ts';
import { readManifests } from '../source/files/read-manifests.ts';
import { problemLine } from './problem-line.ts';

/** Reads manifests as `serve` would and writes what is wrong with them; false when something is. */
export async function check(
  paths: readonly string[],
  settings: Settings,
  write: (line: string) => void,
): Promise<boolean> {
  const { events, problems, foreign } = await readManifests(paths, settings);
  for (const problem of problems) write(problemLine(problem));
  if (foreign.size > 0) write(`not read: ${foreignText(foreign)}`);
  const refused = events.filter(
    (event) => event.kind === 'upsert' && event.object.kind.startsWith('Refused'),
  ).length;
  const good = events.length - refused;
  write(`${count(good, 'object')} accepted, ${count(problems.length, 'problem')}`);
  return problems.length === 0;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
