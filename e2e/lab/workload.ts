import { createSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { anyAddress, familyOf } from './net/family.ts';
import { inNamespace } from './net/namespace.ts';
import { IPPROTO_SCTP } from './net/sctp.ts';
import { openBound } from './net/socket.ts';
import type { LabPlan, LabPort } from './plan.ts';
import { type SctpListener, SctpServer } from './sctp-server.ts';

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

/** What listens at the moment. */
export class Workloads {
  /** What closes each workload, by its content. */
  readonly #open = new Map<string, () => void>();
  readonly #sctp = new SctpServer();

  /** Opens what is new and closes what is not among these any more; connections of the rest go on. */
  set(workloads: readonly Workload[]): void {
    const wanted = new Map(workloads.map((workload) => [JSON.stringify(workload), workload]));
    for (const [content, close] of this.#open) {
      if (wanted.has(content)) continue;
      this.#open.delete(content);
      close();
    }
    for (const [content, workload] of wanted) {
      if (!this.#open.has(content)) this.#open.set(content, this.#serve(workload));
    }
  }

  #serve(workload: Workload): () => void {
    const closers = workload.addresses.flatMap((address) => {
      const sctp = workload.ports.filter(({ protocol }) => protocol === 'SCTP').map(({ port }) => port);
      return [
        ...workload.ports.flatMap(({ protocol, port }) => {
          if (protocol === 'TCP') return [serveTcp(workload, address, port)];
          return protocol === 'UDP' ? [serveUdp(workload, address, port)] : [];
        }),
        ...(sctp.length > 0 ? [this.#sctp.add(openSctp(workload, address, sctp))] : []),
      ];
    });
    return () => {
      for (const close of closers) close();
    };
  }
}

const answerOf = (name: string, peer: string, said: string): string =>
  `${JSON.stringify({ name, peer, said })}\n`;

function serveTcp({ name, namespace }: Workload, address: string, port: number): () => void {
  const fd = inNamespace(namespace, () => openBound('stream', address, port, familyOf(address)));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const peer = socket.remoteAddress ?? '';
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    createInterface({ input: socket })
      .on('line', (line) => socket.write(answerOf(name, peer, line)))
      // The interface passes the socket's errors on.
      .on('error', () => undefined);
  });
  server.listen({ fd });
  return () => {
    server.close();
    // A connection would keep the namespace of a pod that is gone.
    for (const socket of sockets) socket.destroy();
  };
}

function serveUdp({ name, namespace }: Workload, address: string, port: number): () => void {
  const family = familyOf(address);
  const fd = inNamespace(namespace, () => openBound('datagram', address, port, family));
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
  socket.on('message', (message, peer) => {
    const answer = answerOf(name, peer.address, message.toString().trimEnd());
    // A sender that is gone or may not be answered is its own business.
    socket.send(answer, peer.port, peer.address, () => undefined);
  });
  socket.on('error', () => undefined).bind({ fd });
  return () => socket.close();
}

function openSctp({ namespace }: Workload, address: string, ports: readonly number[]): SctpListener {
  const family = familyOf(address);
  return {
    fd: inNamespace(namespace, () => openBound('raw', address, 0, family, IPPROTO_SCTP)),
    family,
    ports,
  };
}
