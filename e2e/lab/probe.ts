import { closeSync } from 'node:fs';
import type { Attempt, ProbeOutcome } from './attempt.ts';
import { startAttempt } from './attempt.ts';
import { poll } from './net/libc.ts';
import { inNamespace } from './net/namespace.ts';
import type { ProbeRequest } from './probe-request.ts';

export interface ProbeResult extends ProbeOutcome {
  /** From the first packet to the outcome. */
  readonly milliseconds: number;
}

const defaultProbeTimeout = 700;

/** Milliseconds that a program may take for its answer where the packets of its kernel have come through. */
const programTimeout = 5_000;

/** How many sockets are open at a time: below the usual limit of 1,024 files. */
const BATCH = 900;

/**
 * Probes by real connections, all at once from this process; results are in the order of the requests.
 * @param timeout milliseconds without an answer that count as denied; a TCP connection that is open by then gets more
 * @throws LabError no-route or system-call-failed where a probe could not even be sent
 */
export async function probeAll(
  requests: readonly ProbeRequest[],
  timeout = defaultProbeTimeout,
): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (let at = 0; at < requests.length; at += BATCH) {
    results.push(...(await probeBatch(requests.slice(at, at + BATCH), timeout)));
  }
  return results;
}

async function probeBatch(
  requests: readonly ProbeRequest[],
  timeout: number,
): Promise<readonly ProbeResult[]> {
  const began = performance.now();
  const attempts: Attempt[] = [];
  const outcomes = new Map<Attempt, ProbeResult>();
  const settle = (attempt: Attempt, outcome: ProbeOutcome | undefined): void => {
    if (outcome === undefined) return;
    outcomes.set(attempt, { ...outcome, milliseconds: performance.now() - began });
  };
  try {
    for (const request of requests) {
      attempts.push(inNamespace(request.namespace, () => startAttempt(request)));
    }
    const pending = (): readonly Attempt[] => attempts.filter((attempt) => !outcomes.has(attempt));
    const wait = (waited: () => readonly Attempt[], ms: number): Promise<void> =>
      pollUntil(waited, ms, (attempt) => settle(attempt, attempt.step()));
    await wait(pending, timeout);
    await wait(() => pending().filter(({ reached }) => reached), programTimeout);
    for (const attempt of attempts) if (!outcomes.has(attempt)) settle(attempt, attempt.silence());
    return attempts.flatMap((attempt) => outcomes.get(attempt) ?? []);
  } finally {
    for (const attempt of attempts) closeSync(attempt.fd);
  }
}

/** Looks once more when the time is up: it may have passed while this process, or the machine, stood still. */
async function pollUntil(
  waited: () => readonly Attempt[],
  ms: number,
  ready: (attempt: Attempt) => void,
): Promise<void> {
  const deadline = performance.now() + ms;
  for (let isLast = false; !isLast && waited().length > 0; ) {
    const left = deadline - performance.now();
    isLast = left <= 0;
    for (const attempt of await pollReady(waited(), Math.max(left, 0))) ready(attempt);
  }
}

async function pollReady(attempts: readonly Attempt[], timeout: number): Promise<readonly Attempt[]> {
  const fds = Buffer.alloc(attempts.length * 8);
  attempts.forEach((attempt, index) => {
    fds.writeInt32LE(attempt.fd, index * 8);
    fds.writeInt16LE(attempt.events, index * 8 + 4);
  });
  await poll(fds, Math.ceil(timeout));
  return attempts.filter((_, index) => fds.readInt16LE(index * 8 + 6) !== 0);
}
