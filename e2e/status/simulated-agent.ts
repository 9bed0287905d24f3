import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { operatorName } from '@weir/operator/src/trust/authority.ts';
import type { weir } from '@weir/proto/bundle.js';
import { bundleService, decodeResponse, type SyncRequest, safeInteger } from '@weir/proto/service.ts';

export interface SimulatedAgentOptions {
  readonly node: string;
  /** Of the operator, on 127.0.0.1. */
  readonly port: number;
  /** In PEM: the operator's authority, and what shows that it is the agent of that node. */
  readonly tls: { readonly ca: Buffer; readonly cert: Buffer; readonly key: Buffer };
  /** Time from a revision's last byte to its report, in milliseconds; asked for each. */
  readonly applyMs: () => number;
  readonly onReported: () => void;
  readonly onEnd: (error: Error | undefined) => void;
}

/** Before each message: a byte for its compression and four for its length. */
const headBytes = 5;

/**
 * The agent's side of the protocol and nothing behind it: a real stream over a TLS connection of its own, that
 * believes the operator every digest. Thousands of them in a process cost little, since they go by HTTP/2 alone.
 */
export class SimulatedAgent {
  readonly #options: SimulatedAgentOptions;
  readonly #session: ClientHttp2Session;
  readonly #stream: ClientHttp2Stream;
  #received = Buffer.alloc(0);

  constructor(options: SimulatedAgentOptions) {
    this.#options = options;
    const { node, port, tls, onEnd } = options;
    this.#session = connect(`https://127.0.0.1:${port}`, { ...tls, servername: operatorName });
    this.#session.on('error', onEnd);
    this.#stream = this.#session.request({
      ':method': 'POST',
      ':path': bundleService.sync.path,
      'content-type': 'application/grpc+proto',
      te: 'trailers',
    });
    this.#stream.on('error', onEnd);
    this.#stream.on('end', () => onEnd(undefined));
    this.#stream.on('data', (bytes: Buffer) => this.#receive(bytes));
    const capabilities = ['ipv6', 'attach=tcx', 'kernel=6.18.0'];
    this.#send({ hello: { node, revision: 0, version: 'v1.2.3', capabilities, addresses: [] } });
  }

  /** Resolves when the operator has accepted the agent. */
  accepted(): Promise<void> {
    return new Promise((resolve) => this.#stream.once('response', () => resolve()));
  }

  #send(request: SyncRequest): void {
    const message = bundleService.sync.requestSerialize(request);
    const head = Buffer.alloc(headBytes);
    head.writeUInt32BE(message.length, 1);
    this.#stream.write(Buffer.concat([head, message]));
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
    };
    setTimeout(() => {
      this.#send({ applied });
      this.#options.onReported();
    }, this.#options.applyMs());
  }
}
