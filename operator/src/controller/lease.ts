import type { ApiClient, ApiRequest } from '../source/kube/api-client.ts';
import { ApiError } from '../source/kube/api-error.ts';
import { field, resourceVersionOf, text } from '../source/kube/object-meta.ts';

/** What a Lease of coordination.k8s.io/v1 says. */
export interface LeaseRecord {
  /** Empty: nobody has it. */
  readonly holder: string;
  /** Where agents reach the holder, "host:port". */
  readonly address: string;
  /** Why the holder can't serve; empty: it can. */
  readonly failure: string;
  /** Identity of a candidate that can serve and asks such a holder for the lease; empty: none does. */
  readonly asker: string;
  readonly durationMs: number;
  /** As text, for comparing: clocks of others are not trusted. */
  readonly acquired: string;
  readonly renewed: string;
  readonly transitions: number;
}

export interface StoredLease {
  readonly record: LeaseRecord;
  readonly resourceVersion: string;
}

/** How long to wait for an answer. */
export type Patience = Pick<ApiRequest, 'timeoutMs' | 'signal'>;

/** Our own; the rest of a Lease is the business of coordination.k8s.io. */
const annotationNames = {
  address: 'weir.dev/leader-address',
  failure: 'weir.dev/leader-failure',
  asker: 'weir.dev/asked-for-by',
} as const;

/** One Lease in an API server; writes fail with a conflict where somebody else wrote since it was read. */
export class LeaseStore {
  readonly #client: ApiClient;
  readonly #folder: string;
  readonly #namespace: string;
  readonly #name: string;

  constructor(client: ApiClient, namespace: string, name: string) {
    this.#client = client;
    this.#folder = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
    this.#namespace = namespace;
    this.#name = name;
  }

  /** Undefined where there is none. Throws an ApiError. */
  async read(patience: Patience): Promise<StoredLease | undefined> {
    try {
      return stored(await this.#client.request({ path: `${this.#folder}/${this.#name}`, ...patience }));
    } catch (error) {
      if (error instanceof ApiError && error.notFound) return undefined;
      throw error;
    }
  }

  /** Each version of the lease as it comes, beginning with the one that there is. Throws an ApiError. */
  async *follow(idleMs: number, signal: AbortSignal): AsyncGenerator<LeaseRecord, void> {
    const query = { fieldSelector: `metadata.name=${this.#name}`, allowWatchBookmarks: true };
    for await (const events of this.#client.watch({ path: this.#folder, query, idleMs, signal })) {
      for (const event of events) {
        const type = text(event, 'type');
        if (type === 'ADDED' || type === 'MODIFIED') yield stored(field(event, 'object')).record;
      }
    }
  }

  /** @param resourceVersion of what it replaces; undefined: there was none. Throws an ApiError. */
  async write(
    record: LeaseRecord,
    resourceVersion: string | undefined,
    patience: Patience,
  ): Promise<StoredLease> {
    const metadata = {
      name: this.#name,
      namespace: this.#namespace,
      resourceVersion,
      annotations: annotationsOf(record),
    };
    const body = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata,
      spec: {
        holderIdentity: record.holder,
        leaseDurationSeconds: Math.max(1, Math.round(record.durationMs / 1000)),
        acquireTime: record.acquired,
        renewTime: record.renewed,
        leaseTransitions: record.transitions,
      },
    };
    const request =
      resourceVersion === undefined
        ? ({ method: 'POST', path: this.#folder } as const)
        : ({ method: 'PUT', path: `${this.#folder}/${this.#name}` } as const);
    return stored(await this.#client.request({ ...request, body, ...patience }));
  }
}

function annotationsOf({ address, failure, asker }: LeaseRecord): Readonly<Record<string, string>> {
  return {
    [annotationNames.address]: address,
    ...(failure !== '' && { [annotationNames.failure]: failure }),
    ...(asker !== '' && { [annotationNames.asker]: asker }),
  };
}

function stored(lease: unknown): StoredLease {
  const spec = field(lease, 'spec');
  const annotations = field(field(lease, 'metadata'), 'annotations');
  return {
    resourceVersion: resourceVersionOf(lease),
    record: {
      holder: text(spec, 'holderIdentity'),
      address: text(annotations, annotationNames.address),
      failure: text(annotations, annotationNames.failure),
      asker: text(annotations, annotationNames.asker),
      durationMs: (Number(field(spec, 'leaseDurationSeconds')) || 0) * 1000,
      acquired: text(spec, 'acquireTime'),
      renewed: text(spec, 'renewTime'),
      transitions: Number(field(spec, 'leaseTransitions')) || 0,
    },
  };
}

/** A metav1.MicroTime: six digits after the second. @param wall milliseconds since 1970 */
export const microTime = (wall: number): string => new Date(wall).toISOString().replace('Z', '000Z');
