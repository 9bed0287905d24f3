import type { BundleChange } from '../bundle/bundle-change.ts';
import { policyKey } from '../model/cluster.ts';
import type { ClusterEvent } from '../model/event.ts';
import { keyOf } from '../model/object-key.ts';
import { isPolicyKind, type PolicyRef } from '../model/policy.ts';
import type { Pipeline } from '../pipeline.ts';
import type { NodeStatus } from '../push/node-status.ts';
import type { GroupObject, GroupRef, NodeObject, PolicyObject } from '../source/kube/object-facts.ts';
import { type Keepers, type KeepersOptions, openKeepers } from './keepers.ts';
import { groupRefused, policyNotApplied, policyRefused } from './occurrences.ts';
import { countStatus, nothingCounted, type StatusCounts } from './status-counts.ts';
import { isGroup, isGroupObject, ownerKey, type VersionOwner } from './version-owner.ts';

export interface ClusterStatusOptions extends Omit<KeepersOptions, 'ledSince' | 'onStored' | 'signal'> {
  readonly pipeline: Pick<Pipeline, 'state' | 'nodesOf' | 'takeChangedNodes' | 'policiesOf'>;
  /** Compiles and pushes; comes back here by `published`. */
  readonly publish: (events: readonly ClusterEvent[]) => void;
}

/** What is told in the API server of nodes, policies and what happens to them; it sees everything and the leader writes. */
export class ClusterStatus {
  readonly #options: ClusterStatusOptions;
  readonly #keepers: Keepers;
  readonly #stop = new AbortController();
  /** When this operator began to lead, in milliseconds since 1970; undefined: it does not. */
  #ledSince: number | undefined;

  constructor(options: ClusterStatusOptions) {
    this.#options = options;
    this.#keepers = openKeepers({
      ...options,
      leading: () => this.#isLeading,
      ledSince: () => this.#ledSince,
      onStored: (ref) => this.#fallBack(ref),
      signal: this.#stop.signal,
    });
  }

  /** Resolves when accepted versions are known, without which nothing may be compiled. */
  async start(): Promise<void> {
    this.#keepers.bundles.start();
    this.#keepers.policies.start();
    this.#keepers.events.start();
    await this.#keepers.versionKeeper.start();
  }

  async stop(): Promise<void> {
    this.#ledSince = undefined;
    this.#stop.abort();
    const { bundles, policies, events, versionKeeper } = this.#keepers;
    await Promise.all([bundles, policies, events, versionKeeper].map((one) => one.stop()));
  }

  /** Why nothing may be compiled yet; undefined: it may. */
  get failure(): string | undefined {
    return this.#keepers.versionKeeper.store.failure;
  }

  /** This operator is the one that writes, from now on or no longer. What is right already is not written again. */
  lead(leading: boolean): void {
    const { nodes, bundles, policies, versions, versionKeeper } = this.#keepers;
    this.#ledSince = leading ? this.#options.clock() : undefined;
    if (!leading) return;
    for (const node of new Set([...nodes.names, ...bundles.nodes])) bundles.changed(node);
    for (const key of new Set([...versions.keys, ...versionKeeper.store.keys])) {
      versionKeeper.changed(key);
      policies.changed(key);
      this.#recordRefusal(key);
      this.#recordWithheld(key);
    }
  }

  /** A policy has another version; comes before the events about it. */
  followPolicy(ref: PolicyRef, object: PolicyObject | undefined): void {
    const { versions, versionKeeper, policies } = this.#keepers;
    const key = policyKey(ref);
    const former = versions.object(key);
    versions.follow(ref, object);
    policies.follow(key, object);
    versionKeeper.changed(key);
    policies.changed(key);
    if (former?.uid !== object?.uid || former?.generation !== object?.generation) this.#recordRefusal(key);
  }

  followNode(name: string, object: NodeObject | undefined): void {
    this.#keepers.nodes.follow(name, object);
    if (!object) this.#wake(name);
    this.#keepers.bundles.changed(name);
  }

  /** A CiliumCIDRGroup has another version; comes before the events about it. */
  followGroup(ref: GroupRef, object: GroupObject | undefined): void {
    const { versions, versionKeeper } = this.#keepers;
    const key = ownerKey(ref);
    const former = versions.object(key);
    versions.follow(ref, object);
    versionKeeper.changed(key);
    if (former?.uid !== object?.uid || former?.generation !== object?.generation) this.#recordRefusal(key);
  }

  /** What push knows of a node has changed. */
  followStatus(node: string, status: NodeStatus): void {
    const { nodes, policies, events, bundles } = this.#keepers;
    const { confirmed, coverage, failure } = nodes.followStatus(node, status);
    if (confirmed) this.#wake(node);
    for (const uid of coverage)
      for (const key of this.#options.pipeline.policiesOf(uid)) policies.changed(key);
    const object = nodes.object(node);
    if (failure !== undefined && object) events.record(policyNotApplied(node, object, failure));
    bundles.changed(node);
  }

  /** The events as they are to be compiled: refused objects fall back to what was accepted before. */
  complete(events: readonly ClusterEvent[]): readonly ClusterEvent[] {
    return this.#keepers.versions.complete(events);
  }

  /**
   * The events have been compiled to these changes, and push has them.
   *
   * @param switched keys of the policies that have another version in force, by these events or by what they mean
   */
  published(
    events: readonly ClusterEvent[],
    changes: readonly BundleChange[],
    switched: ReadonlySet<string>,
  ): void {
    const { marks, nodes, bundles, policies, versions } = this.#keepers;
    const { pipeline, nodeStatus, clock } = this.#options;
    const at = clock();
    const batch = marks.begin();
    for (const key of pipeline.takeChangedNodes()) policies.moved(key);
    for (const owner of ownersOf(events)) {
      if (versions.object(ownerKey(owner))) marks.set(ownerKey(owner), at);
      else marks.delete(ownerKey(owner));
      if (!isGroup(owner)) policies.changed(ownerKey(owner));
    }
    for (const key of switched) {
      if (pipeline.state.policies.has(key)) marks.set(key, at);
      policies.changed(key);
      this.#recordWithheld(key);
    }
    for (const node of new Set(changes.map((change) => change.node))) {
      if (!pipeline.state.nodes.has(node)) continue;
      nodes.published(node, batch, nodeStatus(node).revision, at);
      bundles.changed(node);
    }
  }

  /** For metrics: it is counted anew each time. */
  get counts(): StatusCounts {
    const { pipeline, clock } = this.#options;
    if (!this.#isLeading) return nothingCounted;
    return countStatus(this.#keepers, pipeline.state.policies.keys(), clock());
  }

  get #isLeading(): boolean {
    return this.#ledSince !== undefined && this.#options.leading();
  }

  #wake(node: string): void {
    for (const key of this.#keepers.marks.takeWaiting(node)) this.#keepers.policies.changed(key);
  }

  /** A standby may hear of a refused version without having seen the accepted one before it. */
  #fallBack(ref: VersionOwner): void {
    const { policies, refusedCidrGroups } = this.#options.pipeline.state;
    const refused = isGroup(ref) ? refusedCidrGroups.get(ref.name) : policies.get(policyKey(ref))?.refused;
    if (!refused) return;
    const events = this.#keepers.versions.complete([{ kind: 'upsert', object: refused }]);
    if (events.length > 1) this.#options.publish(events);
  }

  #recordRefusal(key: string): void {
    const { versions, events } = this.#keepers;
    const object = versions.object(key);
    if (!object || object.refused.length === 0) return;
    events.record(isGroupObject(object) ? groupRefused(object) : policyRefused(object, object.refused));
  }

  #recordWithheld(key: string): void {
    const { versions, events } = this.#keepers;
    const object = versions.policy(key);
    const withheld = this.#options.pipeline.state.policies.get(key)?.withheld ?? [];
    if (object && withheld.length > 0) events.record(policyRefused(object, withheld));
  }
}

/** What they are about, as far as accepted versions of it are stored. */
function* ownersOf(events: readonly ClusterEvent[]): Generator<VersionOwner> {
  for (const event of events) {
    const { kind, namespace, name } = event.kind === 'upsert' ? keyOf(event.object) : event.key;
    if (kind === 'CidrGroup') yield { kind, namespace: '', name };
    else if (isPolicyKind(kind)) yield { kind, namespace, name };
  }
}
