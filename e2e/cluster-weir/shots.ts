import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as sleep } from 'node:timers/promises';
import { anyAddress, familyOf } from '../lab/net/family.ts';
import { inNamespace } from '../lab/net/namespace.ts';
import { openBound } from '../lab/net/socket.ts';

/** Longer than any answer takes on a machine that has much else to do, unless this process stands still. */
const defaultPatienceMs = 2_000;
/** What has come while this process stood still is read within that time. */
const readMs = 500;

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
  readonly #patienceMs: number;
  readonly #sockets = new Set<Socket>();
  readonly #timer: NodeJS.Timeout;

  /** @param interval milliseconds @param patienceMs within which an answer counts */
  constructor(target: Target, interval = 5, patienceMs = defaultPatienceMs) {
    this.#target = target;
    this.#patienceMs = patienceMs;
    this.#timer = setInterval(() => this.#shoot(), interval);
  }

  get lost(): number {
    return this.sent - this.answered;
  }

  /** Waits for the last answers. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const deadline = performance.now() + this.#patienceMs;
    while (this.#sockets.size > 0 && performance.now() < deadline) await sleep(10);
    if (this.#sockets.size > 0) await sleep(readMs);
    for (const socket of this.#sockets) this.#end(socket);
  }

  #shoot(): void {
    const { namespace, address, port } = this.#target;
    const family = familyOf(address);
    const fd = inNamespace(namespace, () => openBound('datagram', anyAddress(family), 0, family));
    const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
    this.#sockets.add(socket);
    let giveUp = setTimeout(() => {
      giveUp = setTimeout(() => this.#end(socket), readMs);
    }, this.#patienceMs);
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
