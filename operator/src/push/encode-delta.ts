import { weir } from '@weir/proto/bundle.js';
import { type Digest, digestToBytes } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import $protobuf from 'protobufjs/minimal.js';
import { chunkBytes } from './chunk-bytes.ts';
import type { Target } from './encode-snapshot.ts';
import { frameResponse, type Load } from './frame.ts';
import type { NetChange } from './net-change.ts';

/** The field `removes` in Delta. */
const removesTag = (8 << 3) | 2;

/**
 * Encodes deltas. What several nodes have in common is concatenated once: the items of one kind, if they are the
 * same items (their digests have the same sum). Made anew for each round of pushes, since nothing is dropped.
 */
export class DeltaEncoder {
  readonly #runs = new Map<string, Uint8Array>();

  /** The messages of one delta. */
  encode(from: Target, to: Target, change: NetChange): Buffer[] {
    const loads = packLoads(this.#upsertParts(change.upserts), change.removes.map(encodeRemove));
    return loads.map((load, chunk) => {
      const header = weir.bundle.v1.Delta.encode({
        fromRevision: from.revision,
        fromDigest: digestToBytes(from.digest),
        toRevision: to.revision,
        toDigest: digestToBytes(to.digest),
        chunk,
        last: chunk === loads.length - 1,
      }).finish();
      return frameResponse('delta', header, load);
    });
  }

  #upsertParts(upserts: readonly Item[]): Uint8Array[] {
    const byKind = new Map<number, Run>();
    for (const item of upserts) {
      const run = byKind.get(item.kind);
      if (run) extend(run, item);
      else byKind.set(item.kind, startRun(item));
    }
    return [...byKind.values()].flatMap((run) => this.#concatenate(run));
  }

  #concatenate({ items, bytes, sum }: Run): Uint8Array[] {
    if (bytes > chunkBytes) return items.map((item) => item.field);
    const name = `${items.length}/${bytes}/${sum.join('.')}`;
    const known = this.#runs.get(name);
    if (known) return [known];
    const run = Buffer.concat(
      items.map((item) => item.field),
      bytes,
    );
    this.#runs.set(name, run);
    return [run];
  }
}

/** Items of one kind. */
interface Run {
  readonly items: Item[];
  bytes: number;
  /** Lane by lane, as a digest. */
  readonly sum: Uint32Array;
}

function startRun(item: Item): Run {
  return { items: [item], bytes: item.field.length, sum: Uint32Array.from(item.digest) };
}

function extend(run: Run, item: Item): void {
  run.items.push(item);
  run.bytes += item.field.length;
  const [a, b, c, d]: Digest = item.digest;
  const { sum } = run;
  sum[0] = (sum[0] ?? 0) + a;
  sum[1] = (sum[1] ?? 0) + b;
  sum[2] = (sum[2] ?? 0) + c;
  sum[3] = (sum[3] ?? 0) + d;
}

function encodeRemove({ kind, key }: Item): Uint8Array {
  const ref = weir.bundle.v1.ItemRef.encode({ kind, key }).finish();
  return $protobuf.Writer.create().uint32(removesTag).bytes(ref).finish();
}

/** Fills messages up to chunkBytes; always at least one, since an empty change has digests to tell. */
function packLoads(items: readonly Uint8Array[], rest: readonly Uint8Array[]): Load[] {
  const loads: { items: Uint8Array[]; rest: Uint8Array[] }[] = [];
  let load = { items: [] as Uint8Array[], rest: [] as Uint8Array[] };
  let bytes = 0;
  const take = (part: Uint8Array, list: 'items' | 'rest') => {
    if (bytes > 0 && bytes + part.length > chunkBytes) {
      loads.push(load);
      load = { items: [], rest: [] };
      bytes = 0;
    }
    load[list].push(part);
    bytes += part.length;
  };
  for (const part of items) take(part, 'items');
  for (const part of rest) take(part, 'rest');
  loads.push(load);
  return loads;
}
