import { setTimeout as sleep } from 'node:timers/promises';
import { type BackoffMs, backoffMs } from '../../backoff.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { listPages } from './list-pages.ts';
import { field, metaOf, type ObjectMeta, resourceVersionOf, text } from './object-meta.ts';
import { apiVersionOf, type KubeResource, kindNameOf, pathOf } from './resources.ts';

/** A change of one object. `set` replaces what had the name; an object that was made anew is first `gone`. */
export type ObjectChange<T> =
  | { readonly kind: 'set'; readonly meta: ObjectMeta; readonly value: T }
  | { readonly kind: 'gone'; readonly meta: Pick<ObjectMeta, 'namespace' | 'name'> };

/** How a reflector stands with the API server. */
export type ReflectorState =
  /** No list is complete yet. */
  | { readonly kind: 'starting' }
  /** The last that was heard is at most a watch's delay old. */
  | { readonly kind: 'watching' }
  /** The API server does not have such a resource, so there are no objects of it. */
  | { readonly kind: 'absent' }
  /** What is known may be old. */
  | { readonly kind: 'failing'; readonly reason: string };

export interface ReflectorTiming {
  readonly retryMs: BackoffMs;
  /** How often an absent resource is looked for. */
  readonly absentMs: BackoffMs;
  /** A watch is asked to end after this, and half of it more by chance, so that watches spread over API servers. */
  readonly watchMs: number;
  /** A watch that is silent for so long is dead: bookmarks come every minute. */
  readonly idleMs: number;
  /** Of one page. */
  readonly listTimeoutMs: number;
}

export const defaultTiming: ReflectorTiming = {
  retryMs: { first: 200, most: 5_000 },
  absentMs: { first: 1_000, most: 10_000 },
  watchMs: 300_000,
  idleMs: 130_000,
  listTimeoutMs: 60_000,
};

/** What happened, for metrics. */
export type ReflectorEvent = 'list' | 'watch' | 'expired' | 'failure';

export interface ReflectorOptions<T> {
  readonly client: ApiClient;
  readonly resource: KubeResource<string>;
  /** Only objects that it selects are followed; all unless told. */
  readonly labelSelector?: string;
  /** Makes of the API server's JSON what onChanges gets; the JSON is not kept. Must not throw. */
  readonly decode: (value: unknown, meta: ObjectMeta) => T;
  /** Called with all changes of a list, or of one read of a watch; not at all if there are none. */
  readonly onChanges: (changes: readonly ObjectChange<T>[]) => void;
  /** Called when it changes; the first time that it is not `starting` or `failing`, all objects have been told. */
  readonly onState: (state: ReflectorState) => void;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  readonly timing?: ReflectorTiming;
  /** Objects of one page of a list; 500 unless told. */
  readonly pageSize?: number;
  readonly onEvent?: (event: ReflectorEvent) => void;
}

interface Known {
  readonly uid: string;
  readonly resourceVersion: string;
}

/** A watch that lived so long worked, though nothing happened in it. */
const goodWatchMs = 500;

/**
 * Follows all objects of one resource: a list, then a watch that goes on where the last one ended, and a list again
 * when the API server has forgotten that place. Only a list that is complete removes objects, and an object is
 * never told twice in the same version. Keeps of each object its name, uid and version.
 */
export class Reflector<T> {
  readonly #options: ReflectorOptions<T>;
  readonly #timing: ReflectorTiming;
  readonly #known = new Map<string, Known>();
  /** Where to watch from; undefined: a list has to come first. */
  #resourceVersion: string | undefined;
  #state: ReflectorState = { kind: 'starting' };
  /** Tries in a row that failed. */
  #failures = 0;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#timing = options.timing ?? defaultTiming;
  }

  get state(): ReflectorState {
    return this.#state;
  }

  get size(): number {
    return this.#known.size;
  }

  /** Follows until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) await this.#list(signal);
        else await this.#watch(this.#resourceVersion, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        await this.#failed(error, signal);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { client, resource, labelSelector, pageSize = 500, onEvent } = this.#options;
    onEvent?.('list');
    const changes: ObjectChange<T>[] = [];
    const listed = new Map<string, Known>();
    const kind = kindNameOf(resource);
    const apiVersion = apiVersionOf(resource);
    const resourceVersion = await listPages({
      client,
      path: pathOf(resource),
      labelSelector,
      limit: pageSize,
      timeoutMs: this.#timing.listTimeoutMs,
      signal,
      onItem: (item) => {
        const meta = metaOr(item, pathOf(resource));
        const known = this.#known.get(keyOf(meta));
        listed.set(keyOf(meta), known && isSame(known, meta) ? known : knownOf(meta));
        // Objects of a list don't repeat what the list is of.
        if (!known || !isSame(known, meta))
          changes.push(...this.#set(known, meta, { apiVersion, kind, ...Object(item) }));
      },
    });
    const gone = [...this.#known.keys()].filter((key) => !listed.has(key));
    this.#known.clear();
    for (const [key, known] of listed) this.#known.set(key, known);
    this.#resourceVersion = resourceVersion;
    this.#failures = 0;
    this.#tell([...gone.map(goneChange), ...changes]);
    this.#become({ kind: 'watching' });
  }

  async #watch(resourceVersion: string, signal: AbortSignal): Promise<void> {
    const { client, resource, labelSelector, random, clock, onEvent } = this.#options;
    const { watchMs, idleMs } = this.#timing;
    const timeoutSeconds = Math.max(1, Math.round((watchMs * (1 + random() / 2)) / 1000));
    onEvent?.('watch');
    const began = clock();
    const query = { resourceVersion, labelSelector, allowWatchBookmarks: true, timeoutSeconds };
    // Where nothing changes, no event would tell for a minute that the API server is back.
    const onOpen = () => this.#become({ kind: 'watching' });
    try {
      for await (const events of client.watch({ path: pathOf(resource), query, idleMs, signal, onOpen })) {
        this.#failures = 0;
        this.#follow(events);
      }
    } finally {
      if (clock() - began >= goodWatchMs) this.#failures = 0;
    }
    // The API server ends watches when their time is over, and when it stops: then by one that is over at once.
    if (clock() - began < goodWatchMs) await this.#wait(this.#timing.retryMs, undefined, signal);
  }

  #follow(events: readonly unknown[]): void {
    const changes: ObjectChange<T>[] = [];
    try {
      for (const event of events) changes.push(...this.#apply(event));
    } finally {
      // What came before an error in the same read has happened.
      this.#tell(changes);
    }
  }

  #apply(event: unknown): readonly ObjectChange<T>[] {
    const path = pathOf(this.#options.resource);
    const object = field(event, 'object');
    switch (text(event, 'type')) {
      case 'ADDED':
      case 'MODIFIED': {
        const meta = metaOr(object, path);
        const known = this.#known.get(keyOf(meta));
        this.#resourceVersion = meta.resourceVersion;
        if (known && isSame(known, meta)) return [];
        this.#known.set(keyOf(meta), knownOf(meta));
        return this.#set(known, meta, object);
      }
      case 'DELETED': {
        const meta = metaOr(object, path);
        this.#resourceVersion = meta.resourceVersion;
        return this.#known.delete(keyOf(meta)) ? [goneChange(keyOf(meta))] : [];
      }
      case 'BOOKMARK':
        this.#resourceVersion = resourceVersionOf(object) || this.#resourceVersion;
        return [];
      case 'ERROR':
        throw ApiError.refused(`WATCH ${path}`, Number(field(object, 'code')) || 500, object);
      default:
        throw ApiError.unreachable(`WATCH ${path}`, 'an event of unknown type');
    }
  }

  #set(known: Known | undefined, meta: ObjectMeta, value: unknown): readonly ObjectChange<T>[] {
    const set = { kind: 'set', meta, value: this.#options.decode(value, meta) } as const;
    return known && known.uid !== meta.uid ? [goneChange(keyOf(meta)), set] : [set];
  }

  #tell(changes: readonly ObjectChange<T>[]): void {
    if (changes.length === 0) return;
    this.#options.onChanges(changes);
  }

  async #failed(error: ApiError, signal: AbortSignal): Promise<void> {
    const { resource, onEvent } = this.#options;
    if (mustList(error)) this.#resourceVersion = undefined;
    // What there was stays in force: a 404 alone is no proof that somebody removed it all.
    if (error.notFound && resource.optional && this.#known.size === 0) return this.#missing(signal);
    onEvent?.(error.expired ? 'expired' : 'failure');
    // A place that was forgotten is no fault, unless it happens again and again.
    if (!error.expired || this.#failures > 2) this.#become({ kind: 'failing', reason: error.message });
    return this.#wait(this.#timing.retryMs, error.retryAfterMs, signal);
  }

  /** An API server that has just started may not know its CRDs yet; to be taken at its word it has to be ready. */
  async #missing(signal: AbortSignal): Promise<void> {
    const { client, resource } = this.#options;
    if (this.#state.kind !== 'absent') {
      try {
        await client.request({ path: '/readyz', parse: false, signal });
        await client.request({ path: pathOf(resource), query: { limit: 1 }, signal });
        return;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (signal.aborted) return;
        if (!error.notFound) return this.#failed(error, signal);
      }
      this.#become({ kind: 'absent' });
    }
    return this.#wait(this.#timing.absentMs, undefined, signal);
  }

  async #wait(backoff: BackoffMs, atLeastMs: number | undefined, signal: AbortSignal): Promise<void> {
    this.#failures += 1;
    const ms = Math.max(backoffMs(this.#failures, backoff, this.#options.random), atLeastMs ?? 0);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }

  #become(state: ReflectorState): void {
    const { kind, reason } = { reason: '', ...this.#state };
    if (kind === state.kind && reason === ('reason' in state ? state.reason : '')) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

/** Whether a watch can't go on where it was; trouble of the moment, and of permissions, leaves that place as it is. */
function mustList(error: ApiError): boolean {
  const { status, expired } = error;
  return expired || (status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status));
}

/** Joined, the text is in one piece: there is one for every object. */
const keyOf = ({ namespace, name }: Pick<ObjectMeta, 'namespace' | 'name'>): string =>
  [namespace, name].join('/');

const knownOf = ({ uid, resourceVersion }: ObjectMeta): Known => ({ uid, resourceVersion });

const isSame = (known: Known, meta: ObjectMeta): boolean =>
  known.resourceVersion === meta.resourceVersion && known.uid === meta.uid;

function goneChange(key: string): {
  readonly kind: 'gone';
  readonly meta: Pick<ObjectMeta, 'namespace' | 'name'>;
} {
  const slash = key.indexOf('/');
  return { kind: 'gone', meta: { namespace: key.slice(0, slash), name: key.slice(slash + 1) } };
}

function metaOr(value: unknown, path: string): ObjectMeta {
  try {
    return metaOf(value);
  } catch (error) {
    throw ApiError.unreachable(path, error);
  }
}
