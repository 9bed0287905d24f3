import type { BundleChange } from '../bundle/bundle-change.ts';
import { policyKey } from '../model/cluster.ts';
import type { ClusterEvent } from '../model/event.ts';
import { isPolicyKind, type PolicyRef } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';
import type { Pipeline } from '../pipeline.ts';
import type { NodeStatus } from '../push/node-status.ts';
import { decodeObject } from '../source/decode/decode-object.ts';
import type { NodeObject, PolicyObject } from '../source/kube/object-facts.ts';
import { AcceptedVersions } from './accepted-versions.ts';
import { BundleKeeper } from './bundle-keeper.ts';
import { type BundleFinding, type BundleStatus, bundleFinding, keepUpMs } from './bundle-status.ts';
import type { Condition } from './condition.ts';
import { EventRecorder } from './event-recorder.ts';
import { NodeProgress } from './node-progress.ts';
import { type NodeStanding, policyFindings, problemsText, toldEnforced } from './policy-findings.ts';
import { type PolicyFinding, PolicyKeeper } from './policy-keeper.ts';
import { policyApiVersion } from './policy-kinds.ts';
import { standingOf } from './policy-standing.ts';
import { VersionKeeper } from './version-keeper.ts';
import { WriteGate } from './write-gate.ts';
import type { Writing } from './writing.ts';

export interface ClusterStatusOptions extends Omit<Writing, 'gate' | 'request'> {
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
}

/** A policy's newest version as it was published. */
interface Mark {
  readonly batch: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How long agents have to come to a new leader, before it says of nodes that they have none. */
const graceMs = 30_000;
/** Most versions are enforced everywhere within that, so that telling of the way there would be a write for nothing. */
const passingMs = 500;
const recheck = { applying: 2_000, behind: 30_000 };

/** What is told in the API server of nodes, policies and what happens to them; it sees everything and the leader writes. */
export class ClusterStatus {
  readonly #options: ClusterStatusOptions;
  readonly #versions: AcceptedVersions;
  readonly #versionKeeper: VersionKeeper;
  readonly #bundles: BundleKeeper;
  readonly #policies: PolicyKeeper;
  readonly #events: EventRecorder;
  readonly #nodes = new Map<string, NodeObject>();
  readonly #progress = new Map<string, NodeProgress>();
  readonly #errors = new Map<string, string>();
  /** Uids of pods, by node. */
  readonly #uncoveredOf = new Map<string, readonly string[]>();
  readonly #marks = new Map<string, Mark>();
  /** Policies to look at when the node has confirmed something: each waits for one node at a time. */
  readonly #waiting = new Map<string, Set<string>>();
  readonly #stop = new AbortController();
  #batch = 0;
  /** When this operator began to lead, in milliseconds since 1970; undefined: it does not. */
  #ledSince: number | undefined;

  constructor(options: ClusterStatusOptions) {
    this.#options = options;
    const gate = new WriteGate(options.writesPerSecond ?? 50, options.monotonic, this.#stop.signal);
    const leading = () => this.#ledSince !== undefined && options.leading();
    const { signal } = this.#stop;
    const request: Writing['request'] = (what) => options.client.request({ ...what, signal });
    const writing: Writing = { ...options, gate, leading, request };
    this.#versions = new AcceptedVersions((ref, content) => decodePolicy(ref, content, options.settings));
    this.#versionKeeper = new VersionKeeper({
      ...writing,
      versions: this.#versions,
      namespace: options.namespace,
      synced: options.synced,
      onStored: (ref) => this.#fallBack(ref),
      onStatus: (ref) => this.#policies.changed(policyKey(ref)),
    });
    this.#bundles = new BundleKeeper({
      ...writing,
      nodeUid: (node) => this.#nodes.get(node)?.uid,
      finding: (node, stored) => this.#bundleFinding(node, stored),
      recheckMs: (node) => this.#recheckMs(node),
    });
    this.#policies = new PolicyKeeper({
      ...writing,
      object: (key) => this.#versions.object(key),
      finding: (key, stored) => this.#policyFinding(key, stored),
      versions: this.#versionKeeper,
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
    const parts = [this.#bundles, this.#policies, this.#events, this.#versionKeeper];
    await Promise.all(parts.map((one) => one.stop()));
  }

  /** Why nothing may be compiled yet; undefined: it may. */
  get failure(): string | undefined {
    return this.#versionKeeper.failure;
  }

  /** This operator is the one that writes, from now on or no longer. What is right already is not written again. */
  lead(leading: boolean): void {
    this.#ledSince = leading ? this.#options.clock() : undefined;
    if (!leading) return;
    for (const node of new Set([...this.#nodes.keys(), ...this.#bundles.names])) this.#bundles.changed(node);
    const keys = new Set([...this.#options.pipeline.state.policies.keys(), ...this.#versionKeeper.keys]);
    for (const key of keys) {
      this.#versionKeeper.changed(key, 'routine');
      this.#policies.changed(key);
      const object = this.#versions.object(key);
      if (object) this.#recordRefusal(object);
    }
  }

  /** A policy has another version; comes before the events about it. */
  followPolicy(ref: PolicyRef, object: PolicyObject | undefined): void {
    const key = policyKey(ref);
    const former = this.#versions.object(key);
    this.#versions.follow(ref, object);
    this.#policies.follow(key, object);
    this.#versionKeeper.changed(key, 'urgent');
    this.#policies.changed(key);
    const isNew = former?.uid !== object?.uid || former?.generation !== object?.generation;
    if (object && isNew) this.#recordRefusal(object);
  }

  followNode(name: string, object: NodeObject | undefined): void {
    if (object) this.#nodes.set(name, object);
    else {
      this.#nodes.delete(name);
      this.#progress.delete(name);
      this.#errors.delete(name);
      this.#uncoveredOf.delete(name);
      this.#wake(name);
    }
    this.#bundles.changed(name);
  }

  /** What push knows of a node has changed. */
  followStatus(node: string, status: NodeStatus): void {
    const confirmed = this.#progressOf(node).follow(status, this.#options.clock());
    if (confirmed) this.#wake(node);
    this.#followUncovered(node, status.uncovered);
    this.#recordFailure(node, status.error);
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
    this.#batch += 1;
    const touched = new Set(pipeline.takeChangedNodes());
    for (const key of policiesOf(events)) {
      touched.add(key);
      if (pipeline.state.policies.has(key)) this.#marks.set(key, { batch: this.#batch, at });
      else this.#marks.delete(key);
    }
    for (const node of new Set(changes.map((change) => change.node))) {
      if (!pipeline.state.nodes.has(node)) continue;
      this.#progressOf(node).published(this.#batch, nodeStatus(node).revision, at);
      this.#bundles.changed(node);
    }
    for (const key of touched) this.#policies.changed(key);
  }

  #progressOf(node: string): NodeProgress {
    let progress = this.#progress.get(node);
    if (!progress) {
      progress = new NodeProgress();
      this.#progress.set(node, progress);
    }
    return progress;
  }

  #wake(node: string): void {
    const keys = this.#waiting.get(node);
    this.#waiting.delete(node);
    for (const key of keys ?? []) this.#policies.changed(key);
  }

  /** A standby may hear of a refused version without having seen the accepted one before it. */
  #fallBack(ref: PolicyRef): void {
    const refused = this.#options.pipeline.state.policies.get(policyKey(ref))?.refused;
    if (!refused) return;
    const events = this.#versions.complete([{ kind: 'upsert', object: refused }]);
    if (events.length > 1) this.#options.publish(events);
  }

  #bundleFinding(node: string, stored: BundleStatus | undefined): BundleFinding | undefined {
    const { nodeStatus, clock } = this.#options;
    const now = clock();
    const status = nodeStatus(node);
    const mayCome = status.version === '' && stored?.fields.agent !== undefined;
    if (!this.#nodes.has(node) || this.#ledSince === undefined) return undefined;
    if (mayCome && now - this.#ledSince < graceMs) return undefined;
    const since = this.#progress.get(node)?.behindSince;
    return bundleFinding({
      node: status,
      behindSince: since === undefined ? undefined : Math.max(since, this.#ledSince),
      now,
      stored: stored?.fields,
    });
  }

  #recheckMs(node: string): number | undefined {
    const since = this.#progress.get(node)?.behindSince;
    if (since === undefined) return undefined;
    const left = Math.max(since, this.#ledSince ?? 0) + keepUpMs - this.#options.clock();
    return left > 0 ? left : undefined;
  }

  #policyFinding(key: string, stored: readonly Condition[]): PolicyFinding {
    const { pipeline, clock } = this.#options;
    const now = clock();
    const object = this.#versions.object(key);
    const mark = this.#marks.get(key);
    const state = pipeline.state.policies.get(key);
    // It has come a moment ago and is not compiled yet.
    if (!object || !mark || !state) return { findings: [], recheckMs: undefined, isPassing: true };
    const nodes = pipeline.nodesOf(key).map((node) => this.#standing(key, node, mark, now));
    const findings = policyFindings({
      refused: object.refused,
      accepted: state.accepted,
      nodes,
      wasEnforced: toldEnforced(stored, object.generation),
    });
    const isApplying = findings.some(({ reason }) => reason === 'Applying');
    const ledSince = this.#ledSince ?? now;
    const mayCome = now - ledSince < graceMs && nodes.some((one) => this.#isAwaited(one));
    const isPassing = isApplying && (mayCome || now - Math.max(mark.at, ledSince) < passingMs);
    return { findings, isPassing, recheckMs: this.#await(key, nodes, isPassing) };
  }

  #standing(key: string, node: string, { batch, at }: Mark, now: number): NodeStanding {
    const { nodeStatus } = this.#options;
    const status = nodeStatus(node);
    const progress = this.#progress.get(node);
    return standingOf({
      node,
      observed: status.mode === 'observe',
      ready: this.#nodes.get(node)?.ready,
      status,
      hadAgent: status.version !== '' || this.#bundles.storedStatus(node)?.fields.agent !== undefined,
      confirmed: progress?.confirms(batch) ?? false,
      uncovered: this.#uncovered(key, status),
      waitingSince: Math.max(at, progress?.behindSince ?? 0, this.#ledSince ?? now),
      now,
    });
  }

  #isAwaited({ node, kind }: NodeStanding): boolean {
    return kind === 'applying' && this.#options.nodeStatus(node).version === '';
  }

  #uncovered(key: string, { uncovered }: NodeStatus): number {
    return uncovered.filter((uid) => this.#options.pipeline.policiesOf(uid).has(key)).length;
  }

  /** Sees to it that the policy is looked at when it may have come further. @returns when to look anyway */
  #await(key: string, nodes: readonly NodeStanding[], isPassing: boolean): number | undefined {
    const applying = nodes.find(({ kind }) => kind === 'applying');
    const first = applying ?? nodes.find(({ kind }) => kind === 'lagging' || kind === 'apart');
    if (!first) return undefined;
    const waiting = this.#waiting.get(first.node);
    if (waiting) waiting.add(key);
    else this.#waiting.set(first.node, new Set([key]));
    if (isPassing) return passingMs;
    return applying ? recheck.applying : recheck.behind;
  }

  #followUncovered(node: string, uids: readonly string[]): void {
    const former = this.#uncoveredOf.get(node) ?? [];
    if (former.length === uids.length && former.every((uid, index) => uid === uids[index])) return;
    this.#uncoveredOf.set(node, uids);
    for (const uid of new Set([...former, ...uids]))
      for (const key of this.#options.pipeline.policiesOf(uid)) this.#policies.changed(key);
  }

  #recordRefusal({ ref, uid, refused }: PolicyObject): void {
    if (refused.length === 0) return;
    const { kind, namespace, name } = ref;
    this.#events.record({
      regarding: { apiVersion: policyApiVersion(kind), kind, namespace, name, uid },
      type: 'Warning',
      reason: 'PolicyRefused',
      action: 'Validate',
      note: problemsText(refused),
    });
  }

  #recordFailure(node: string, error: string | undefined): void {
    const former = this.#errors.get(node);
    if (error === undefined) this.#errors.delete(node);
    else this.#errors.set(node, error);
    const uid = this.#nodes.get(node)?.uid;
    if (error === undefined || error === former || uid === undefined) return;
    this.#events.record({
      regarding: { apiVersion: 'v1', kind: 'Node', namespace: '', name: node, uid },
      type: 'Warning',
      reason: 'PolicyNotApplied',
      action: 'Apply',
      note: error,
    });
  }
}

function* policiesOf(events: readonly ClusterEvent[]): Generator<string> {
  for (const event of events) {
    if (event.kind === 'remove') {
      const { kind, namespace, name } = event.key;
      if (isPolicyKind(kind)) yield policyKey({ kind, namespace, name });
    } else if ('ref' in event.object) yield policyKey(event.object.ref);
  }
}

/** Undefined: this operator would refuse it. */
function decodePolicy(ref: PolicyRef, content: string, settings: Settings) {
  const { kind, namespace, name } = ref;
  const metadata = { name, ...(namespace !== '' && { namespace }) };
  const value = { apiVersion: policyApiVersion(kind), kind, metadata, ...JSON.parse(content) };
  const decoded = decodeObject(value, settings);
  if (decoded.kind !== 'object') return undefined;
  const { object } = decoded;
  return object.kind === 'Policy' || object.kind === 'TieredPolicy' ? object : undefined;
}
