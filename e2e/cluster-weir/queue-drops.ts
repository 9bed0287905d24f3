import { readFileSync } from 'node:fs';

/**
 * Packets that the kernel has dropped, in all network namespaces, since a processor's queue of received packets was
 * full (net.core.netdev_max_backlog): a busy machine's losses, which no policy has made. The second column of
 * /proc/net/softnet_stat, in hexadecimal digits.
 */
export const queueDrops = (): number =>
  readFileSync('/proc/net/softnet_stat', 'utf8')
    .trim()
    .split('\n')
    .reduce((sum, line) => sum + Number.parseInt(line.split(/ +/)[1] ?? '0', 16), 0);
