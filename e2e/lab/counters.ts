import { readFileSync } from 'node:fs';
import { inNamespace } from './net/namespace.ts';

/** UDP datagrams that have reached the sockets of a namespace, or would have, were there one or room in it; IPv4. */
export function udpArrived(namespace: string): number {
  const text = inNamespace(namespace, () => readFileSync('/proc/thread-self/net/snmp', 'utf8'));
  const [names = [], values = []] = text
    .split('\n')
    .filter((line) => line.startsWith('Udp:'))
    .map((line) => line.split(' '));
  const value = (name: string): number => Number(values[names.indexOf(name)] ?? 0);
  return value('InDatagrams') + value('NoPorts') + value('InErrors');
}
