import { type ClientHttp2Stream, connect } from 'node:http2';
import { operatorName } from '@weir/operator/src/trust/authority.ts';
import type { weir } from '@weir/proto/bundle.js';
import { bundleService, decodeResponse, type SyncRequest, safeInteger } from '@weir/proto/service.ts';

export interface SimulatedAgentOptions {
  readonly node: string;
  /** "host:port" */
  readonly operator: string;
  /** In PEM: the operator's authority, and what shows that it is the agent of that node. */
  readonly tls: { readonly ca: Buffer; readonly cert: Buffer; readonly key: Buffer };
  /** Time from a revision's last byte to its report, in milliseconds; asked for each. */
  readonly applyMs: () => number;
  readonly onReported: () => void;
  /** A stream has ended; another one follows, as with an agent. */
  readonly onEnd: (reason: string) => void;
}

/** Before each message: a byte for its compression and four for its length. */
const headBytes = 5;
/** At most so long until the next connection, in milliseconds. */
const mostRetryMs = 2_000;

/**
 * The agent's side of the protocol and nothing behind it: a real stream over a TLS connection of its own, that
 * believes the operator every digest. Thousands of them in a process cost little, since they go by HTTP/2 alone.
 */
export class SimulatedAgent {
  readonly #options: SimulatedAgentOptions;
  #stream: ClientHttp2Stream | undefined;
  #received = Buffer.alloc(0);
  #enforced: { readonly revision: number; readonly digest: Uint8Array } = {
    revision: 0,
    digest: new Uint8Array(),
  };

  constructor(options: SimulatedAgentOptions) {
    this.#options = options;
  }

  /** Resolves when the operator has accepted the agent. */
  async start(): Promise<void> {
    const stream = this.#connect();
    await new Promise<void>((resolve) => stream.once('response', () => resolve()));
  }

  #connect(): ClientHttp2Stream {
    const { node, operator, tls } = this.#options;
    const session = connect(`https://${operator}`, { ...tls, servername: operatorName });
    const stream = session.request({
      ':method': 'POST',
      ':path': bundleService.sync.path,
      'content-type': 'application/grpc+proto',
      te: 'trailers',
    });
    let over = false;
    const end = (reason: string) => {
      if (over) return;
      over = true;
      session.destroy();
      this.#options.onEnd(reason);
      setTimeout(() => this.#connect(), Math.random() * mostRetryMs);
    };
    session.on('error', (error) => end(error.message));
    stream.on('error', (error) => end(error.message));
    stream.on('close', () => end('closed'));
    stream.on('data', (bytes: Buffer) => this.#receive(bytes));
    this.#stream = stream;
    this.#received = Buffer.alloc(0);
    const capabilities = ['ipv6', 'attach=tcx', 'kernel=6.18.0'];
    this.#send({ hello: { node, ...this.#enforced, version: 'v1.2.3', capabilities, addresses: [] } });
    return stream;
  }

  #send(request: SyncRequest): void {
    const message = bundleService.sync.requestSerialize(request);
    const head = Buffer.alloc(headBytes);
    head.writeUInt32BE(message.length, 1);
    this.#stream?.write(Buffer.concat([head, message]));
  }

  #receive(bytes: Buffer): void {
    let rest = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    while (rest.length >= headBytes) {
      const end = headBytes + rest.readUInt32BE(1);
      if (rest.length < end) break;
      this.#answer(decodeResponse(rest.subarray(headBytes, end)));
      rest = rest.subarray(end);
    }
    this.#received = Buffer.from(rest);
  }

  /** Reports what the last chunk completes. */
  #answer({ snapshot, delta }: weir.bundle.v1.SyncResponse): void {
    if (snapshot?.last) this.#apply(safeInteger(snapshot.revision), snapshot.digest);
    if (delta?.last) this.#apply(safeInteger(delta.toRevision), delta.toDigest);
  }

  #apply(revision: number, digest: Uint8Array | null | undefined): void {
    const counts = { endpoints: 1, tables: 1, prefixes: 1, uncovered: 0 };
    const applied = {
      revision,
      digest: Uint8Array.from(digest ?? []),
      durationNs: 1e6,
      counts,
      uncovered: [],
      attaching: [],
    };
    setTimeout(() => {
      this.#send({ applied });
      this.#options.onReported();
    }, this.#options.applyMs());
  }
}
