import { createSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Family } from './net/family.ts';
import { anyAddress, familyOf } from './net/family.ts';
import { payloadOfRaw } from './net/icmp.ts';
import { POLLIN, poll } from './net/libc.ts';
import { inNamespace } from './net/namespace.ts';
import { decodeSctp, encodeSctp, IPPROTO_SCTP } from './net/sctp.ts';
import { openBound, receive, sendTo } from './net/socket.ts';
import type { LabPlan, LabPort } from './plan.ts';

/**
 * What answers in one namespace: every datagram, and every line of a TCP stream, gets a line of JSON with the
 * workload's `name`, the sender's address as `peer` and what it `said`.
 */
export interface Workload {
  readonly name: string;
  readonly namespace: string;
  /** One of each family is enough where the wildcard address does. */
  readonly addresses: readonly string[];
  readonly ports: readonly LabPort[];
}

/** The workloads of a plan: its pods, host-network pods among them, and the outside world. */
export function workloadsOf(plan: LabPlan): readonly Workload[] {
  const pods = plan.pods.map(({ key, namespace, addresses, ports }) => ({
    name: key,
    namespace,
    addresses: [...new Set(addresses.map(familyOf))].map(anyAddress),
    ports,
  }));
  // A reply of a wildcard UDP socket would have the route's source address, so each address gets its own.
  return [...pods, { name: 'world', ...plan.world }];
}

/** Opens all ports of all workloads in their namespaces; they stay open as long as this process. */
export function serve(workloads: readonly Workload[]): void {
  const sctp: SctpListener[] = [];
  for (const workload of workloads) {
    for (const address of workload.addresses) {
      const family = familyOf(address);
      for (const { protocol, port } of workload.ports) {
        if (protocol === 'TCP') serveTcp(workload, address, port, family);
        if (protocol === 'UDP') serveUdp(workload, address, port, family);
      }
      sctp.push(...openSctp(workload, address, family));
    }
  }
  if (sctp.length > 0) void serveSctp(sctp);
}

const answerOf = (name: string, peer: string, said: string): string =>
  `${JSON.stringify({ name, peer, said })}\n`;

function serveTcp(workload: Workload, address: string, port: number, family: Family): void {
  const fd = inNamespace(workload.namespace, () => openBound('stream', address, port, family));
  const answer = (socket: Socket): void => {
    const peer = socket.remoteAddress ?? '';
    createInterface({ input: socket }).on('line', (line) =>
      socket.write(answerOf(workload.name, peer, line)),
    );
    socket.on('error', () => socket.destroy());
  };
  createServer(answer).listen({ fd });
}

function serveUdp(workload: Workload, address: string, port: number, family: Family): void {
  const fd = inNamespace(workload.namespace, () => openBound('datagram', address, port, family));
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
  socket.on('message', (message, peer) => {
    const answer = answerOf(workload.name, peer.address, message.toString().trimEnd());
    // A sender that is gone or may not be answered is its own business.
    socket.send(answer, peer.port, peer.address, () => undefined);
  });
  socket.on('error', () => undefined).bind({ fd });
}

interface SctpListener {
  readonly fd: number;
  readonly family: Family;
  readonly ports: readonly number[];
}

function openSctp(workload: Workload, address: string, family: Family): readonly SctpListener[] {
  const ports = workload.ports.filter(({ protocol }) => protocol === 'SCTP').map(({ port }) => port);
  if (ports.length === 0) return [];
  const fd = inNamespace(workload.namespace, () => openBound('raw', address, 0, family, IPPROTO_SCTP));
  return [{ fd, family, ports }];
}

/** One poll(2) for all, since each that is under way holds a thread. */
async function serveSctp(listeners: readonly SctpListener[]): Promise<never> {
  const fds = Buffer.alloc(8 * listeners.length);
  for (;;) {
    listeners.forEach(({ fd }, index) => {
      fds.writeInt32LE(fd, index * 8);
      fds.writeInt32LE(POLLIN, index * 8 + 4);
    });
    await poll(fds, -1);
    for (const listener of listeners) answerSctp(listener);
  }
}

/** Answers INIT with INIT ACK, on ports that the workload does not have with ABORT. */
function answerSctp({ fd, family, ports }: SctpListener): void {
  const received = receive(fd);
  if (typeof received === 'number') return;
  const packet = decodeSctp(payloadOfRaw(family, received.data));
  if (packet?.chunk !== 'init') return;
  const chunk = ports.includes(packet.destination) ? 'init-ack' : 'abort';
  const { source: destination, destination: source, tag: verificationTag } = packet;
  sendTo(fd, encodeSctp({ source, destination, verificationTag, chunk, tag: 1 }), received.from);
}
