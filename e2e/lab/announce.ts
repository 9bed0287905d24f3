import { closeSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import { mustRun } from './command.ts';
import { call } from './net/libc.ts';
import { inNamespace } from './net/namespace.ts';

const AF_PACKET = 17;
const SOCK_RAW = 3;
const ETH_P_ARP = 0x0806;
const ARP_REPLY = 2;

/**
 * Broadcasts a gratuitous ARP reply (RFC 5227 §3) from eth0 of a namespace: "this IPv4 address is mine".
 * @throws LabError
 */
export async function announceAddress(namespace: string, address: string, times: number): Promise<void> {
  const links = JSON.parse(
    await mustRun(['ip', '-n', namespace, '-j', 'link', 'show', 'dev', 'eth0']),
  ) as readonly {
    readonly ifindex: number;
    readonly address: string;
  }[];
  const [link = { ifindex: 0, address: '' }] = links;
  const frame = gratuitousReply(Buffer.from(link.address.replaceAll(':', ''), 'hex'), address);
  const target = linkLayerAddress(link.ifindex);
  const fd = inNamespace(namespace, () => call('socket', AF_PACKET, SOCK_RAW, 0));
  try {
    for (let time = 0; time < times; time++)
      call('sendto', fd, frame, frame.length, 0, target, target.length);
  } finally {
    closeSync(fd);
  }
}

/** struct sockaddr_ll, packet(7). */
function linkLayerAddress(ifindex: number): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt16LE(AF_PACKET, 0);
  bytes.writeUInt16BE(ETH_P_ARP, 2);
  bytes.writeInt32LE(ifindex, 4);
  return bytes;
}

function gratuitousReply(own: Buffer, address: string): Buffer {
  const claimed = Buffer.from(ipaddr.parse(address).toByteArray());
  const ethernet = Buffer.concat([Buffer.alloc(6, 0xff), own, Buffer.of(ETH_P_ARP >> 8, ETH_P_ARP & 255)]);
  const head = Buffer.of(0, 1, 0x08, 0x00, 6, 4, 0, ARP_REPLY);
  return Buffer.concat([ethernet, head, own, claimed, Buffer.alloc(6, 0xff), claimed]);
}
