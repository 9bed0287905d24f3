import type { weir } from '@weir/proto/bundle.js';
import { type Digest, digestFromBytes, digestText, equalDigest } from '@weir/proto/digest.ts';
import { type Item, type ItemKind, itemKind, readItems } from '@weir/proto/item.ts';
import { decodeResponse, safeInteger } from '@weir/proto/service.ts';
import { AgentError } from '../errors.ts';
import { type CheckedItem, checkItem } from './check-item.ts';
import { Desired } from './desired.ts';
import { limits } from './limits.ts';

/** A whole message, all chunks put together and each item checked by itself. */
export type Incoming = IncomingSnapshot | IncomingDelta;

export interface IncomingSnapshot {
  readonly kind: 'snapshot';
  /** Checked also as a whole. */
  readonly bundle: Desired;
}

export interface IncomingDelta {
  readonly kind: 'delta';
  readonly fromDigest: Digest;
  readonly revision: number;
  readonly digest: Digest;
  readonly upserts: readonly { readonly item: Item; readonly content: CheckedItem }[];
  readonly removes: readonly { readonly kind: ItemKind; readonly key: Uint8Array }[];
}

/** What has come of a message so far: the number of the next chunk and the bytes of items up to here. */
type Partial = Nothing | PartialSnapshot | PartialDelta;

interface Nothing {
  readonly kind: 'none';
}

interface PartialSnapshot {
  readonly kind: 'snapshot';
  readonly bundle: Desired;
  readonly revision: number;
  readonly digest: Digest;
  readonly next: number;
  readonly bytes: number;
}

interface PartialDelta {
  readonly kind: 'delta';
  readonly delta: IncomingDelta;
  readonly next: number;
  readonly bytes: number;
}

const nothing: Nothing = { kind: 'none' };

/**
 * Puts the chunks of snapshots and deltas together. On what is malformed or out of order it throws an AgentError
 * `sync-violation`; from then on it passes over everything before the first chunk of a snapshot.
 */
export class Assembler {
  #partial: Partial = nothing;
  #onlySnapshot = false;

  /** Whether chunks are missing, or a snapshot is waited for. */
  get incomplete(): boolean {
    return this.#onlySnapshot || this.#partial.kind !== 'none';
  }

  /** Nothing but a snapshot is of use any more. */
  awaitSnapshot(): void {
    this.#partial = nothing;
    this.#onlySnapshot = true;
  }

  /** Takes an encoded SyncResponse; the result is there with the last chunk. */
  accept(response: Uint8Array): Incoming | undefined {
    try {
      const { snapshot, delta } = decodeResponse(response);
      if (snapshot) return this.#acceptSnapshot(snapshot);
      if (delta) return this.#acceptDelta(delta);
      throw new AgentError('sync-violation', 'a message that is neither snapshot nor delta');
    } catch (error) {
      this.awaitSnapshot();
      throw AgentError.from(error, 'sync-violation');
    }
  }

  #acceptSnapshot(chunk: weir.bundle.v1.Snapshot.$Properties): IncomingSnapshot | undefined {
    const number = chunk.chunk ?? 0;
    if (number > 0 && this.#onlySnapshot) return undefined;
    const revision = safeInteger(chunk.revision);
    const digest = readDigest(chunk.digest);
    const partial = number === 0 ? this.#startSnapshot(revision, digest) : this.#partial;
    if (partial.kind !== 'snapshot' || partial.next !== number) throw outOfOrder('snapshot', number);
    if (revision !== partial.revision || !equalDigest(digest, partial.digest)) {
      throw new AgentError('sync-violation', `chunk ${number} is of another snapshot`);
    }
    const { bundle } = partial;
    for (const { item, content } of readChecked(chunk.items)) bundle.add(item, content);
    const bytes = addBytes(partial.bytes, chunk.items);
    if (bundle.size > limits.items) throw new AgentError('sync-violation', 'too many items');
    this.#partial = chunk.last ? nothing : { ...partial, next: number + 1, bytes };
    if (!chunk.last) return undefined;
    requireDigest(bundle.digest, digest);
    bundle.checkReferences();
    bundle.revision = revision;
    return { kind: 'snapshot', bundle };
  }

  /** Also in the middle of a snapshot: the operator begins anew where it was asked to. */
  #startSnapshot(revision: number, digest: Digest): PartialSnapshot {
    if (this.#partial.kind === 'delta') throw outOfOrder('snapshot', 0);
    if (revision === 0) throw new AgentError('sync-violation', 'a snapshot of revision 0');
    this.#onlySnapshot = false;
    return { kind: 'snapshot', bundle: new Desired(), revision, digest, next: 0, bytes: 0 };
  }

  #acceptDelta(chunk: weir.bundle.v1.Delta.$Properties): IncomingDelta | undefined {
    if (this.#onlySnapshot) return undefined;
    const number = chunk.chunk ?? 0;
    const head = readHead(chunk);
    const partial = number === 0 && this.#partial.kind === 'none' ? startDelta(head) : this.#partial;
    if (partial.kind !== 'delta' || partial.next !== number) throw outOfOrder('delta', number);
    if (!sameDelta(partial.delta, head)) {
      throw new AgentError('sync-violation', `chunk ${number} is of another delta`);
    }
    const delta = {
      ...partial.delta,
      upserts: partial.delta.upserts.concat([...readChecked(chunk.upserts)]),
      removes: partial.delta.removes.concat((chunk.removes ?? []).map(readRef)),
    };
    const bytes = addBytes(partial.bytes, chunk.upserts);
    this.#partial = chunk.last ? nothing : { kind: 'delta', delta, next: number + 1, bytes };
    return chunk.last ? delta : undefined;
  }
}

type Head = Pick<IncomingDelta, 'fromDigest' | 'revision' | 'digest'>;

const readHead = (chunk: weir.bundle.v1.Delta.$Properties): Head => ({
  fromDigest: readDigest(chunk.fromDigest),
  revision: safeInteger(chunk.toRevision),
  digest: readDigest(chunk.toDigest),
});

const startDelta = (head: Head): PartialDelta => ({
  kind: 'delta',
  delta: { kind: 'delta', ...head, upserts: [], removes: [] },
  next: 0,
  bytes: 0,
});

const sameDelta = (a: Head, b: Head): boolean =>
  a.revision === b.revision && equalDigest(a.digest, b.digest) && equalDigest(a.fromDigest, b.fromDigest);

function* readChecked(items: Uint8Array | null | undefined) {
  for (const { item, content } of readItems(items ?? new Uint8Array())) {
    yield { item, content: checkItem(content) };
  }
}

function readRef({ kind, key }: weir.bundle.v1.ItemRef.$Properties) {
  const known = Object.values(itemKind).find((one) => one === kind);
  if (!known) throw new AgentError('sync-violation', `unknown kind of item: ${kind}`);
  return { kind: known, key: key ?? new Uint8Array() };
}

function readDigest(bytes: Uint8Array | null | undefined): Digest {
  if (bytes?.length !== 16) throw new AgentError('sync-violation', `a digest of ${bytes?.length ?? 0} bytes`);
  return digestFromBytes(bytes);
}

function addBytes(sum: number, items: Uint8Array | null | undefined): number {
  const bytes = sum + (items?.length ?? 0);
  if (bytes > limits.bytes) throw new AgentError('sync-violation', `more than ${limits.bytes} bytes`);
  return bytes;
}

const outOfOrder = (what: string, chunk: number): AgentError =>
  new AgentError('sync-violation', `chunk ${chunk} of a ${what} is out of order`);

/** Throws an AgentError `sync-violation` where the items do not have the digest that they were sent with. */
export function requireDigest(computed: Digest, sent: Digest): void {
  if (equalDigest(computed, sent)) return;
  throw new AgentError('sync-violation', `digest ${digestText(computed)} instead of ${digestText(sent)}`);
}
