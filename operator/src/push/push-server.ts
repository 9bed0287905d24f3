import { status as grpcStatus, Server, ServerCredentials } from '@grpc/grpc-js';
import type { Log } from '@weir/log/log.ts';
import type { weir } from '@weir/proto/bundle.js';
import { bundleService, maxMessageBytes, type SyncRequest } from '@weir/proto/service.ts';
import type { BundleChange } from '../bundle/bundle-change.ts';
import type { NodeBundle } from '../bundle/node-bundle.ts';
import { OperatorError } from '../errors.ts';
import { DeltaEncoder } from './encode-delta.ts';
import { isNode } from './is-node.ts';
import { NodeRecord } from './node-record.ts';
import { type NodeStatus, unknownStatus } from './node-status.ts';
import { readHello } from './read-request.ts';
import { type RetryMs, Session, type Stream } from './session.ts';

export interface PushOptions {
  /** The node's newest bundle; undefined: the operator knows no such node. */
  readonly bundle: (node: string) => NodeBundle | undefined;
  readonly tls: ServerTls;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Called on every change of it; must not throw. */
  readonly onStatus: (node: string, status: NodeStatus) => void;
  /** A pod that a CNI plugin announced on that node. */
  readonly onClaim?: (node: string, claim: weir.bundle.v1.Claim.$Properties) => void;
  /** Asked for each new stream: why agents have to go to another operator; undefined: they are served here. */
  readonly elsewhere?: () => string | undefined;
  /** Before a refused revision is tried again; 1 s to 1 min unless told. */
  readonly retryMs?: RetryMs;
}

/** In PEM. Agents must show a certificate by the authority. */
export interface ServerTls {
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Milliseconds that a stream may stay without its Hello, and that a close waits for streams to end. */
const helloMs = 10_000;
const closeMs = 1_000;

const channelOptions = {
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes,
  // A node that is cut off without a FIN is noticed within half a minute.
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
};

/** Serves every node its bundle: weir.bundle.v1.BundleService over mutual TLS. */
export class PushServer {
  readonly #options: PushOptions;
  readonly #server = new Server(channelOptions);
  readonly #records = new Map<string, NodeRecord>();
  readonly #sessions = new Map<string, Session>();

  constructor(options: PushOptions) {
    this.#options = options;
    this.#server.addService(bundleService, { sync: (stream: Stream) => this.#accept(stream) });
  }

  /** Serves on "host:port" (port 0: a free one) and resolves to the port. Throws an OperatorError `listen-failed`. */
  async listen(address: string): Promise<number> {
    const { ca, cert, key } = this.#options.tls;
    const credentials = ServerCredentials.createSsl(ca, [{ private_key: key, cert_chain: cert }], true);
    return new Promise((resolve, reject) => {
      this.#server.bindAsync(address, credentials, (error, port) => {
        if (error) reject(new OperatorError('listen-failed', `${address}: ${error.message}`, error));
        else resolve(port);
      });
    });
  }

  /** Bundles have changed; `bundle` already gives the new ones. Changes of one node come in their order. */
  publish(changes: readonly BundleChange[]): void {
    const encoder = new DeltaEncoder();
    for (const [node, ofNode] of Map.groupBy(changes, (change) => change.node)) {
      this.#record(node).follow(this.#options.bundle(node), ofNode);
      this.#sessions.get(node)?.advance(encoder);
    }
  }

  /** How many agents have a stream. */
  get agents(): number {
    return this.#sessions.size;
  }

  status(node: string): NodeStatus {
    return this.#records.get(node)?.status ?? unknownStatus;
  }

  /** Ends all streams, so that agents look for another operator. */
  dismiss(details: string): void {
    for (const session of this.#sessions.values()) session.end(grpcStatus.UNAVAILABLE, details);
    this.#sessions.clear();
  }

  /** Ends all streams and stops listening. */
  async close(): Promise<void> {
    this.dismiss('the operator stops');
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => {
        this.#server.forceShutdown();
        resolve();
      }, closeMs);
      this.#server.tryShutdown(() => {
        clearTimeout(force);
        resolve();
      });
    });
  }

  #record(node: string): NodeRecord {
    const known = this.#records.get(node);
    if (known) return known;
    const { clock, onStatus } = this.#options;
    const record = new NodeRecord(clock, (status) => onStatus(node, status));
    this.#records.set(node, record);
    return record;
  }

  #accept(stream: Stream): void {
    let session: Session | undefined;
    let over = false;
    const late = setTimeout(() => end(grpcStatus.DEADLINE_EXCEEDED, 'no Hello came'), helloMs);
    const leave = () => {
      over = true;
      clearTimeout(late);
      if (session) this.#leave(session);
    };
    const end = (code: grpcStatus, details: string) => {
      leave();
      stream.emit('error', { code, details });
    };
    stream.on('data', (request: SyncRequest) => {
      if (over) return;
      const elsewhere = session ? undefined : this.#options.elsewhere?.();
      if (elsewhere !== undefined) {
        end(grpcStatus.UNAVAILABLE, elsewhere);
        return;
      }
      try {
        if (session) session.receive(request);
        else session = this.#greet(stream, request);
        clearTimeout(late);
      } catch (error) {
        const { code, details } = statusOf(error);
        this.#options.log.warn('stream of an agent ended', {
          node: session?.node,
          peer: stream.getPeer(),
          details,
        });
        end(code, details);
      }
    });
    stream.on('end', () => {
      leave();
      stream.end();
    });
    for (const event of ['error', 'cancelled', 'close']) stream.on(event, leave);
  }

  /** Begins the session of the node that Hello names. The newer stream of a node is the one that lives. */
  #greet(stream: Stream, request: SyncRequest): Session {
    const hello = readHello(request);
    const { node } = hello;
    if (!isNode(stream.getAuthContext().sslPeerCertificate, node)) {
      throw new OperatorError('agent-refused', `the certificate is not that of node ${node}`);
    }
    this.#sessions.get(node)?.end(grpcStatus.ABORTED, 'another stream of this node has begun');
    const { bundle, log, onClaim, retryMs = { first: 1_000, most: 60_000 } } = this.#options;
    const session = new Session(
      {
        stream,
        node,
        record: this.#record(node),
        bundle: () => bundle(node),
        log,
        onClaim: (claim) => onClaim?.(node, claim),
        retryMs,
      },
      hello,
    );
    this.#sessions.set(node, session);
    return session;
  }

  #leave(session: Session): void {
    session.close();
    if (this.#sessions.get(session.node) === session) this.#sessions.delete(session.node);
  }
}

/** A RangeError means that the agent's message is malformed. */
function statusOf(thrown: unknown): { readonly code: grpcStatus; readonly details: string } {
  const details = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof OperatorError && thrown.code === 'agent-refused') {
    return { code: grpcStatus.PERMISSION_DENIED, details };
  }
  return { code: thrown instanceof RangeError ? grpcStatus.INVALID_ARGUMENT : grpcStatus.INTERNAL, details };
}
