import { closeSync } from 'node:fs';
import type { Family } from './family.ts';
import { call, tryCall } from './libc.ts';
import { decodeSocketAddress, domainOf, encodeSocketAddress } from './socket-address.ts';

const SOCK_NONBLOCK = 0o4000;
const SOCK_CLOEXEC = 0o2000000;
const types = { stream: 1, datagram: 2, raw: 3 } as const;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_ERROR = 4;
const SO_RCVBUFFORCE = 33;
const RECEIVE_BYTES = 4 << 20;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;

const int32 = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};

/** Opens a non-blocking socket in the thread's network namespace. `protocol` 0 is the type's own. */
export function openSocket(family: Family, type: keyof typeof types, protocol = 0): number {
  return call('socket', domainOf(family), types[type] | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
}

/** Opens a socket that listens (stream) or receives (datagram, raw) on an address of the thread's namespace. */
export function openBound(
  type: keyof typeof types,
  address: string,
  port: number,
  family: Family,
  protocol = 0,
): number {
  const fd = openSocket(family, type, protocol);
  try {
    call('setsockopt', fd, SOL_SOCKET, SO_REUSEADDR, int32(1), 4);
    // Raw IPv6 sockets see no IPv4 anyway, and refuse the option.
    if (family === 6 && type !== 'raw') call('setsockopt', fd, IPPROTO_IPV6, IPV6_V6ONLY, int32(1), 4);
    // A process that has to wait for its turn loses no datagram meanwhile.
    if (type === 'datagram') call('setsockopt', fd, SOL_SOCKET, SO_RCVBUFFORCE, int32(RECEIVE_BYTES), 4);
    bindSocket(fd, address, port);
    if (type === 'stream') call('listen', fd, 512);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

export function bindSocket(fd: number, address: string, port: number): void {
  const encoded = encodeSocketAddress(address, port);
  call('bind', fd, encoded, encoded.length);
}

/** 0 or -errno. */
export function connectSocket(fd: number, address: string, port: number): number {
  const encoded = encodeSocketAddress(address, port);
  return tryCall('connect', fd, encoded, encoded.length);
}

/** Bytes sent or -errno. */
export function sendTo(fd: number, data: Uint8Array, address: string, port = 0): number {
  const encoded = encodeSocketAddress(address, port);
  return tryCall('sendto', fd, data, data.length, 0, encoded, encoded.length);
}

export const send = (fd: number, data: Uint8Array): number => tryCall('send', fd, data, data.length, 0x4000);

export interface Received {
  readonly data: Buffer;
  readonly from: string;
}

/** What has arrived, or -errno; an empty text as `from` on connected streams. */
export function receive(fd: number): Received | number {
  const data = Buffer.alloc(2048);
  const address = Buffer.alloc(28);
  const size = Buffer.from([28, 0, 0, 0]);
  const length = tryCall('recvfrom', fd, data, data.length, 0, address, size);
  if (length < 0) return length;
  const from = size.readUInt32LE(0) === 0 ? '' : decodeSocketAddress(address);
  return { data: data.subarray(0, length), from };
}

/** The pending error's number, which reading clears; 0: none. */
export function socketError(fd: number): number {
  const value = Buffer.alloc(4);
  call('getsockopt', fd, SOL_SOCKET, SO_ERROR, value, Buffer.from([4, 0, 0, 0]));
  return value.readInt32LE(0);
}
