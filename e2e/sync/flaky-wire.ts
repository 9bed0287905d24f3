import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { ownLoopback } from '../own-loopback.ts';

/** A TCP relay on loopback that can cut all its connections, also amid a message. */
export class FlakyWire {
  readonly #server = createServer((near) => this.#relay(near));
  readonly #sockets = new Set<Socket>();
  /** A port of ownLoopback. */
  readonly #target: number;
  /** Bytes toward the agent after which a connection is cut; undefined: never. */
  cutAfter: number | undefined;

  constructor(target: number) {
    this.#target = target;
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #relay(near: Socket): void {
    const far = connect(this.#target, ownLoopback);
    let left = this.cutAfter;
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (bytes: Buffer) => {
      if (left !== undefined) {
        left -= bytes.length;
        if (left < 0) {
          near.destroy();
          return;
        }
      }
      near.write(bytes);
    });
  }
}
