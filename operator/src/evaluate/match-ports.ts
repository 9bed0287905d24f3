import type { NamedPort } from '../model/endpoint.ts';
import type { PortSpec, Ports } from '../model/policy.ts';
import type { Packet } from './side.ts';

/** `named` are the ports of the pod that the packet goes to; none where it does not go to a pod. */
export function matchPorts(ports: Ports, packet: Packet, named: readonly NamedPort[]): boolean {
  switch (ports.kind) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'list':
      return ports.ports.some((port) => matchPort(port, packet, named));
  }
}

function matchPort(wanted: PortSpec, { protocol, port }: Packet, named: readonly NamedPort[]): boolean {
  if (wanted.protocol !== protocol) return false;
  switch (wanted.kind) {
    case 'range':
      return wanted.first <= port && port <= wanted.last;
    case 'named':
      return named.some(
        (own) => own.name === wanted.name && own.protocol === wanted.protocol && own.port === port,
      );
  }
}
