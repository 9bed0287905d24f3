import { readFileSync } from 'node:fs';

/** Of /proc, on every Linux. */
const ticksASecond = 100;

/** Milliseconds that all threads of a process have run (proc_pid_stat(5)): what it takes without waiting for its turn. */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name, in parentheses, and may have blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = Number.NaN, system = Number.NaN] = fields.slice(11, 13).map(Number);
  return ((user + system) * 1000) / ticksASecond;
}
