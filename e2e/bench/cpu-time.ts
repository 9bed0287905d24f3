import koffi from 'koffi';

const clockThreadCpuTime = 3;
const clockGettime = koffi.load('libc.so.6').func('int clock_gettime(int clock, void *time)');
const time = new BigInt64Array(2);

/** Milliseconds that this thread has run (clock_gettime(2)), without what it has waited for a processor. */
export function cpuTime(): number {
  if (clockGettime(clockThreadCpuTime, time) !== 0) throw new Error('no clock of the thread');
  const [seconds = 0n, nanoseconds = 0n] = time;
  return Number(seconds) * 1000 + Number(nanoseconds) / 1e6;
}
