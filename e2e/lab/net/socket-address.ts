import ipaddr from 'ipaddr.js';
import type { Family } from './family.ts';
import { familyOf } from './family.ts';

const AF_INET = 2;
const AF_INET6 = 10;

export const domainOf = (family: Family): number => (family === 4 ? AF_INET : AF_INET6);

/** struct sockaddr_in or sockaddr_in6 (ip(7), ipv6(7)): port and address in network byte order. */
export function encodeSocketAddress(address: string, port: number): Uint8Array {
  const family = familyOf(address);
  const bytes = Buffer.alloc(family === 4 ? 16 : 28);
  bytes.writeUInt16LE(domainOf(family), 0);
  bytes.writeUInt16BE(port, 2);
  bytes.set(ipaddr.parse(address).toByteArray(), family === 4 ? 4 : 8);
  return bytes;
}

/** The address of a struct sockaddr_in or sockaddr_in6 as text. */
export function decodeSocketAddress(bytes: Buffer): string {
  const family: Family = bytes.readUInt16LE(0) === AF_INET ? 4 : 6;
  const raw = family === 4 ? bytes.subarray(4, 8) : bytes.subarray(8, 24);
  return ipaddr.fromByteArray([...raw]).toString();
}
