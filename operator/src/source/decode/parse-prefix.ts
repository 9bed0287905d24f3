import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Prefix } from '../../model/address.ts';

/** A whole address, as /32 or /128; undefined for anything else, IPv4-mapped IPv6 and zones included. */
export function parseAddress(text: string): Prefix | undefined {
  const bytes = addressBytes(text);
  return bytes && prefix(bytes, bytes.length * 8);
}

/** "address/length", host bits cleared; undefined for anything else, such as a bare address or a length of "08". */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.indexOf('/');
  const bytes = addressBytes(text.slice(0, Math.max(slash, 0)));
  const digits = text.slice(slash + 1);
  if (bytes === undefined || !/^(0|[1-9][0-9]{0,2})$/.test(digits)) return undefined;
  const length = Number(digits);
  return length > bytes.length * 8 ? undefined : prefix(bytes, length);
}

function addressBytes(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const address = ipaddr.IPv6.parse(text);
  return address.isIPv4MappedAddress() ? undefined : Uint8Array.from(address.toByteArray());
}

function prefix(bytes: Uint8Array, length: number): Prefix {
  const address = room(bytes.length);
  for (const [at, byte] of bytes.entries())
    address[at] = byte & (0xff00 >> Math.min(8, Math.max(0, length - at * 8)));
  const family = bytes.length === 4 ? 4 : 6;
  const text = family === 4 ? address.join('.') : new ipaddr.IPv6([...address]).toRFC5952String();
  return { family, address, length, text: `${text}/${length}` };
}

const blockBytes = 1024;
let block = new Uint8Array(0);
let blockUsed = 0;

/** Zeros. In a buffer that others share: one of its own takes a hundred bytes, and there is an address for every pod. */
function room(length: number): Uint8Array {
  if (blockUsed + length > block.length) {
    block = new Uint8Array(blockBytes);
    blockUsed = 0;
  }
  blockUsed += length;
  return block.subarray(blockUsed - length, blockUsed);
}

/** Whether every address of `inner` is one of `outer`. */
export function containsPrefix(outer: Prefix, inner: Prefix): boolean {
  if (outer.family !== inner.family || inner.length < outer.length) return false;
  return prefix(inner.address, outer.length).text === outer.text;
}
