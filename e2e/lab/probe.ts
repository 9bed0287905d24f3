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

/** Milliseconds without an answer: of a flow that is to be answered, which a busy machine may hold up, and of others. */
export const patience = { allow: 10_000, deny: 700 } as const;

/** The same for all requests, or of each by its number. */
export type Timeout = number | ((index: number) => number);

/** The most milliseconds that count at once: nobody answers while the machine stands still. */
const STEP = 50;

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
  timeout: Timeout = patience.deny,
): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (let at = 0; at < requests.length; at += BATCH) {
    const batch = requests.slice(at, at + BATCH);
    const timeouts = batch.map((_, index) => (typeof timeout === 'number' ? timeout : timeout(at + index)));
    results.push(...(await probeBatch(batch, timeouts)));
  }
  return results;
}

async function probeBatch(
  requests: readonly ProbeRequest[],
  timeouts: readonly number[],
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
    let waited = 0;
    for (const timeout of [...new Set(timeouts)].sort((a, b) => a - b)) {
      const patient = new Set(attempts.filter((_, index) => (timeouts[index] ?? 0) >= timeout));
      await wait(() => pending().filter((attempt) => patient.has(attempt)), timeout - waited);
      waited = timeout;
    }
    await wait(() => pending().filter(({ reached }) => reached), programTimeout);
    for (const attempt of attempts) if (!outcomes.has(attempt)) settle(attempt, attempt.silence());
    return attempts.flatMap((attempt) => outcomes.get(attempt) ?? []);
  } finally {
    for (const attempt of attempts) closeSync(attempt.fd);
  }
}

async function pollUntil(
  waited: () => readonly Attempt[],
  ms: number,
  ready: (attempt: Attempt) => void,
): Promise<void> {
  for (let left = ms; left > 0 && waited().length > 0; ) {
    const step = Math.min(STEP, left);
    const began = performance.now();
    for (const attempt of await pollReady(waited(), step)) ready(attempt);
    left -= Math.min(performance.now() - began, step);
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
