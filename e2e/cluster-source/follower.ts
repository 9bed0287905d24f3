import { Cluster } from '@weir/operator/src/model/cluster.ts';
import type { ClusterEvent, ObjectKey } from '@weir/operator/src/model/event.ts';
import { defaultSettings } from '@weir/operator/src/model/settings.ts';
import { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { KubeSource } from '@weir/operator/src/source/kube/kube-source.ts';
import type { PolicyObject } from '@weir/operator/src/source/kube/object-facts.ts';
import { defaultTiming, type ReflectorTiming } from '@weir/operator/src/source/kube/reflector.ts';
import type { SourceProblem } from '@weir/operator/src/source/source-problem.ts';

export interface FollowOptions extends Partial<ReflectorTiming> {
  readonly pageSize?: number;
}

/** A source on an API server, and everything that it told. */
export class Follower {
  readonly client: ApiClient;
  readonly source: KubeSource;
  readonly cluster = new Cluster(defaultSettings);
  readonly batches: (readonly ClusterEvent[])[] = [];
  readonly policies = new Map<string, PolicyObject>();
  /** How often something happened to a resource: "pods list". */
  readonly counts = new Map<string, number>();
  problems: readonly SourceProblem[] = [];

  constructor(kubeconfig: string, { pageSize = 500, ...timing }: FollowOptions = {}) {
    this.client = ApiClient.open({ kind: 'kubeconfig', file: kubeconfig });
    this.source = new KubeSource({
      client: this.client,
      settings: defaultSettings,
      onEvents: (events) => {
        this.batches.push(events);
        for (const event of events) this.cluster.apply(event);
      },
      onProblems: (problems) => {
        this.problems = problems;
      },
      onPolicyObject: ({ kind, namespace, name }, object) => {
        const key = `${kind}/${namespace}/${name}`;
        if (object) this.policies.set(key, object);
        else this.policies.delete(key);
      },
      onReflector: (resource, event) => {
        const key = `${resource} ${event}`;
        this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
      },
      random: Math.random,
      clock: () => performance.now(),
      pageSize,
      timing: { ...defaultTiming, retryMs: { first: 50, most: 1_000 }, ...timing },
    });
  }

  count(what: string): number {
    return this.counts.get(what) ?? 0;
  }

  /** Of the events since the first batch. */
  get removed(): readonly ObjectKey[] {
    return this.batches
      .slice(1)
      .flatMap((events) => events.flatMap((event) => (event.kind === 'remove' ? [event.key] : [])));
  }

  async stop(): Promise<void> {
    await this.source.stop();
    this.client.close();
  }
}
