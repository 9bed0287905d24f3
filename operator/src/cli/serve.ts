import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '@weir/log/log.ts';
import { firstFailure, type HealthCheck } from '../controller/health.ts';
import type { Metrics } from '../controller/metrics.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { ClusterEvent } from '../model/event.ts';
import { isObserved } from '../model/settings.ts';
import { Pipeline } from '../pipeline.ts';
import { type PushOptions, PushServer } from '../push/push-server.ts';
import type { SourceProblem } from '../source/source-problem.ts';
import type { ServeOptions } from './command.ts';
import { HeldEvents } from './held-events.ts';
import { type Leadership, openLeadership } from './leadership.ts';
import { isCurrent, type Measured, measureOperator } from './measure-operator.ts';
import { observe, openMetrics } from './observe.ts';
import { openSource, type Source } from './open-source.ts';
import { openTold, type Told } from './open-told.ts';
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
  const { options, log, signal } = parts;
  await mkdir(options.state, { recursive: true });
  const status = new StatusFile(
    join(options.state, 'status.json'),
    (error) => log.error('status can not be written', { error: String(error) }),
    () => performance.now(),
  );
  let listening = false;
  const agents: HealthCheck = { name: 'agents', failure: () => (listening ? undefined : 'not served yet') };
  const operator = await open(parts, status, agents);
  const { metrics, source, trust, push, told, leadership } = operator;
  if (metrics) measureOperator(metrics, measured(operator));
  const unobserve = await observe(
    {
      ...options,
      live: [{ name: 'lease', failure: () => leadership.failure() }],
      ready: [{ name: 'objects', failure: () => awaited(source) }, ...told.ready, ...trust.checks, agents],
      metrics,
    },
    log,
  );
  try {
    // Nothing is served before the first complete look: a bundle of half the policies would open pods.
    await Promise.race([readAll(operator, signal), aborted(signal)]);
    // Only a leader makes an authority anew that is spoilt or has ended: who has no certificate stands too.
    leadership.start();
    await trust.start(signal);
    if (signal.aborted) return;
    const port = await push.listen(options.listen);
    listening = true;
    leadership.start();
    if (!options.election) told.lead(true);
    log.info('serving agents', { listen: options.listen, port, source: options.source });
    await aborted(signal);
    log.info('stopping');
  } finally {
    push.dismiss('the operator stops');
    await leadership.stop();
    await told.stop();
    await source.stop();
    await trust.close();
    await push.close();
    await status.close();
    await unobserve();
    source.client?.close();
  }
}

/** The parts of a running operator. */
interface Operator {
  readonly metrics: Metrics | undefined;
  readonly source: Source;
  readonly trust: Trust;
  readonly push: PushServer;
  readonly told: Told;
  readonly leadership: Leadership;
  /** Why agents could not be served here; undefined: they could. */
  readonly unfit: () => string | undefined;
  readonly held: HeldEvents;
  readonly pipeline: Pipeline;
}

async function open(parts: ServeParts, status: StatusFile, agents: HealthCheck): Promise<Operator> {
  const { options, log } = parts;
  const { settings, election } = options;
  const pipeline = new Pipeline(settings);
  const metrics = await openMetrics(options.metricsListen);
  const source = await openSource({
    ...parts,
    choice: options.source,
    settings,
    onEvents: (events) => held.take(events),
    onProblems: (problems) => {
      status.setProblems(problems);
      logProblems(problems, log);
    },
    onForeign: (objects) => log.info('other kinds are not read', { objects }),
    onReflector: (resource, what) => metrics?.source(resource, what),
    onPolicyObject: (ref, object) => told.followPolicy(ref, object),
    onNodeObject: (name, object) => told.followNode(name, object),
    onGroupObject: (ref, object) => told.followGroup(ref, object),
  });
  const { client } = source;
  const elsewhere = () => leadership.elsewhere();
  const leading = () => elsewhere() === undefined;
  const trust = await openTrust({
    ...parts,
    ...{ choice: options.trust, client, state: options.state, leads: leading },
    names: [hostOf(options.listen), ...options.name],
  });
  const onStatus: PushOptions['onStatus'] = (node, nodeStatus) => {
    status.setNode(node, nodeStatus);
    told.followStatus(node, nodeStatus);
  };
  const bundle: PushOptions['bundle'] = (node) => pipeline.bundle(node);
  const push = openPush(parts, { trust, metrics }, { bundle, onStatus, elsewhere });
  const held = new HeldEvents((events) => compile(told.complete(events)));
  const compile = (events: readonly ClusterEvent[]) =>
    publish({ pipeline, push, trust, told, log, metrics }, events);
  const told = await openTold({
    ...parts,
    ...{ settings, namespace: election?.namespace, client, metrics, pipeline, leading },
    publish: compile,
    synced: () => source.synced(),
    nodeStatus: (node) => push.status(node),
  });
  const unfit = () => firstFailure([...trust.checks, agents]);
  const leadership = await openLeadership({
    ...parts,
    ...{ choice: election, client },
    unfit,
    onElected: () => lead({ trust, told, push }),
    onLost: ({ details, leader }) => {
      told.lead(false);
      push.dismiss(details, leader);
    },
  });
  return { metrics, source, trust, push, told, leadership, unfit, held, pipeline };
}

function openPush(
  { options, log, clock }: ServeParts,
  { trust, metrics }: Pick<Operator, 'trust' | 'metrics'>,
  links: Pick<PushOptions, 'bundle' | 'onStatus' | 'elsewhere'>,
): PushServer {
  return new PushServer({
    ...links,
    tls: trust.tls,
    admit: trust.admit,
    onRefused: (reason) => metrics?.agentRefused(reason),
    isObserved: (node) => isObserved(options.settings, node),
    log,
    clock,
  });
}

function lead({ trust, told, push }: Pick<Operator, 'trust' | 'told' | 'push'>): void {
  trust.lead();
  told.lead(true);
  push.lead();
}

/** Nothing is compiled before accepted versions are known: a policy that is refused now falls back to one. */
async function readAll({ told, source, held }: Operator, signal: AbortSignal): Promise<void> {
  const release = () => {
    if (!signal.aborted) held.release();
  };
  await Promise.all([source.start(), told.start().then(release)]);
}

interface Compiling extends Pick<Operator, 'metrics' | 'push' | 'trust' | 'told'> {
  readonly pipeline: Pipeline;
  readonly log: Log;
}

function publish(
  { pipeline, push, trust, told, log, metrics }: Compiling,
  events: readonly ClusterEvent[],
): void {
  const started = performance.now();
  const changes = pipeline.apply(events);
  push.publish(changes);
  const switched = pipeline.takeSwitched();
  logWithheld(pipeline.state, switched, log);
  told.published(events, changes, switched);
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

function logWithheld({ policies }: ClusterState, keys: Iterable<string>, log: Log): void {
  for (const policy of keys)
    for (const { path, message } of policies.get(policy)?.withheld ?? [])
      log.warn('a policy is not in force, and its pods are isolated', { policy, path, reason: message });
}

const measured = ({ push, source, leadership, unfit, pipeline, told }: Operator): Measured => ({
  leads: () => leadership.elsewhere() === undefined,
  canServe: () => unfit() === undefined,
  agents: () => push.agents,
  waiting: () => push.waiting,
  counted: () => push.counted(),
  resources: () => source.resources(),
  policies: () => pipeline.state.policies.values(),
  counts: () => told.counts(),
});

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
