import type { NamedPort } from '../model/endpoint.ts';
import type { NamedPortSpec, PortSpec, Ports } from '../model/policy.ts';
import type { Packet } from './side.ts';

/**
 * `named` are the ports of the pod that the packet goes to; none where it does not go to a pod. Only a list without
 * an end, "all", matches ICMP together with the rest: ports never do.
 */
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

function matchPort(wanted: PortSpec, packet: Packet, named: readonly NamedPort[]): boolean {
  const { protocol, port } = packet;
  switch (wanted.kind) {
    case 'range':
      return wanted.protocol === protocol && wanted.first <= port && port <= wanted.last;
    case 'named':
      return named.some((own) => matchNamed(wanted, own, packet));
    case 'icmp':
      return protocol === (wanted.family === 4 ? 'ICMP' : 'ICMPv6') && port === wanted.type;
    case 'protocol':
      return protocol === wanted.protocol;
  }
}

/** A range that would end before it begins is the named port alone. */
function matchNamed(wanted: NamedPortSpec, own: NamedPort, { protocol, port }: Packet): boolean {
  if (own.name !== wanted.name || own.protocol !== wanted.protocol || own.protocol !== protocol) return false;
  return own.port <= port && port <= Math.max(own.port, wanted.last);
}
