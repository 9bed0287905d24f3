import { closeSync } from 'node:fs';
import type { Family } from './net/family.ts';
import { payloadOfRaw } from './net/icmp.ts';
import { POLLIN, poll } from './net/libc.ts';
import { decodeSctp, encodeSctp } from './net/sctp.ts';
import { receive, sendTo } from './net/socket.ts';

/** How soon a listener that comes or goes is noticed, in milliseconds. */
const LOOK_MILLISECONDS = 100;

export interface SctpListener {
  /** A raw socket of protocol 132. */
  readonly fd: number;
  readonly family: Family;
  readonly ports: readonly number[];
}

/** Answers associations that are being set up, over raw sockets: kernels often have no SCTP of their own. */
export class SctpServer {
  readonly #listeners = new Set<SctpListener>();
  #running = false;

  /** @returns what closes the listener's socket */
  add(listener: SctpListener): () => void {
    this.#listeners.add(listener);
    if (!this.#running) void this.#run();
    return () => {
      this.#listeners.delete(listener);
      closeSync(listener.fd);
    };
  }

  /** One poll(2) for all, since each that is under way holds a thread. */
  async #run(): Promise<void> {
    this.#running = true;
    while (this.#listeners.size > 0) {
      const listeners = [...this.#listeners];
      const fds = Buffer.alloc(8 * listeners.length);
      listeners.forEach(({ fd }, index) => {
        fds.writeInt32LE(fd, index * 8);
        fds.writeInt32LE(POLLIN, index * 8 + 4);
      });
      await poll(fds, LOOK_MILLISECONDS);
      for (const listener of listeners) if (this.#listeners.has(listener)) answer(listener);
    }
    this.#running = false;
  }
}

/** Answers INIT with INIT ACK, on ports that the workload does not have with ABORT. */
function answer({ fd, family, ports }: SctpListener): void {
  for (let received = receive(fd); typeof received !== 'number'; received = receive(fd)) {
    const packet = decodeSctp(payloadOfRaw(family, received.data));
    if (packet?.chunk !== 'init') continue;
    const chunk = ports.includes(packet.destination) ? 'init-ack' : 'abort';
    const { source: destination, destination: source, tag: verificationTag } = packet;
    sendTo(fd, encodeSctp({ source, destination, verificationTag, chunk, tag: 1 }), received.from);
  }
}
