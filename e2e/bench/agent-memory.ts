import { readFileSync } from 'node:fs';

/** Of a process, in MB (10^6 bytes). */
export interface Memory {
  /** VmRSS: all of the following. */
  readonly resident: number;
  readonly anonymous: number;
  /** Pages of files, of which programs' code is most, and of mapped BPF maps. */
  readonly file: number;
  readonly shared: number;
  /** Pages of BPF maps alone, which the kernel keeps anyway. */
  readonly maps: number;
  /** The most that was ever resident. */
  readonly most: number;
}

const megabytes = (kilobytes: number): number => (kilobytes * 1024) / 1e6;

/** proc_pid_status(5), proc_pid_smaps(5). */
export function readMemory(pid: number): Memory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string): number => {
    const value = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    if (value === undefined) throw new Error(`no ${name} in the status of process ${pid}`);
    return megabytes(Number(value));
  };
  return {
    resident: field('VmRSS'),
    anonymous: field('RssAnon'),
    file: field('RssFile'),
    shared: field('RssShmem'),
    maps: mappedMaps(readFileSync(`/proc/${pid}/smaps`, 'utf8')),
    most: field('VmHWM'),
  };
}

function mappedMaps(smaps: string): number {
  let inMap = false;
  let sum = 0;
  for (const line of smaps.split('\n')) {
    if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) inMap = line.endsWith('anon_inode:bpf-map');
    const resident = inMap ? /^Rss:\s+(\d+) kB$/.exec(line)?.[1] : undefined;
    if (resident !== undefined) sum += Number(resident);
  }
  return megabytes(sum);
}
