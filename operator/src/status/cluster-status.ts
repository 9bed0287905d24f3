import type { BundleChange } from '../bundle/bundle-change.ts';
import { policyKey } from '../model/cluster.ts';
import type { ClusterEvent } from '../model/event.ts';
import { isPolicyKind, type PolicyRef } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';
import type { Pipeline } from '../pipeline.ts';
import type { NodeStatus } from '../push/node-status.ts';
import { ApiError } from '../source/kube/api-error.ts';
import type { NodeObject, PolicyObject } from '../source/kube/object-facts.ts';
import { AcceptedVersions } from './accepted-versions.ts';
import { BundleKeeper } from './bundle-keeper.ts';
import { BundleOutlook } from './bundle-outlook.ts';
import { decodeVersion } from './decode-version.ts';
import { EventRecorder } from './event-recorder.ts';
import { NodeBook } from './node-book.ts';
import { policyNotApplied, policyRefused } from './occurrences.ts';
import { PolicyKeeper } from './policy-keeper.ts';
import { PolicyMarks } from './policy-marks.ts';
import { PolicyOutlook } from './policy-outlook.ts';
import {
  countNodes,
  countPolicies,
  nothingCounted,
  oldestBehind,
  type StatusCounts,
} from './status-counts.ts';
import { type Urgency, urgencies } from './urgency.ts';
import { VersionKeeper } from './version-keeper.ts';
import { WriteGate } from './write-gate.ts';
import type { WriteKind, Writing } from './writing.ts';

export interface ClusterStatusOptions extends Omit<Writing, 'gate' | 'write'> {
  readonly settings: Settings;
  readonly pipeline: Pick<Pipeline, 'state' | 'nodesOf' | 'takeChangedNodes' | 'policiesOf'>;
  readonly nodeStatus: (node: string) => NodeStatus;
  /** Compiles and pushes; comes back here by `published`. */
  readonly publish: (events: readonly ClusterEvent[]) => void;
  /** Of this operator, unique. */
  readonly identity: string;
  /** Of this operator: for the accepted versions of policies of cluster scope. */
  readonly namespace: string;
  /** Of all writes together; 50 unless told. */
  readonly writesPerSecond?: number;
  /** Whether all objects are known. */
  readonly synced: () => boolean;
  /** The API server has answered a write: "ok", "conflict" or "failed". */
  readonly onWrite?: (kind: WriteKind, outcome: string) => void;
}

/** What is told in the API server of nodes, policies and what happens to them; it sees everything and the leader writes. */
export class ClusterStatus {
  readonly #options: ClusterStatusOptions;
  readonly #gate: WriteGate;
  readonly #nodes: NodeBook;
  readonly #marks = new PolicyMarks();
  readonly #versions: AcceptedVersions;
  readonly #versionKeeper: VersionKeeper;
  readonly #outlook: BundleOutlook;
  readonly #bundles: BundleKeeper;
  readonly #policies: PolicyKeeper;
  readonly #events: EventRecorder;
  readonly #stop = new AbortController();
  /** When this operator began to lead, in milliseconds since 1970; undefined: it does not. */
  #ledSince: number | undefined;

  constructor(options: ClusterStatusOptions) {
    this.#options = options;
    const { settings, nodeStatus, clock, client } = options;
    this.#gate = new WriteGate(options.writesPerSecond ?? 50, options.monotonic, this.#stop.signal);
    this.#nodes = new NodeBook(clock);
    this.#versions = new AcceptedVersions((ref, content) => decodeVersion(ref, content, settings));
    const { signal } = this.#stop;
    const writing: Writing = {
      ...options,
      gate: this.#gate,
      leading: () => this.#isLeading,
      write: (kind, request) => told(options, kind, client.request({ ...request, signal })),
    };
    const isFresh = (key: string) => this.#marks.isFresh(key, clock());
    const known = { nodeStatus, clock, nodes: this.#nodes, ledSince: () => this.#ledSince };
    this.#versionKeeper = new VersionKeeper({
      ...writing,
      isFresh,
      versions: this.#versions,
      namespace: options.namespace,
      synced: options.synced,
      onStored: (ref) => this.#fallBack(ref),
      onChange: (ref) => this.#policies.changed(policyKey(ref)),
    });
    this.#outlook = new BundleOutlook(known);
    this.#bundles = new BundleKeeper({
      ...writing,
      nodeUid: (node) => this.#nodes.object(node)?.uid,
      finding: (node, stored) => this.#outlook.finding(node, stored),
      recheckMs: (node) => this.#outlook.recheckMs(node),
    });
    const object = (key: string) => this.#versions.object(key);
    const hadAgent = (node: string) => this.#bundles.storedStatus(node)?.fields.agent !== undefined;
    const policies = new PolicyOutlook({
      ...known,
      pipeline: options.pipeline,
      ...{ marks: this.#marks, object, hadAgent },
    });
    this.#policies = new PolicyKeeper({
      ...writing,
      ...{ object, isFresh, versions: this.#versionKeeper.store },
      finding: (key, stored) => policies.finding(key, stored),
    });
    this.#events = new EventRecorder({ ...writing, identity: options.identity });
  }

  /** Resolves when accepted versions are known, without which nothing may be compiled. */
  async start(): Promise<void> {
    this.#bundles.start();
    this.#policies.start();
    this.#events.start();
    await this.#versionKeeper.start();
  }

  async stop(): Promise<void> {
    this.#ledSince = undefined;
    this.#stop.abort();
    await Promise.all(this.#keepers.map((one) => one.stop()));
  }

  /** Why nothing may be compiled yet; undefined: it may. */
  get failure(): string | undefined {
    return this.#versionKeeper.store.failure;
  }

  /** This operator is the one that writes, from now on or no longer. What is right already is not written again. */
  lead(leading: boolean): void {
    this.#ledSince = leading ? this.#options.clock() : undefined;
    if (!leading) return;
    for (const node of new Set([...this.#nodes.names, ...this.#bundles.nodes])) this.#bundles.changed(node);
    const keys = new Set([
      ...this.#options.pipeline.state.policies.keys(),
      ...this.#versionKeeper.store.keys,
    ]);
    for (const key of keys) {
      this.#versionKeeper.changed(key);
      this.#policies.changed(key);
      this.#recordRefusal(this.#versions.object(key));
    }
  }

  /** A policy has another version; comes before the events about it. */
  followPolicy(ref: PolicyRef, object: PolicyObject | undefined): void {
    const key = policyKey(ref);
    const former = this.#versions.object(key);
    this.#versions.follow(ref, object);
    this.#policies.follow(key, object);
    this.#versionKeeper.changed(key);
    this.#policies.changed(key);
    if (former?.uid !== object?.uid || former?.generation !== object?.generation) this.#recordRefusal(object);
  }

  followNode(name: string, object: NodeObject | undefined): void {
    this.#nodes.follow(name, object);
    if (!object) this.#wake(name);
    this.#bundles.changed(name);
  }

  /** What push knows of a node has changed. */
  followStatus(node: string, status: NodeStatus): void {
    const { confirmed, coverage, failure } = this.#nodes.followStatus(node, status);
    if (confirmed) this.#wake(node);
    for (const uid of coverage)
      for (const key of this.#options.pipeline.policiesOf(uid)) this.#policies.changed(key);
    const object = this.#nodes.object(node);
    if (failure !== undefined && object) this.#events.record(policyNotApplied(node, object, failure));
    this.#bundles.changed(node);
  }

  /** The events as they are to be compiled: refused policies fall back to what was accepted before. */
  complete(events: readonly ClusterEvent[]): readonly ClusterEvent[] {
    return this.#versions.complete(events);
  }

  /** The events have been compiled to these changes, and push has them. */
  published(events: readonly ClusterEvent[], changes: readonly BundleChange[]): void {
    const { pipeline, nodeStatus, clock } = this.#options;
    const at = clock();
    const batch = this.#marks.begin();
    const touched = new Set(pipeline.takeChangedNodes());
    for (const key of policiesOf(events)) {
      touched.add(key);
      if (pipeline.state.policies.has(key)) this.#marks.set(key, at);
      else this.#marks.delete(key);
    }
    for (const node of new Set(changes.map((change) => change.node))) {
      if (!pipeline.state.nodes.has(node)) continue;
      this.#nodes.published(node, batch, nodeStatus(node).revision, at);
      this.#bundles.changed(node);
    }
    for (const key of touched) this.#policies.changed(key);
  }

  /** For metrics: it is counted anew each time. */
  get counts(): StatusCounts {
    if (!this.#isLeading) return nothingCounted;
    const counted = {
      ...{ nodes: this.#nodes, bundles: this.#bundles, policies: this.#policies },
      ...{ outlook: this.#outlook, keys: this.#options.pipeline.state.policies.keys() },
    };
    return {
      nodes: countNodes(counted),
      policies: countPolicies(counted),
      waiting: new Map(urgencies.map((urgency) => [urgency, this.#waiting(urgency)])),
      behindSeconds: oldestBehind(counted, this.#options.clock()) / 1_000,
    };
  }

  get #isLeading(): boolean {
    return this.#ledSince !== undefined && this.#options.leading();
  }

  #waiting(urgency: Urgency): number {
    return this.#keepers.reduce((sum, one) => sum + one.depth(urgency), this.#gate.waiting(urgency));
  }

  get #keepers() {
    return [this.#bundles, this.#policies, this.#events, this.#versionKeeper] as const;
  }

  #wake(node: string): void {
    for (const key of this.#marks.takeWaiting(node)) this.#policies.changed(key);
  }

  /** A standby may hear of a refused version without having seen the accepted one before it. */
  #fallBack(ref: PolicyRef): void {
    const refused = this.#options.pipeline.state.policies.get(policyKey(ref))?.refused;
    if (!refused) return;
    const events = this.#versions.complete([{ kind: 'upsert', object: refused }]);
    if (events.length > 1) this.#options.publish(events);
  }

  #recordRefusal(object: PolicyObject | undefined): void {
    if (object && object.refused.length > 0) this.#events.record(policyRefused(object));
  }
}

/** The write's answer, after its outcome has been told. */
async function told(
  { onWrite }: Pick<ClusterStatusOptions, 'onWrite'>,
  kind: WriteKind,
  answer: Promise<unknown>,
): Promise<unknown> {
  const failed = (error: unknown) => (error instanceof ApiError && error.conflict ? 'conflict' : 'failed');
  void answer.then(
    () => onWrite?.(kind, 'ok'),
    (error: unknown) => onWrite?.(kind, failed(error)),
  );
  return answer;
}

function* policiesOf(events: readonly ClusterEvent[]): Generator<string> {
  for (const event of events) {
    if (event.kind === 'remove') {
      const { kind, namespace, name } = event.key;
      if (isPolicyKind(kind)) yield policyKey({ kind, namespace, name });
    } else if ('ref' in event.object) yield policyKey(event.object.ref);
  }
}
