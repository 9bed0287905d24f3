import { weir } from '@weir/proto/bundle.js';
import { type Digest, digestToBytes } from '@weir/proto/digest.ts';
import type { Item } from '@weir/proto/item.ts';
import { chunkBytes } from './chunk-bytes.ts';
import { frameResponse } from './frame.ts';

/** Whose snapshot or delta it is. */
export interface Target {
  readonly revision: number;
  readonly digest: Digest;
}

/**
 * The messages of a snapshot, each made when it is asked for, so that a slow agent holds one chunk and not a
 * whole bundle. Items don't change, so later changes of the bundle don't show.
 */
export function* encodeSnapshot(target: Target, items: readonly Item[]): Generator<Buffer> {
  const { revision } = target;
  const digest = digestToBytes(target.digest);
  let at = 0;
  for (let chunk = 0; at < items.length || chunk === 0; chunk++) {
    const end = endOfChunk(items, at);
    const last = end === items.length;
    const header = weir.bundle.v1.Snapshot.encode({ revision, digest, chunk, last }).finish();
    const fields = items.slice(at, end).map((item) => item.field);
    yield frameResponse('snapshot', header, { items: fields, rest: [] });
    at = end;
  }
}

/** An item that is larger than a chunk goes alone. */
function endOfChunk(items: readonly Item[], start: number): number {
  let bytes = 0;
  let at = start;
  for (let item = items[at]; item; item = items[at]) {
    bytes += item.field.length;
    if (bytes > chunkBytes && at > start) break;
    at += 1;
  }
  return at;
}
