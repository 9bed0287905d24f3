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
  /** When and to where those went that nobody has answered, with errors of their sockets. */
  readonly missed: string[] = [];
  readonly #target: Target;
  readonly #patienceMs: number;
  /** With what is told of each where it is missed. */
  readonly #sockets = new Map<Socket, string>();
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
    for (const socket of this.#sockets.keys()) this.#giveUp(socket);
  }

  #shoot(): void {
    const { namespace, address, port } = this.#target;
    const family = familyOf(address);
    const fd = inNamespace(namespace, () => openBound('datagram', anyAddress(family), 0, family));
    const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
    const note = (error: Error | null): void => {
      if (error) this.#sockets.set(socket, `${this.#sockets.get(socket)}: ${error.message}`);
    };
    this.#sockets.set(socket, `${new Date().toISOString()} to ${address}`);
    let giveUp = setTimeout(() => {
      giveUp = setTimeout(() => this.#giveUp(socket), readMs);
    }, this.#patienceMs);
    socket
      .on('message', () => {
        this.answered += 1;
        clearTimeout(giveUp);
        this.#end(socket);
      })
      .on('error', note)
      .bind({ fd }, () => socket.send('echo shot', port, address, note));
    this.sent += 1;
  }

  #giveUp(socket: Socket): void {
    const told = this.#sockets.get(socket);
    if (told !== undefined) this.missed.push(told);
    this.#end(socket);
  }

  #end(socket: Socket): void {
    if (this.#sockets.delete(socket)) socket.close();
  }
}
