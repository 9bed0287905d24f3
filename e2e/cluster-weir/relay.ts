import { type AddressInfo, createServer, Socket } from 'node:net';
import { Transform } from 'node:stream';
import { errnoOf, POLLOUT, poll } from '../lab/net/libc.ts';
import { inNamespace } from '../lab/net/namespace.ts';
import { connectSocket, openBound, openSocket } from '../lab/net/socket.ts';

export interface RelayOptions {
  /** Network namespace in which it listens, at 127.0.0.1; undefined: the caller's. */
  readonly near?: string;
  /** Where it connects from. */
  readonly far: string;
  /** IPv4. */
  readonly address: string;
  readonly port: number;
}

/** A way for TCP connections from one network namespace into another that counts bytes and can be cut. */
export class Relay {
  /** Bytes that came from the far end. */
  received = 0;
  /** Connections so far. */
  connections = 0;
  /** New connections are reset too. */
  closed = false;
  /** So many bytes from the far end still get through; what comes behind them is held for ever. */
  allowance = Number.POSITIVE_INFINITY;
  readonly #options: RelayOptions;
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer({ noDelay: true }, (socket) => {
    this.#carry(socket).catch(() => socket.destroy());
  });

  private constructor(options: RelayOptions) {
    this.#options = options;
  }

  static async open(options: RelayOptions): Promise<Relay> {
    const relay = new Relay(options);
    const bound = (): number => openBound('stream', '127.0.0.1', 0, 4);
    const fd = options.near === undefined ? bound() : inNamespace(options.near, bound);
    await new Promise<void>((resolve) => relay.#server.listen({ fd }, resolve));
    return relay;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Resets every connection; new ones get through. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #carry(near: Socket): Promise<void> {
    this.connections += 1;
    this.#keep(near);
    if (this.closed) {
      near.resetAndDestroy();
      return;
    }
    const { far: namespace, address, port } = this.#options;
    const far = await connectIn(namespace, address, port);
    this.#keep(far);
    near.pipe(far).on('close', () => near.destroy());
    far
      .pipe(this.#meter())
      .pipe(near)
      .on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  }

  #meter(): Transform {
    const meter: Transform = new Transform({
      transform: (bytes: Buffer, _, done) => {
        const passed = bytes.subarray(0, this.allowance);
        this.allowance -= passed.length;
        this.received += passed.length;
        meter.push(passed);
        if (passed.length === bytes.length) done();
      },
    });
    return meter;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket));
  }
}

/** A connection that belongs to a network namespace. */
async function connectIn(namespace: string, address: string, port: number): Promise<Socket> {
  const fd = inNamespace(namespace, () => {
    const opened = openSocket(4, 'stream');
    const failed = connectSocket(opened, address, port);
    if (failed < 0 && -failed !== errnoOf.EINPROGRESS)
      throw new Error(`${address}:${port}: error ${-failed}`);
    return opened;
  });
  const fds = Buffer.alloc(8);
  fds.writeInt32LE(fd, 0);
  fds.writeInt32LE(POLLOUT, 4);
  await poll(fds, 5_000);
  const socket = new Socket({ fd });
  socket.setNoDelay(true);
  return socket;
}
