import { addDigest, type Digest, equalDigest, subtractDigest } from '@weir/proto/digest.ts';
import { itemId, itemKind } from '@weir/proto/item.ts';
import { AgentError } from '../errors.ts';
import { type IncomingDelta, requireDigest } from './assemble.ts';
import { checkDirections } from './check-directions.ts';
import type { Content, Desired, Revision, Step } from './desired.ts';
import { itemName, splitId } from './item-name.ts';
import { referencesOf } from './references.ts';

/**
 * Checks a delta against the bundle that it is to change, which it leaves alone: the digest it starts from, that what
 * it removes exists, that all references resolve, and that the result has the digest it was sent with. Throws an
 * AgentError `sync-violation`.
 */
export function prepareChange(desired: Desired, delta: IncomingDelta): Revision {
  if (desired.revision === 0 || !equalDigest(delta.fromDigest, desired.digest)) {
    throw new AgentError('sync-violation', 'a delta from another bundle than the one that is here');
  }
  if (delta.revision <= 0) throw new AgentError('sync-violation', 'a delta to revision 0');
  const steps = netSteps(desired, delta);
  requireDigest(resultDigest(desired, steps), delta.digest);
  checkResult(desired, steps);
  return { revision: delta.revision, digest: delta.digest, steps: [...steps.values()] };
}

/** By id: upserts first, then removes; what is not there before and not after makes no step. */
function netSteps(desired: Desired, { upserts, removes }: IncomingDelta): ReadonlyMap<string, Step> {
  const steps = new Map<string, Step>();
  for (const { item, content } of upserts) {
    if (steps.has(item.id))
      throw new AgentError('sync-violation', `two items ${itemName(item.kind, item.key)}`);
    const next = { item: content, field: item.field, digest: item.digest };
    steps.set(item.id, { kind: item.kind, key: item.id.slice(2), next });
  }
  for (const { kind, key: bytes } of removes) {
    const id = itemId(kind, bytes);
    const key = id.slice(2);
    const stands = desired.get(kind, key) !== undefined;
    if (!stands && !steps.get(id)?.next) {
      throw new AgentError('sync-violation', `${itemName(kind, bytes)} is to be removed but not there`);
    }
    if (stands) steps.set(id, { kind, key, next: undefined });
    else steps.delete(id);
  }
  return steps;
}

function resultDigest(desired: Desired, steps: ReadonlyMap<string, Step>): Digest {
  let { digest } = desired;
  for (const { kind, key, next } of steps.values()) {
    const former = desired.get(kind, key);
    if (former) digest = subtractDigest(digest, former.digest);
    if (next) digest = addDigest(digest, next.digest);
  }
  return digest;
}

function checkResult(desired: Desired, steps: ReadonlyMap<string, Step>): void {
  const after = (id: string): Content | undefined => {
    const step = steps.get(id);
    return step ? step.next : desired.get(...splitId(id));
  };
  for (const [id, count] of referencesAfter(desired, steps)) {
    if (count > 0 && !after(id)) {
      const [kind, key] = splitId(id);
      throw new AgentError('sync-violation', `${itemName(kind, Buffer.from(key, 'latin1'))} is missing`);
    }
  }
  checkTables(desired, steps, after);
}

/** References to all ids that the steps add or drop, or add or drop references to. */
function referencesAfter(desired: Desired, steps: ReadonlyMap<string, Step>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (id: string, change: number) =>
    counts.set(id, (counts.get(id) ?? desired.referencesTo(id)) + change);
  for (const [id, { kind, key, next }] of steps) {
    count(id, 0);
    const former = desired.get(kind, key);
    if (former) for (const target of referencesOf(former.item)) count(target, -1);
    if (next) for (const target of referencesOf(next.item)) count(target, 1);
  }
  return counts;
}

/** Endpoints that are new here use tables of the right direction, and no table changes its direction. */
function checkTables(
  desired: Desired,
  steps: ReadonlyMap<string, Step>,
  after: (id: string) => Content | undefined,
): void {
  for (const { key, next } of steps.values()) {
    if (next?.item.kind === itemKind.endpoint) {
      checkDirections(next.item.message, (table) => {
        const content = after(`${itemKind.table}/${table}`);
        return content?.item.kind === itemKind.table ? content.item.message : undefined;
      });
    }
    if (next?.item.kind === itemKind.table) {
      const former = desired.tables.get(key);
      if (former && former.direction !== next.item.message.direction) {
        throw new AgentError('sync-violation', 'a table changes its direction');
      }
    }
  }
}
