import type { ClusterEvent, ObjectKey, Problem } from '../../model/event.ts';
import type { PolicyRef } from '../../model/policy.ts';
import type { Settings } from '../../model/settings.ts';
import { type Decoded, decodeObject, problemsOf } from '../decode/decode-object.ts';
import type { SourceProblem } from '../source-problem.ts';
import type { ApiClient } from './api-client.ts';
import {
  type GroupObject,
  type GroupRef,
  groupContent,
  type NodeObject,
  nodeObject,
  type PolicyContent,
  type PolicyObject,
  policyContent,
} from './object-facts.ts';
import type { ObjectMeta } from './object-meta.ts';
import { Problems } from './problems.ts';
import {
  type ObjectChange,
  Reflector,
  type ReflectorEvent,
  type ReflectorState,
  type ReflectorTiming,
} from './reflector.ts';
import { type KubeResource, kubeResources, nameOf } from './resources.ts';

export interface KubeSourceOptions {
  readonly client: ApiClient;
  readonly settings: Settings;
  /** Called with all changes of a few milliseconds; first, and even if there are none, by start. */
  readonly onEvents: (events: readonly ClusterEvent[]) => void;
  /** Called with all problems that there are now, whenever they change. */
  readonly onProblems: (problems: readonly SourceProblem[]) => void;
  /** Called for each new version of a policy before onEvents gets it; undefined: it was deleted. */
  readonly onPolicyObject?: (ref: PolicyRef, object: PolicyObject | undefined) => void;
  /** Called for each new version of a node; undefined: it was deleted. */
  readonly onNodeObject?: (name: string, object: NodeObject | undefined) => void;
  /** Called for each new version of a CiliumCIDRGroup; undefined: it was deleted. */
  readonly onGroupObject?: (ref: GroupRef, object: GroupObject | undefined) => void;
  /** Called for metrics. */
  readonly onReflector?: (resource: string, event: ReflectorEvent) => void;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** How long changes are gathered, in milliseconds. */
  readonly delayMs?: number;
  readonly resources?: readonly KubeResource[];
  readonly timing?: ReflectorTiming;
  readonly pageSize?: number;
}

const defaultDelayMs = 5;

/** What the source knows of one resource. */
export interface ResourceStatus {
  /** As kubectl names it. */
  readonly resource: string;
  readonly state: ReflectorState;
  /** How many there are. */
  readonly objects: number;
}

/**
 * An API server as a source of events. Nothing is told before every resource's first list is complete, then all of
 * it at once. Whatever fails later keeps everything that was told in force.
 */
export class KubeSource {
  readonly #options: KubeSourceOptions;
  readonly #stop = new AbortController();
  readonly #reflectors = new Map<string, Reflector<Taken>>();
  readonly #problems = new Problems();
  /** Versions of policies that events were told of. */
  readonly #told = new Map<string, string>();
  /** Resources whose first list is missing. */
  readonly #awaited = new Set<string>();
  #pending: Pending[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<unknown> = Promise.resolve();
  #started = (): void => undefined;
  #isStarted = false;

  constructor(options: KubeSourceOptions) {
    this.#options = options;
    for (const resource of options.resources ?? kubeResources) {
      this.#awaited.add(nameOf(resource));
      this.#reflectors.set(nameOf(resource), this.#reflector(resource));
    }
  }

  /**
   * Resolves when all objects have been delivered, or at a stop before that; an API server that does not answer is
   * waited for. Rejects only where a receiver throws.
   */
  async start(): Promise<void> {
    const started = new Promise<void>((resolve) => {
      this.#started = resolve;
    });
    this.#running = Promise.all([...this.#reflectors.values()].map((one) => one.run(this.#stop.signal)));
    await Promise.race([started, this.#running]);
    // A fault of our own must not leave a resource unread in silence: it ends the process.
    this.#running.catch((error: unknown) => {
      throw error;
    });
  }

  /** Resolves when nothing is called any more. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stop.abort();
    await this.#running;
  }

  /** Whether all objects have been delivered once. */
  get synced(): boolean {
    return this.#isStarted;
  }

  get resources(): readonly ResourceStatus[] {
    return [...this.#reflectors].map(([resource, { state, size }]) => ({ resource, state, objects: size }));
  }

  #reflector(resource: KubeResource): Reflector<Taken> {
    const { client, settings, onReflector, random, clock, timing, pageSize } = this.#options;
    const name = nameOf(resource);
    return new Reflector<Taken>({
      client,
      resource,
      decode: (value, meta) => ({
        decoded: decodeObject(value, settings),
        ...this.#facts(resource, value, meta),
      }),
      onChanges: (changes) => {
        for (const change of changes) this.#pending.push({ resource, change });
        this.#schedule();
      },
      onState: (state) => {
        if (state.kind === 'watching' || state.kind === 'absent') this.#awaited.delete(name);
        this.#problems.ofResource(name, state.kind === 'failing' ? state.reason : undefined);
        this.#schedule();
      },
      onEvent: (event) => onReflector?.(name, event),
      random,
      clock,
      ...(timing && { timing }),
      ...(pageSize !== undefined && { pageSize }),
    });
  }

  /** Only what somebody has asked for. */
  #facts(resource: KubeResource, value: unknown, meta: ObjectMeta): Omit<Taken, 'decoded'> {
    const { onPolicyObject, onNodeObject, onGroupObject } = this.#options;
    if (resource.kind === 'Node') return onNodeObject ? { node: nodeObject(value, meta) } : {};
    if (resource.kind === 'CidrGroup') return onGroupObject ? { group: groupContent(value) } : {};
    return resource.kind.endsWith('NetworkPolicy') && onPolicyObject ? { policy: policyContent(value) } : {};
  }

  #schedule(): void {
    if (this.#stop.signal.aborted) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, this.#options.delayMs ?? defaultDelayMs);
  }

  #flush(): void {
    const { onEvents, onProblems } = this.#options;
    if (this.#awaited.size === 0) {
      const events = this.#takePending();
      if (events.length > 0 || !this.#isStarted) onEvents(events);
      this.#isStarted = true;
      this.#started();
    }
    const changed = this.#problems.takeChanged();
    if (changed) onProblems(changed);
  }

  /** What they were made from is let go of before they are told: at first it is a whole cluster. */
  #takePending(): readonly ClusterEvent[] {
    const pending = this.#pending;
    this.#pending = [];
    return pending.flatMap(({ resource, change }) => this.#take(resource, change));
  }

  #take(resource: KubeResource, change: ObjectChange<Taken>): readonly ClusterEvent[] {
    const { namespace, name } = change.meta;
    const key: ObjectKey = { kind: resource.kind, namespace, name };
    const policy = isPolicy(key) ? key : undefined;
    const problems = change.kind === 'gone' ? [] : problemsOf(change.value.decoded);
    this.#problems.ofObject(nameOf(resource), key, problems);
    if (key.kind === 'Node')
      this.#options.onNodeObject?.(name, change.kind === 'gone' ? undefined : change.value.node);
    if (key.kind === 'CidrGroup') this.#tellGroup(change, problems);
    if (change.kind === 'gone') {
      if (policy) this.#options.onPolicyObject?.(policy, undefined);
      this.#told.delete(keyText(key));
      return [{ kind: 'remove', key }];
    }
    const { decoded, policy: content = noContent } = change.value;
    if (policy)
      this.#options.onPolicyObject?.(policy, {
        ...change.meta,
        ...content,
        ref: policy,
        refused: problems,
      });
    if (policy && this.#isTold(keyText(key), change.meta)) return [];
    // What can't be read leaves its last valid content in force.
    return decoded.kind === 'object' ? [{ kind: 'upsert', object: decoded.object }] : [];
  }

  #tellGroup(change: ObjectChange<Taken>, refused: readonly Problem[]): void {
    const ref = { kind: 'CidrGroup', namespace: '', name: change.meta.name } as const;
    const object =
      change.kind === 'gone'
        ? undefined
        : { ...change.meta, ref, content: change.value.group ?? '', refused };
    this.#options.onGroupObject?.(ref, object);
  }

  /** Whether only a policy's status or labels have changed since it was told. */
  #isTold(key: string, { uid, generation }: ObjectMeta): boolean {
    const version = `${uid}/${generation}`;
    if (generation > 0 && this.#told.get(key) === version) return true;
    this.#told.set(key, version);
    return false;
  }
}

/** What is kept of an object until it is told. */
interface Taken {
  readonly decoded: Decoded;
  readonly policy?: PolicyContent;
  readonly node?: NodeObject;
  /** Content of a CiliumCIDRGroup. */
  readonly group?: string;
}

const noContent: PolicyContent = { content: '', status: undefined };
const keyText = ({ kind, namespace, name }: ObjectKey): string => `${kind}/${namespace}/${name}`;

interface Pending {
  readonly resource: KubeResource;
  readonly change: ObjectChange<Taken>;
}

const isPolicy = (key: ObjectKey): key is PolicyRef => key.kind.endsWith('NetworkPolicy');
