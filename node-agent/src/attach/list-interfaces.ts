import { AgentError } from '../errors.ts';
import {
  addressAttribute,
  linkAttribute,
  type NetlinkMessage,
  readAttributes,
  rtm,
} from '../netlink/netlink-message.ts';
import { NetlinkSocket } from '../netlink/netlink-socket.ts';
import type { PodInterface } from './pod-interface.ts';

interface VethLink {
  readonly ifindex: number;
  readonly name: string;
  readonly peerNamespace: number;
  readonly peerIfindex: number;
}

/** EINVAL: there is no namespace of this id. */
const noNamespace = 22;

const linkHeader = 16;
const addressHeader = 8;

/**
 * Pods as the host's network namespace sees them: links that name a peer in another namespace, and the addresses
 * there (RTM_GETADDR with IFA_TARGET_NETNSID). Never from neighbour or forwarding tables: a pod writes those.
 */
export function listInterfaces(socket: NetlinkSocket): PodInterface[] {
  const veths = socket.dump(rtm.getLink, Buffer.alloc(linkHeader)).flatMap(readVeth);
  const byNamespace = new Map<number, Map<number, Uint8Array[]>>();
  return veths.map(({ ifindex, name, peerNamespace, peerIfindex }) => {
    let addresses = byNamespace.get(peerNamespace);
    if (addresses === undefined) {
      addresses = listAddresses(socket, peerNamespace);
      byNamespace.set(peerNamespace, addresses);
    }
    return { ifindex, name, addresses: addresses.get(peerIfindex) ?? [] };
  });
}

/** Link names whose addresses are not the node's own: kube-proxy's service addresses and the node-local DNS. */
const foreignLinks = new Set(['kube-ipvs0', 'nodelocaldns']);

/** Addresses of this namespace itself, for the identity of the host. */
export function listOwnAddresses(socket: NetlinkSocket): Uint8Array[] {
  const foreign = new Set<number>();
  for (const { body } of socket.dump(rtm.getLink, Buffer.alloc(linkHeader))) {
    const name = readName(readAttributes(body.subarray(linkHeader)));
    if (foreignLinks.has(name)) foreign.add(body.readInt32LE(4));
  }
  const own: Uint8Array[] = [];
  for (const [ifindex, addresses] of listAddresses(socket, undefined)) {
    if (!foreign.has(ifindex)) own.push(...addresses);
  }
  return own;
}

/** Names of all interfaces of this namespace. */
export function listLinkNames(): readonly string[] {
  const socket = new NetlinkSocket(0);
  try {
    return socket
      .dump(rtm.getLink, Buffer.alloc(linkHeader))
      .map(({ body }) => readName(readAttributes(body.subarray(linkHeader))));
  } finally {
    socket.close();
  }
}

function readVeth({ type, body }: NetlinkMessage): VethLink[] {
  if (type !== rtm.newLink) return [];
  const attributes = readAttributes(body.subarray(linkHeader));
  const netns = attributes.get(linkAttribute.netnsId);
  const peer = attributes.get(linkAttribute.link);
  if (netns === undefined || peer === undefined) return [];
  const peerNamespace = netns.readInt32LE(0);
  // -1: the peer's namespace has no id here, so it can't be asked.
  if (peerNamespace < 0) return [];
  return [
    {
      ifindex: body.readInt32LE(4),
      name: readName(attributes),
      peerNamespace,
      peerIfindex: peer.readUInt32LE(0),
    },
  ];
}

/** By ifindex, in the given namespace or in the socket's own. */
function listAddresses(socket: NetlinkSocket, namespace: number | undefined): Map<number, Uint8Array[]> {
  const request = Buffer.alloc(namespace === undefined ? addressHeader : addressHeader + 8);
  if (namespace !== undefined) {
    request.writeUInt16LE(8, addressHeader);
    request.writeUInt16LE(addressAttribute.targetNetnsId, addressHeader + 2);
    request.writeInt32LE(namespace, addressHeader + 4);
  }
  const addresses = new Map<number, Uint8Array[]>();
  for (const { type, body } of dumpAddresses(socket, request)) {
    if (type !== rtm.newAddress) continue;
    const attributes = readAttributes(body.subarray(addressHeader));
    // On a point-to-point link IFA_ADDRESS is the other end.
    const address = attributes.get(addressAttribute.local) ?? attributes.get(addressAttribute.address);
    if (address === undefined || isLinkLocal(address)) continue;
    const ifindex = body.readUInt32LE(4);
    const list = addresses.get(ifindex);
    if (list === undefined) addresses.set(ifindex, [address]);
    else list.push(address);
  }
  return addresses;
}

/** None of a namespace that has gone since its links were listed: its pod must not hold up the others. */
function dumpAddresses(socket: NetlinkSocket, request: Buffer): readonly NetlinkMessage[] {
  try {
    return socket.dump(rtm.getAddress, request);
  } catch (error) {
    if (error instanceof AgentError && error.fields.errno === noNamespace) return [];
    throw error;
  }
}

/** fe80::/10: every interface has one, and none of them names an endpoint. */
const isLinkLocal = (address: Uint8Array): boolean =>
  address.length === 16 && address[0] === 0xfe && ((address[1] ?? 0) & 0xc0) === 0x80;

function readName(attributes: ReadonlyMap<number, Buffer>): string {
  const name = attributes.get(linkAttribute.name);
  return name === undefined ? '' : name.toString('utf8').replace(/\0+$/, '');
}
