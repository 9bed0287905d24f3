import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '@weir/log/log.ts';
import type { ClusterEvent } from '../model/event.ts';
import { Pipeline } from '../pipeline.ts';
import { PushServer } from '../push/push-server.ts';
import { FilesSource } from '../source/files/files-source.ts';
import type { SourceProblem } from '../source/source-problem.ts';
import { openAuthority } from '../trust/authority.ts';
import type { ServeOptions } from './command.ts';
import { StatusFile } from './status-file.ts';

/** Runs the operator until the signal aborts. Throws an OperatorError when it can't start. */
export async function serve(
  options: ServeOptions,
  log: Log,
  clock: () => number,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(options.state, { recursive: true });
  const status = new StatusFile(join(options.state, 'status.json'), (error) =>
    log.error('status can not be written', { error: String(error) }),
  );
  const pipeline = new Pipeline(options.settings);
  const authority = await openAuthority(options.state, clock);
  const push = new PushServer({
    bundle: (node) => pipeline.bundle(node),
    tls: await authority.issueServer([hostOf(options.listen), ...options.name]),
    log,
    clock,
    onStatus: (node, nodeStatus) => status.setNode(node, nodeStatus),
  });
  const source = new FilesSource({
    directory: options.source,
    settings: options.settings,
    onEvents: (events) => publish(pipeline, push, events, log),
    onProblems: (problems) => {
      status.setProblems(problems);
      logProblems(problems, log);
    },
  });
  // Nothing is served before the first complete look: a bundle of half the policies would open pods.
  await source.start();
  try {
    const port = await push.listen(options.listen);
    log.info('serving agents', { listen: options.listen, port, source: options.source });
    await aborted(signal);
    log.info('stopping');
  } finally {
    await source.stop();
    await push.close();
    await status.close();
  }
}

function publish(pipeline: Pipeline, push: PushServer, events: readonly ClusterEvent[], log: Log): void {
  const started = performance.now();
  const changes = pipeline.apply(events);
  push.publish(changes);
  log.info('compiled', {
    events: events.length,
    nodes: changes.length,
    milliseconds: Math.round((performance.now() - started) * 10) / 10,
  });
}

function logProblems(problems: readonly SourceProblem[], log: Log): void {
  for (const { place, object, path, message } of problems) {
    const { kind, ...where } = place;
    log.warn(kind === 'file' ? 'manifest has a problem' : 'object of the API server has a problem', {
      ...where,
      object,
      path,
      reason: message,
    });
  }
}

/** Of "host:port"; an IPv6 address stands in brackets. */
const hostOf = (address: string): string => address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
