import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '@weir/log/log.ts';
import type { Metrics } from '../controller/metrics.ts';
import type { ClusterEvent } from '../model/event.ts';
import { isObserved } from '../model/settings.ts';
import { Pipeline } from '../pipeline.ts';
import { PushServer } from '../push/push-server.ts';
import type { SourceProblem } from '../source/source-problem.ts';
import type { ServeOptions } from './command.ts';
import { openLeadership } from './leadership.ts';
import { observe, openMetrics } from './observe.ts';
import { openSource, type Source } from './open-source.ts';
import { openTrust, type Trust } from './open-trust.ts';
import { StatusFile } from './status-file.ts';

export interface ServeParts {
  readonly options: ServeOptions;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds, monotonic. */
  readonly monotonic: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Unique among all operators, also among the lives of one. */
  readonly identity: string;
  readonly signal: AbortSignal;
}

/** Runs the operator until the signal aborts. Throws an OperatorError when it can't start. */
export async function serve(parts: ServeParts): Promise<void> {
  const { options, log, clock, signal } = parts;
  await mkdir(options.state, { recursive: true });
  const status = new StatusFile(join(options.state, 'status.json'), (error) =>
    log.error('status can not be written', { error: String(error) }),
  );
  const pipeline = new Pipeline(options.settings);
  const metrics = await openMetrics(options.metricsListen);
  const source = await openSource({
    ...parts,
    choice: options.source,
    settings: options.settings,
    onEvents: (events) => publish({ pipeline, push, trust, log, metrics }, events),
    onProblems: (problems) => {
      status.setProblems(problems);
      logProblems(problems, log);
    },
    onReflector: (resource, what) => metrics?.source(resource, what),
  });
  const { client } = source;
  const trust = await openTrust({
    ...parts,
    choice: options.trust,
    client,
    state: options.state,
    names: [hostOf(options.listen), ...options.name],
    leads: () => leadership.elsewhere() === undefined,
  });
  const push = new PushServer({
    bundle: (node) => pipeline.bundle(node),
    tls: trust.tls,
    admit: trust.admit,
    onRefused: (reason) => metrics?.agentRefused(reason),
    isObserved: (node) => isObserved(options.settings, node),
    log,
    clock,
    onStatus: (node, nodeStatus) => status.setNode(node, nodeStatus),
    elsewhere: () => leadership.elsewhere(),
  });
  const dismiss = (details: string) => push.dismiss(details);
  const leadership = await openLeadership({
    ...parts,
    choice: options.election,
    client,
    onElected: () => trust.lead(),
    onLost: dismiss,
  });
  let listening = false;
  measure(metrics, push, source);
  metrics?.gauge('weir_leading', 'Whether agents are served here.', () =>
    leadership.elsewhere() === undefined ? 1 : 0,
  );
  const unobserve = await observe(
    {
      ...options,
      live: [{ name: 'lease', failure: () => leadership.failure() }],
      ready: [
        { name: 'objects', failure: () => awaited(source) },
        ...trust.checks,
        { name: 'agents', failure: () => (listening ? undefined : 'not served yet') },
      ],
      metrics,
    },
    log,
  );
  try {
    // Nothing is served before the first complete look: a bundle of half the policies would open pods.
    await Promise.race([source.start(), aborted(signal)]);
    await trust.start(signal);
    if (signal.aborted) return;
    const port = await push.listen(options.listen);
    listening = true;
    leadership.start();
    log.info('serving agents', { listen: options.listen, port, source: options.source });
    await aborted(signal);
    log.info('stopping');
  } finally {
    push.dismiss('the operator stops');
    await leadership.stop();
    await source.stop();
    await trust.close();
    await push.close();
    await status.close();
    await unobserve();
    client?.close();
  }
}

interface Compiling {
  readonly pipeline: Pipeline;
  readonly push: PushServer;
  readonly trust: Trust;
  readonly log: Log;
  readonly metrics: Metrics | undefined;
}

function publish(
  { pipeline, push, trust, log, metrics }: Compiling,
  events: readonly ClusterEvent[],
): void {
  const started = performance.now();
  const changes = pipeline.apply(events);
  push.publish(changes);
  const gone = trust.gone(events);
  if (gone) push.dismissPods(gone);
  const ms = performance.now() - started;
  metrics?.compiled(ms);
  log.info('compiled', {
    events: events.length,
    nodes: changes.length,
    milliseconds: Math.round(ms * 10) / 10,
  });
}

function measure(metrics: Metrics | undefined, push: PushServer, source: Source): void {
  metrics?.gauge('weir_agents', 'Agents that have a stream here.', () => push.agents);
  metrics?.gauge(
    'weir_source_objects',
    'Objects of the API server that are known.',
    () => new Map(source.resources().map(({ resource, objects }) => [resource, objects])),
    'resource',
  );
  metrics?.gauge(
    'weir_source_current',
    'Whether what is known of a resource is what the API server has: 0 while it can not be read.',
    () => new Map(source.resources().map(({ resource, state }) => [resource, isCurrent(state.kind) ? 1 : 0])),
    'resource',
  );
}

const isCurrent = (kind: string): boolean => kind === 'watching' || kind === 'absent';

/** The resources whose first list is missing, and why. */
function awaited(source: Source): string | undefined {
  if (source.synced()) return undefined;
  const missing = source.resources().filter(({ state }) => !isCurrent(state.kind));
  return `not read yet: ${missing
    .map(({ resource, state }) => (state.kind === 'failing' ? `${resource} (${state.reason})` : resource))
    .join(', ')}`;
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
