import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from './errors.ts';
import { anyAddress, familyOf } from './net/family.ts';
import { errnoName, errnoOf, POLLOUT, poll } from './net/libc.ts';
import { inNamespace } from './net/namespace.ts';
import { connectSocket, openBound, openSocket, socketError } from './net/socket.ts';
import type { ProbeRequest } from './probe-request.ts';

/** How often it is looked in vain for answers under way when a traffic is stopped, and how many milliseconds apart. */
const LOOKS = 50;
const LOOK_MILLISECONDS = 10;

/** Numbered requests over one flow, and which of them were answered when. Times are of performance.now(). */
export interface Traffic {
  /** When each request was sent, by its number. */
  readonly sent: readonly number[];
  /** When its answer came, by number; none: no answer so far. */
  readonly answered: ReadonlyMap<number, number>;
  /** Resolves once the last answers had time to come. */
  stop(): Promise<void>;
}

/**
 * Sends a request over UDP, or over one TCP connection, at an interval.
 * @param interval milliseconds
 * @throws LabError no-route where the connection can't be opened
 */
export async function openTraffic(request: ProbeRequest, interval: number): Promise<Traffic> {
  const sent: number[] = [];
  const answered = new Map<number, number>();
  const onAnswer = (text: string): void => {
    const { said } = JSON.parse(text) as { readonly said: string };
    answered.set(Number(said), performance.now());
  };
  const line =
    request.protocol === 'TCP' ? await openStream(request, onAnswer) : openDatagrams(request, onAnswer);
  const timer = setInterval(() => {
    line.send(`${sent.length}\n`);
    sent.push(performance.now());
  }, interval);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    for (let looks = 0; answered.size < sent.length && looks < LOOKS; looks++) {
      const { size } = answered;
      await sleep(LOOK_MILLISECONDS);
      if (answered.size > size) looks = 0;
    }
    line.close();
  };
  return {
    sent,
    answered,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

interface Line {
  send(text: string): void;
  close(): void;
}

function openDatagrams(request: ProbeRequest, onAnswer: (text: string) => void): Line {
  const family = familyOf(request.target);
  const source = request.source ?? anyAddress(family);
  const fd = inNamespace(request.namespace, () => openBound('datagram', source, 0, family));
  const socket: DatagramSocket = createSocket(family === 4 ? 'udp4' : 'udp6');
  socket.on('message', (message) => onAnswer(message.toString())).on('error', () => undefined);
  socket.bind({ fd });
  return {
    send: (text) => socket.send(text, request.port, request.target, () => undefined),
    close: () => socket.close(),
  };
}

async function openStream(request: ProbeRequest, onAnswer: (text: string) => void): Promise<Line> {
  const fd = inNamespace(request.namespace, () => {
    const opened = openSocket(familyOf(request.target), 'stream');
    const failed = connectSocket(opened, request.target, request.port);
    if (failed < 0 && -failed !== errnoOf.EINPROGRESS) throw refused(request, -failed);
    return opened;
  });
  const fds = Buffer.alloc(8);
  fds.writeInt32LE(fd, 0);
  fds.writeInt32LE(POLLOUT, 4);
  if ((await poll(fds, 5_000)) === 0) throw new LabError('no-route', `${request.target} does not answer`);
  const error = socketError(fd);
  if (error !== 0) throw refused(request, error);
  const socket = new Socket({ fd });
  socket.on('error', () => undefined);
  // The interface passes the socket's errors on.
  createInterface({ input: socket })
    .on('line', onAnswer)
    .on('error', () => undefined);
  return { send: (text) => socket.write(text), close: () => socket.destroy() };
}

const refused = (request: ProbeRequest, errno: number): LabError =>
  new LabError('no-route', `${request.target} port ${request.port}: ${errnoName(errno)}`);
