import type { Family } from './family.ts';

export const icmpProtocol = (family: Family): number => (family === 4 ? 1 : 58);

const requestType = (family: Family): number => (family === 4 ? 8 : 128);
const replyType = (family: Family): number => (family === 4 ? 0 : 129);

/** An echo request (RFC 792, RFC 4443); of ICMPv6 the kernel fills in the checksum. */
export function encodeEcho(family: Family, id: number, sequence: number): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt8(requestType(family), 0);
  bytes.writeUInt16BE(id, 4);
  bytes.writeUInt16BE(sequence, 6);
  if (family === 4) bytes.writeUInt16BE(internetChecksum(bytes), 2);
  return bytes;
}

/** Whether an ICMP message answers an echo request. */
export function isEchoReply(family: Family, message: Buffer, id: number, sequence: number): boolean {
  return (
    message.length >= 8 &&
    message.readUInt8(0) === replyType(family) &&
    message.readUInt16BE(4) === id &&
    message.readUInt16BE(6) === sequence
  );
}

/** What a raw IPv4 socket delivers begins with the IP header, what a raw IPv6 socket delivers does not. */
export function payloadOfRaw(family: Family, packet: Buffer): Buffer {
  return family === 4 && packet.length > 0 ? packet.subarray((packet.readUInt8(0) & 15) * 4) : packet;
}

/** RFC 1071, over an even number of bytes. */
export function internetChecksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
