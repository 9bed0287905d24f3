import {
  frame,
  icmp4,
  icmp6,
  ip4,
  ip6,
  other,
  type Payload,
  sctp,
  tcp,
  tcpFlag,
  udp,
} from '../kernel/packet.ts';
import type { HookPacket } from './hook.ts';

const sctpInit = 1;

/** The first packet of a flow. `number` tells flows apart: the source port, or the identifier of ICMP. */
export function craftFrame({ direction, own, peer, protocol, port }: HookPacket, number: number): Buffer {
  const payload = craftPayload(protocol, port, number);
  const [from, to] = direction === 'egress' ? [own, peer] : [peer, own];
  const ends = { source: from.address, destination: to.address };
  return frame(from.family === 4 ? ip4(ends, payload) : ip6(ends, payload));
}

function craftPayload(protocol: HookPacket['protocol'], port: number, number: number): Payload {
  if (typeof protocol === 'number') return other(protocol);
  const ports = { sourcePort: number, destinationPort: port };
  switch (protocol) {
    case 'TCP':
      return tcp({ ...ports, flags: tcpFlag.syn });
    case 'UDP':
      return udp(ports);
    case 'SCTP':
      return sctp({ ...ports, chunk: sctpInit });
    case 'ICMP':
      return icmp4({ type: port, id: number });
    case 'ICMPv6':
      return icmp6({ type: port, id: number });
  }
}
