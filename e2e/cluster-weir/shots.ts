import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { anyAddress, familyOf } from '../lab/net/family.ts';
import { inNamespace } from '../lab/net/namespace.ts';
import { openBound } from '../lab/net/socket.ts';

/** Longer than any answer takes on a machine that has much else to do. */
const patienceMs = 2_000;

export interface Target {
  /** Of the sender. */
  readonly namespace: string;
  readonly address: string;
  readonly port: number;
}

/**
 * Datagrams that each open a flow of their own, so that each is judged by the policies in force: to a port where
 * agnhost netexec says back what it is told.
 */
export class Shots {
  sent = 0;
  answered = 0;
  readonly #target: Target;
  readonly #sockets = new Set<Socket>();
  readonly #timer: NodeJS.Timeout;

  /** @param interval milliseconds */
  constructor(target: Target, interval = 5) {
    this.#target = target;
    this.#timer = setInterval(() => this.#shoot(), interval);
  }

  get lost(): number {
    return this.sent - this.answered;
  }

  /** Waits for the last answers. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const deadline = performance.now() + patienceMs;
    while (this.#sockets.size > 0 && performance.now() < deadline) await sleep(10);
    for (const socket of this.#sockets) this.#end(socket);
  }

  #shoot(): void {
    const { namespace, address, port } = this.#target;
    const family = familyOf(address);
    const fd = inNamespace(namespace, () => openBound('datagram', anyAddress(family), 0, family));
    const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
    this.#sockets.add(socket);
    const giveUp = setTimeout(() => this.#end(socket), patienceMs);
    socket
      .on('message', () => {
        this.answered += 1;
        clearTimeout(giveUp);
        this.#end(socket);
      })
      .on('error', () => undefined)
      .bind({ fd }, () => socket.send('echo shot', port, address, () => undefined));
    this.sent += 1;
  }

  #end(socket: Socket): void {
    if (this.#sockets.delete(socket)) socket.close();
  }
}
