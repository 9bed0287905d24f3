import { status as grpcStatus, Metadata, Server } from '@grpc/grpc-js';
import type { Log } from '@weir/log/log.ts';
import type { weir } from '@weir/proto/bundle.js';
import { bundleService, leaderKey, maxMessageBytes, type SyncRequest } from '@weir/proto/service.ts';
import type { BundleChange } from '../bundle/bundle-change.ts';
import type { NodeBundle } from '../bundle/node-bundle.ts';
import { OperatorError, type OperatorErrorCode } from '../errors.ts';
import { type Admission, type Admit, type AgentPod, admitCertificate } from './admission.ts';
import { DeltaEncoder } from './encode-delta.ts';
import { NodeRecord } from './node-record.ts';
import { type NodeStatus, unknownStatus } from './node-status.ts';
import { type Counted, type Hello, readHello } from './read-request.ts';
import { type ServerIdentity, type ServerTls, serverCredentials } from './server-tls.ts';
import { type RetryMs, Session, type Stream } from './session.ts';
import { WaitingRoom } from './waiting-room.ts';

export interface PushOptions {
  /** The node's newest bundle; undefined: the operator knows no such node. */
  readonly bundle: (node: string) => NodeBundle | undefined;
  readonly tls: ServerTls | ServerIdentity;
  /** By the certificate unless told. */
  readonly admit?: Admit;
  /** An agent was turned away; the code is that of the OperatorError, or `malformed`. */
  readonly onRefused?: (code: string) => void;
  /** Whether nothing is to be dropped on that node. */
  readonly isObserved?: (node: string) => boolean;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Called on every change of it; must not throw. */
  readonly onStatus: (node: string, status: NodeStatus) => void;
  /** A pod that a CNI plugin announced on that node. */
  readonly onClaim?: (node: string, claim: weir.bundle.v1.Claim.$Properties) => void;
  /** Asked for each new stream: why agents have to go to another operator; undefined: they are served here. */
  readonly elsewhere?: () => Elsewhere | undefined;
  /** How long agents may wait for somebody to lead, in milliseconds; 15 s unless told. */
  readonly waitMs?: number;
  /** Before a refused revision is tried again; 1 s to 1 min unless told. */
  readonly retryMs?: RetryMs;
}

/** Where agents have to go. */
export interface Elsewhere {
  /** For people. */
  readonly details: string;
  /** "host:port"; undefined: not known. */
  readonly leader: string | undefined;
  /** Nobody seems to lead: they may wait here for a while, since this operator may be the next. */
  readonly wait?: boolean;
}

/**
 * Milliseconds that a stream may stay without its Hello, that it waits for somebody to lead (this operator alone may be
 * cut off from the API server), and that a close waits for streams to end.
 */
const helloMs = 10_000;
const waitMs = 15_000;
const closeMs = 1_000;

const channelOptions = {
  'grpc.max_receive_message_length': maxMessageBytes,
  'grpc.max_send_message_length': maxMessageBytes,
  // A node that is cut off without a FIN is noticed within half a minute.
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 10_000,
};

/** Timers take no more. */
const mostMs = 2 ** 31 - 1;

/** Serves every node its bundle: weir.bundle.v1.BundleService over TLS. */
export class PushServer {
  readonly #options: PushOptions;
  readonly #server = new Server(channelOptions);
  readonly #records = new Map<string, NodeRecord>();
  readonly #sessions = new Map<string, Session>();
  /** Of the agents that have proved which pod they are. */
  readonly #pods = new Map<Session, AgentPod>();
  readonly #room: WaitingRoom;
  #stopping = false;

  constructor(options: PushOptions) {
    this.#options = options;
    this.#room = new WaitingRoom(() => this.#elsewhere()?.wait !== true);
    this.#server.addService(bundleService, { sync: (stream: Stream) => this.#accept(stream) });
  }

  /** Serves on "host:port" (port 0: a free one) and resolves to the port. Throws an OperatorError `listen-failed`. */
  async listen(address: string): Promise<number> {
    const credentials = serverCredentials(this.#options.tls);
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

  /** What the programs of each node have counted, of agents that have a stream and say it. */
  counted(): ReadonlyMap<string, Counted> {
    return new Map(
      [...this.#sessions].flatMap(([node, { counted }]) => (counted ? [[node, counted] as const] : [])),
    );
  }

  /** How many agents wait for somebody to lead. */
  get waiting(): number {
    return this.#room.size;
  }

  /** Agents that wait are served here from now on. */
  lead(): void {
    this.#room.look();
  }

  status(node: string): NodeStatus {
    return this.#records.get(node)?.status ?? unknownStatus;
  }

  /** Ends the streams of the agents whose pods are no more. */
  dismissPods(isGone: (pod: AgentPod) => boolean): void {
    for (const [session, pod] of this.#pods)
      if (isGone(pod)) {
        const details = `pod ${pod.namespace}/${pod.name} (${pod.uid}) is gone`;
        this.#options.log.info('stream of an agent ended', { node: session.node, details });
        session.end(grpcStatus.UNAUTHENTICATED, details);
        this.#leave(session);
      }
  }

  /** Ends all streams, so that agents look for another operator. */
  dismiss(details: string, leader?: string): void {
    for (const session of this.#sessions.values())
      session.end(grpcStatus.UNAVAILABLE, details, trailersOf(leader));
    this.#sessions.clear();
  }

  /** Ends all streams and stops listening. */
  async close(): Promise<void> {
    this.#stopping = true;
    this.dismiss('the operator stops');
    while (this.#room.size > 0) this.#room.look();
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

  #elsewhere(): Elsewhere | undefined {
    if (this.#stopping) return { details: 'the operator stops', leader: undefined };
    return this.#options.elsewhere?.();
  }

  #record(node: string): NodeRecord {
    const known = this.#records.get(node);
    if (known) return known;
    const { clock, onStatus, isObserved } = this.#options;
    const observed = isObserved?.(node) ?? false;
    const record = new NodeRecord({ clock, observed, report: (status) => onStatus(node, status) });
    this.#records.set(node, record);
    return record;
  }

  #accept(stream: Stream): void {
    let session: Session | undefined;
    let over = false;
    let leaveRoom: (() => void) | undefined;
    let timer = setTimeout(() => end(grpcStatus.DEADLINE_EXCEEDED, 'no Hello came'), helloMs);
    const leave = () => {
      over = true;
      clearTimeout(timer);
      leaveRoom?.();
      if (session) this.#leave(session);
    };
    const end = (code: grpcStatus, details: string, metadata = new Metadata()) => {
      leave();
      stream.emit('error', { code, details, metadata });
    };
    const refuse = (error: unknown) => {
      if (over) return;
      const { code, details } = this.#refused(error, stream, session?.node);
      end(code, details);
    };
    const greet = async (hello: Hello) => {
      clearTimeout(timer);
      const admission = await this.#admit(stream, hello.node);
      if (over) return;
      session = this.#begin(stream, hello, admission);
      const { lifetimeMs } = admission;
      if (lifetimeMs !== undefined)
        timer = setTimeout(() => end(grpcStatus.UNAUTHENTICATED, expired), Math.min(lifetimeMs, mostMs));
    };
    const arrive = (hello: Hello, mayWait: boolean) => {
      leaveRoom?.();
      const elsewhere = this.#elsewhere();
      // What comes behind Hello waits until it is known who says it.
      if (elsewhere === undefined) greet(hello).then(() => stream.resume(), refuse);
      else if (mayWait && elsewhere.wait && !this.#room.isFull) {
        leaveRoom = this.#room.enter(() => arrive(hello, true));
        clearTimeout(timer);
        timer = setTimeout(() => arrive(hello, false), this.#options.waitMs ?? waitMs);
      } else end(grpcStatus.UNAVAILABLE, elsewhere.details, trailersOf(elsewhere.leader));
    };
    stream.on('data', (request: SyncRequest) => {
      if (over) return;
      try {
        if (session) session.receive(request);
        else {
          stream.pause();
          // Who waits has not proved anything yet: no more of what he sent is kept than what is read of it.
          arrive(readHello(request), true);
        }
      } catch (error) {
        refuse(error);
      }
    });
    stream.on('end', () => {
      leave();
      stream.end();
    });
    for (const event of ['error', 'cancelled', 'close']) stream.on(event, leave);
  }

  #refused(error: unknown, stream: Stream, node: string | undefined): Refusal {
    const { log, onRefused } = this.#options;
    const refusal = statusOf(error);
    log.warn('stream of an agent ended', { node, peer: stream.getPeer(), details: refusal.details });
    onRefused?.(refusal.reason);
    return refusal;
  }

  #admit(stream: Stream, node: string): Promise<Admission> {
    const { admit = admitCertificate } = this.#options;
    const [authorization] = stream.metadata.get('authorization');
    const token = /^Bearer (.+)$/.exec(String(authorization ?? ''))?.[1];
    return admit({ certificate: stream.getAuthContext().sslPeerCertificate, token }, node);
  }

  /** Begins the session of the node that Hello names. The newer stream of a node is the one that lives. */
  #begin(stream: Stream, hello: Hello, { pod }: Admission): Session {
    const { node } = hello;
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
    if (pod) this.#pods.set(session, pod);
    return session;
  }

  #leave(session: Session): void {
    session.close();
    this.#pods.delete(session);
    if (this.#sessions.get(session.node) === session) this.#sessions.delete(session.node);
  }
}

function trailersOf(leader: string | undefined): Metadata {
  const trailers = new Metadata();
  if (leader !== undefined) trailers.set(leaderKey, leader);
  return trailers;
}

const expired = 'the token has expired; connect with a new one';

interface Refusal {
  readonly code: grpcStatus;
  readonly details: string;
  /** For the metric. */
  readonly reason: string;
}

/** A RangeError means that the agent's message is malformed. */
function statusOf(thrown: unknown): Refusal {
  const details = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof RangeError)
    return { code: grpcStatus.INVALID_ARGUMENT, details, reason: 'malformed' };
  if (!(thrown instanceof OperatorError)) return { code: grpcStatus.INTERNAL, details, reason: 'internal' };
  return { code: statusByCode[thrown.code] ?? grpcStatus.INTERNAL, details, reason: thrown.code };
}

const statusByCode: Readonly<Partial<Record<OperatorErrorCode, grpcStatus>>> = {
  'agent-refused': grpcStatus.PERMISSION_DENIED,
  'agent-unauthenticated': grpcStatus.UNAUTHENTICATED,
  'api-unreachable': grpcStatus.UNAVAILABLE,
  'api-refused': grpcStatus.UNAVAILABLE,
};
