import { randomInt } from 'node:crypto';
import { LabError } from './errors.ts';
import { familyOf } from './net/family.ts';
import { encodeEcho, icmpProtocol, isEchoReply, payloadOfRaw } from './net/icmp.ts';
import { errnoName, errnoOf, POLLIN, POLLOUT } from './net/libc.ts';
import { decodeSctp, encodeSctp, IPPROTO_SCTP } from './net/sctp.ts';
import { bindSocket, connectSocket, openSocket, receive, send, socketError } from './net/socket.ts';
import type { ProbeRequest } from './probe-request.ts';

/** Bad probes are errors, not denials: `deny` means that the packets were sent and nothing came back. */
export interface ProbeOutcome {
  readonly verdict: 'allow' | 'deny';
  /** "answered", "refused" (reached, but nothing listens there), "silence", "connected, then silence". */
  readonly detail: string;
  /** What the workload said of itself; undefined where it said nothing. */
  readonly answer: { readonly name: string; readonly peer: string } | undefined;
}

/** One probe under way, in the state that its events tell. */
export interface Attempt {
  readonly fd: number;
  /** poll(2) events that it waits for now. */
  readonly events: number;
  /** The other end's kernel has answered: only its program is waited for. */
  readonly reached: boolean;
  /** Goes on when the events have come; undefined: not decided yet. */
  step(): ProbeOutcome | undefined;
  /** The outcome when the time is up. */
  silence(): ProbeOutcome;
}

const allow = (detail: string, answer?: ProbeOutcome['answer']): ProbeOutcome => ({
  verdict: 'allow',
  detail,
  answer,
});
const deny = (detail: string): ProbeOutcome => ({ verdict: 'deny', detail, answer: undefined });

/** Opens the socket in the thread's namespace and sends the first packet. */
export function startAttempt(request: ProbeRequest): Attempt {
  switch (request.protocol) {
    case 'TCP':
      return startTcp(request);
    case 'UDP':
      return startDatagram(request, 0, Buffer.from(request.datagram ?? '?\n'), (data) =>
        allow('answered', parseAnswer(data)),
      );
    case 'ICMP':
      return startEcho(request);
    case 'SCTP':
      return startSctp(request);
  }
}

function startTcp(request: ProbeRequest): Attempt {
  const fd = open(request, 'stream', 0);
  const failed = connectSocket(fd, request.target, request.port);
  if (failed < 0 && -failed !== errnoOf.EINPROGRESS) throw unsendable(request, -failed);
  let connected = false;
  return {
    fd,
    get events() {
      return connected ? POLLIN : POLLOUT;
    },
    get reached() {
      return connected;
    },
    step: () => {
      if (connected) return tcpAnswer(request, fd);
      const error = socketError(fd);
      if (error !== 0) return failure(request, error);
      connected = true;
      send(fd, Buffer.from('?\n'));
      return undefined;
    },
    silence: () => deny(connected ? 'connected, then silence' : 'silence'),
  };
}

function tcpAnswer(request: ProbeRequest, fd: number): ProbeOutcome | undefined {
  const received = receive(fd);
  if (typeof received === 'number') return failure(request, -received);
  return allow(received.data.length === 0 ? 'closed' : 'answered', parseAnswer(received.data));
}

function startEcho(request: ProbeRequest): Attempt {
  const family = familyOf(request.target);
  const [id, sequence] = [randomInt(65_536), randomInt(65_536)];
  return startDatagram(request, icmpProtocol(family), encodeEcho(family, id, sequence), (data) =>
    isEchoReply(family, payloadOfRaw(family, data), id, sequence) ? allow('answered') : undefined,
  );
}

function startSctp(request: ProbeRequest): Attempt {
  const family = familyOf(request.target);
  const source = randomInt(32_768, 61_000);
  const tag = randomInt(1, 2 ** 32 - 1);
  const packet = { source, destination: request.port, verificationTag: 0, chunk: 'init', tag } as const;
  return startDatagram(request, IPPROTO_SCTP, encodeSctp(packet), (data) => {
    const answer = decodeSctp(payloadOfRaw(family, data));
    if (answer?.verificationTag !== tag || answer.destination !== source) return undefined;
    return allow(answer.chunk === 'init-ack' ? 'answered' : 'refused');
  });
}

/** UDP, and raw sockets where a protocol is given: one packet out, then answers until one fits. */
function startDatagram(
  request: ProbeRequest,
  protocol: number,
  packet: Uint8Array,
  judge: (data: Buffer) => ProbeOutcome | undefined,
): Attempt {
  const fd = open(request, protocol === 0 ? 'datagram' : 'raw', protocol);
  const failed = connectSocket(fd, request.target, protocol === 0 ? request.port : 0);
  if (failed < 0) throw unsendable(request, -failed);
  const sent = send(fd, packet);
  // Of a packet of this very node the sender is told at once when a program at the pod's interface drops it.
  if (sent < 0 && -sent !== errnoOf.ENOBUFS) throw unsendable(request, -sent);
  return {
    fd,
    events: POLLIN,
    reached: false,
    step: () => {
      const received = receive(fd);
      return typeof received === 'number' ? failure(request, -received) : judge(received.data);
    },
    silence: () => deny('silence'),
  };
}

function open(request: ProbeRequest, type: 'stream' | 'datagram' | 'raw', protocol: number): number {
  const fd = openSocket(familyOf(request.target), type, protocol);
  if (request.source !== undefined) bindSocket(fd, request.source, 0);
  return fd;
}

/** Errors that the target's kernel sent show that the packet arrived; others say nothing about policies. */
function failure(request: ProbeRequest, errno: number): ProbeOutcome | undefined {
  if (errno === errnoOf.EAGAIN) return undefined;
  const refusals = [errnoOf.ECONNREFUSED, errnoOf.ENOPROTOOPT, errnoOf.EPROTO];
  if (refusals.includes(errno)) return allow('refused');
  if (errno === errnoOf.ECONNRESET) return allow('reset');
  throw unsendable(request, errno);
}

function unsendable(request: ProbeRequest, errno: number): LabError {
  const what = `${request.protocol} ${request.target} port ${request.port} from ${request.namespace}`;
  return new LabError('no-route', `${what}: ${errnoName(errno)}`);
}

function parseAnswer(data: Buffer): ProbeOutcome['answer'] {
  try {
    const value: unknown = JSON.parse(data.toString());
    const answer = value as { name: string; peer: string };
    return typeof answer.name === 'string' && typeof answer.peer === 'string' ? answer : undefined;
  } catch {
    return undefined;
  }
}
