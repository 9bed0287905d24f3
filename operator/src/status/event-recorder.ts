import { createHash } from 'node:crypto';
import { done, later, type Outcome } from '../controller/controller.ts';
import { microTime } from '../controller/lease.ts';
import type { ApiRequest } from '../source/kube/api-client.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { Lanes, type Need, write } from './lanes.ts';
import type { Urgency } from './urgency.ts';
import { mergePatch, type Writing } from './writing.ts';

/** What an Event is about. */
export interface Regarding {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty for objects of cluster scope. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

export interface Occurrence {
  readonly regarding: Regarding;
  readonly type: 'Normal' | 'Warning';
  /** "PolicyRefused". */
  readonly reason: string;
  /** What the operator did: "Validate". */
  readonly action: string;
  readonly note: string;
}

export interface EventRecorderOptions extends Writing {
  /** Of this operator. */
  readonly identity: string;
}

interface Record {
  readonly occurrence: Occurrence;
  count: number;
  /** How often it had happened when it was written last. */
  told: number;
  /** Milliseconds, monotonic, of the last write; undefined: none. */
  wrote: number | undefined;
  /** Whether the API server has it, as far as is known. */
  exists: boolean;
}

const most = { records: 1_000, note: 1_000, name: 200, instance: 128 };
/** How often the same is told again. */
const repeatMs = 600_000;

/**
 * Writes Events of events.k8s.io/v1. The same about the same object is one Event with a series, which is written at
 * most every ten minutes, also by the next leader: its name is made from what it says.
 */
export class EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #lanes: Lanes;
  /** By name of the Event, oldest first. */
  readonly #records = new Map<string, Record>();

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#lanes = new Lanes({
      writing: options,
      name: 'event',
      settleMs: 0,
      urgencies: ['routine'],
      look: (key) => this.#look(key),
      write: (key) => this.#write(key),
    });
  }

  start(): void {
    this.#lanes.start();
  }

  stop(): Promise<void> {
    return this.#lanes.stop();
  }

  record(occurrence: Occurrence): void {
    if (!this.#options.leading()) return;
    const key = nameOf(occurrence);
    const record = this.#records.get(key) ?? {
      ...{ occurrence, count: 0, told: 0 },
      ...{ wrote: undefined, exists: false },
    };
    record.count += 1;
    this.#records.delete(key);
    this.#records.set(key, record);
    const [oldest] = this.#records.keys();
    if (this.#records.size > most.records && oldest !== undefined) this.#records.delete(oldest);
    if (record.wrote === undefined || this.#options.monotonic() - record.wrote >= repeatMs)
      this.#lanes.changed(key);
  }

  /** Writes of the urgency that wait for somebody to take them. */
  depth(urgency: Urgency): number {
    return this.#lanes.depth(urgency);
  }

  #look(key: string): Need {
    const record = this.#records.get(key);
    return record && record.count !== record.told ? write('routine') : done;
  }

  async #write(key: string): Promise<Outcome> {
    const record = this.#records.get(key);
    if (!record || record.count === record.told) return done;
    const { count } = record;
    try {
      await this.#options.write(
        'event',
        record.exists ? this.#repetition(key, record) : this.#creation(key, record),
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // Another operator has written it; or it was cleaned up since, after an hour as a rule.
      if (record.exists ? !error.notFound : !error.conflict) throw error;
      record.exists = !record.exists;
      return later(1);
    }
    record.exists = true;
    record.told = count;
    record.wrote = this.#options.monotonic();
    return done;
  }

  #creation(name: string, { occurrence, count }: Record): ApiRequest {
    const { clock, identity } = this.#options;
    const { regarding, type, reason, action, note } = occurrence;
    const now = microTime(clock());
    return {
      method: 'POST',
      path: pathOf(regarding),
      body: {
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name, namespace: namespaceOf(regarding) },
        eventTime: now,
        reportingController: 'weir.dev/operator',
        reportingInstance: identity.slice(0, most.instance),
        action,
        reason,
        type,
        regarding: { ...regarding, namespace: regarding.namespace || undefined },
        note: note.length > most.note ? `${note.slice(0, most.note - 1)}…` : note,
        // A series has at least two.
        ...(count > 1 && { series: { count, lastObservedTime: now } }),
      },
    };
  }

  #repetition(name: string, { occurrence, count }: Record): ApiRequest {
    return {
      method: 'PATCH',
      path: `${pathOf(occurrence.regarding)}/${name}`,
      contentType: mergePatch,
      // One that another operator has written happened before.
      body: { series: { count: Math.max(2, count), lastObservedTime: microTime(this.#options.clock()) } },
    };
  }
}

/** Events about objects of cluster scope are in namespace "default". */
const namespaceOf = ({ namespace }: Regarding): string => namespace || 'default';
const pathOf = (regarding: Regarding): string =>
  `/apis/events.k8s.io/v1/namespaces/${namespaceOf(regarding)}/events`;

function nameOf({ regarding, reason, note }: Occurrence): string {
  const hash = createHash('sha256').update(`${regarding.uid} ${reason} ${note}`).digest('hex').slice(0, 16);
  return `${regarding.name.slice(0, most.name).replace(/[^a-z0-9]+$/, '')}.${hash}`;
}
