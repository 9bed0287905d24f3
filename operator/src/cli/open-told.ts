import type { HealthCheck } from '../controller/health.ts';
import type { Metrics } from '../controller/metrics.ts';
import type { ClusterEvent } from '../model/event.ts';
import type { ApiClient } from '../source/kube/api-client.ts';
import type { ClusterStatus, ClusterStatusOptions } from '../status/cluster-status.ts';
import type { StatusCounts } from '../status/status-counts.ts';

/** What the API server is told of nodes and policies; nothing where objects come from a folder. */
export interface Told
  extends Pick<
    ClusterStatus,
    | 'start'
    | 'stop'
    | 'lead'
    | 'followPolicy'
    | 'followNode'
    | 'followGroup'
    | 'followStatus'
    | 'complete'
    | 'published'
  > {
  readonly ready: readonly HealthCheck[];
  /** Undefined: nothing is told. */
  readonly counts: () => StatusCounts | undefined;
}

export interface ToldParts extends Omit<ClusterStatusOptions, 'client' | 'metrics' | 'namespace'> {
  readonly client: ApiClient | undefined;
  readonly metrics: Metrics | undefined;
  /** For what is told of policies of cluster scope; undefined: that of the kubeconfig's context, or of the pod. */
  readonly namespace: string | undefined;
}

export async function openTold({ client, metrics, namespace, ...parts }: ToldParts): Promise<Told> {
  if (!client) return nothingTold(parts.pipeline);
  const { ClusterStatus: Opened } = await import('../status/cluster-status.ts');
  const told = new Opened({
    ...parts,
    client,
    namespace: namespace ?? client.namespace,
    metrics: (controller) => metrics?.ofController(controller),
    onWrite: (kind, outcome) => metrics?.wrote(kind, outcome),
  });
  return {
    ready: [{ name: 'accepted-versions', failure: () => told.failure }],
    counts: () => told.counts,
    start: () => told.start(),
    stop: () => told.stop(),
    lead: (leading) => told.lead(leading),
    followPolicy: (ref, object) => told.followPolicy(ref, object),
    followNode: (name, object) => told.followNode(name, object),
    followGroup: (ref, object) => told.followGroup(ref, object),
    followStatus: (node, status) => told.followStatus(node, status),
    complete: (events) => told.complete(events),
    published: (events, changes, switched) => told.published(events, changes, switched),
  };
}

const nothingTold = (pipeline: ToldParts['pipeline']): Told => ({
  ready: [],
  counts: () => undefined,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  lead: () => undefined,
  followPolicy: () => undefined,
  followNode: () => undefined,
  followGroup: () => undefined,
  followStatus: () => undefined,
  complete: (events: readonly ClusterEvent[]) => events,
  published: () => {
    pipeline.takeChangedNodes();
  },
});
