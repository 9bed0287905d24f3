import type { Log } from '@weir/log/log.ts';
import type { Datapath } from '../kernel/datapath.ts';

/** Each attach waits for grace periods of the kernel, and those of several can pass together. */
const atOnce = 4;

/**
 * Makes the attached interfaces just these, and puts programs that others got ahead of back at the head. Gives the
 * interfaces that could not be attached: one that has vanished meanwhile must not hold up the others.
 */
export async function attachInterfaces(
  datapath: Datapath,
  wanted: ReadonlySet<number>,
  log: Log,
): Promise<ReadonlySet<number>> {
  const before = new Set((await datapath.attached()).map(({ ifindex }) => ifindex));
  const failed = new Set<number>();
  const queue = [...wanted];
  const work = async (): Promise<void> => {
    for (let ifindex = queue.shift(); ifindex !== undefined; ifindex = queue.shift()) {
      try {
        await datapath.attach(ifindex);
        if (!before.has(ifindex)) log.info('attached', { ifindex });
      } catch (error) {
        failed.add(ifindex);
        log.warn('interface can not be attached', { ifindex, error: String(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  for (const ifindex of before) {
    if (wanted.has(ifindex)) continue;
    await datapath.detach(ifindex);
    log.info('detached', { ifindex });
  }
  return failed;
}
