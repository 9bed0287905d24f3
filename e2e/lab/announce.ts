import { closeSync } from 'node:fs';
import ipaddr from 'ipaddr.js';
import { mustRun } from './command.ts';
import { familyOf } from './net/family.ts';
import { internetChecksum } from './net/icmp.ts';
import { call } from './net/libc.ts';
import { inNamespace } from './net/namespace.ts';

const AF_PACKET = 17;
const SOCK_RAW = 3;
const ETH_P_ARP = 0x0806;
const ETH_P_IPV6 = 0x86dd;
const ARP_REPLY = 2;

/**
 * Tells all neighbours from eth0 of a namespace that an address is here, as CNI plugins do for a new pod: a gratuitous
 * ARP reply (RFC 5227 §3) or an unsolicited neighbour advertisement (RFC 4861 §7.2.6).
 * @throws LabError
 */
export async function announceAddress(namespace: string, address: string, times = 1): Promise<void> {
  const links = JSON.parse(
    await mustRun(['ip', '-n', namespace, '-j', 'link', 'show', 'dev', 'eth0']),
  ) as readonly {
    readonly ifindex: number;
    readonly address: string;
  }[];
  const [link = { ifindex: 0, address: '' }] = links;
  const own = Buffer.from(link.address.replaceAll(':', ''), 'hex');
  const family = familyOf(address);
  const frame = family === 4 ? gratuitousReply(own, address) : neighbourAdvertisement(own, address);
  const target = linkLayerAddress(link.ifindex, family === 4 ? ETH_P_ARP : ETH_P_IPV6);
  const fd = inNamespace(namespace, () => call('socket', AF_PACKET, SOCK_RAW, 0));
  try {
    for (let time = 0; time < times; time++)
      call('sendto', fd, frame, frame.length, 0, target, target.length);
  } finally {
    closeSync(fd);
  }
}

/** struct sockaddr_ll, packet(7). */
function linkLayerAddress(ifindex: number, protocol: number): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeUInt16LE(AF_PACKET, 0);
  bytes.writeUInt16BE(protocol, 2);
  bytes.writeInt32LE(ifindex, 4);
  return bytes;
}

function gratuitousReply(own: Buffer, address: string): Buffer {
  const claimed = Buffer.from(ipaddr.parse(address).toByteArray());
  const ethernet = Buffer.concat([Buffer.alloc(6, 0xff), own, Buffer.of(ETH_P_ARP >> 8, ETH_P_ARP & 255)]);
  const head = Buffer.of(0, 1, 0x08, 0x00, 6, 4, 0, ARP_REPLY);
  return Buffer.concat([ethernet, head, own, claimed, Buffer.alloc(6, 0xff), claimed]);
}

/** To all nodes of the link, ff02::1, with the override flag. */
function neighbourAdvertisement(own: Buffer, address: string): Buffer {
  const claimed = Buffer.from(ipaddr.parse(address).toByteArray());
  const everybody = Buffer.from(ipaddr.parse('ff02::1').toByteArray());
  const ethernet = Buffer.concat([
    Buffer.of(0x33, 0x33, 0, 0, 0, 1),
    own,
    Buffer.of(ETH_P_IPV6 >> 8, ETH_P_IPV6 & 255),
  ]);
  const message = Buffer.concat([Buffer.of(136, 0, 0, 0, 0x20, 0, 0, 0), claimed, Buffer.of(2, 1), own]);
  const pseudo = Buffer.concat([claimed, everybody, Buffer.of(0, 0, 0, message.length, 0, 0, 0, 58)]);
  message.writeUInt16BE(internetChecksum(Buffer.concat([pseudo, message])), 2);
  const header = Buffer.of(0x60, 0, 0, 0, 0, message.length, 58, 255);
  return Buffer.concat([ethernet, header, claimed, everybody, message]);
}
