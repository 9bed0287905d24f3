import { createHash } from 'node:crypto';
import type { CidrGroup } from '../model/cidr-group.ts';
import type { ClusterEvent } from '../model/event.ts';
import type { Policy } from '../model/policy.ts';
import type { PolicyObject } from '../source/kube/object-facts.ts';
import { isGroupObject, ownerKey, type VersionedObject, type VersionOwner } from './version-owner.ts';

/** A version of a policy or CiliumCIDRGroup that was accepted. */
export interface Version {
  /** Of the object. */
  readonly uid: string;
  /**
   * Greater of later versions: a policy's generation; of a group the resourceVersion, since its labels count too and
   * have no generation.
   */
  readonly generation: number;
  /** Of the content. */
  readonly hash: string;
  /** What it says as JSON; undefined: dropped, since nobody will ask for it. */
  readonly content: string | undefined;
}

export const hashOf = (content: string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16);

type Decode = (owner: VersionOwner, content: string) => Policy | CidrGroup | undefined;

/**
 * The last accepted version of each policy and CiliumCIDRGroup: as this operator has seen it, and as it is stored. A
 * stored one counts where it is newer, or where this operator has seen none, as after a restart.
 */
export class AcceptedVersions {
  readonly #decode: Decode;
  readonly #objects = new Map<string, VersionedObject>();
  readonly #seen = new Map<string, Version>();
  readonly #stored = new Map<string, Version>();

  /** @param decode of a stored content; undefined: it would not be accepted any more */
  constructor(decode: Decode) {
    this.#decode = decode;
  }

  /** There is another version. Has to come before the event about it. */
  follow(ref: VersionOwner, object: VersionedObject | undefined): void {
    const key = ownerKey(ref);
    if (!object || object.uid !== this.#seen.get(key)?.uid) this.#seen.delete(key);
    if (!object) {
      this.#objects.delete(key);
      return;
    }
    const { uid, content, refused } = object;
    const isOfGroup = isGroupObject(object);
    // The content is kept by #seen alone, and only until it is stored; the status is not needed here.
    this.#objects.set(
      key,
      isOfGroup ? { ...object, content: '' } : { ...object, content: '', status: undefined },
    );
    if (refused.length > 0) return;
    const generation = isOfGroup ? Number(object.resourceVersion) : object.generation;
    const hash = hashOf(content);
    const kept = this.#stored.get(key)?.hash === hash && this.#stored.get(key)?.uid === uid;
    this.#seen.set(key, { uid, generation, hash, content: kept ? undefined : content });
    this.#forgetContent(key);
  }

  /** What is stored now; undefined: nothing. */
  store(ref: VersionOwner, version: Version | undefined): void {
    const key = ownerKey(ref);
    if (version) this.#stored.set(key, version);
    else this.#stored.delete(key);
    this.#forgetContent(key);
  }

  /** What has to be stored; undefined: what is there is right, or nothing was accepted. */
  unstored(key: string): (Version & { readonly content: string }) | undefined {
    const seen = this.#seen.get(key);
    const stored = this.#stored.get(key);
    if (seen?.content === undefined || (stored && this.#isNewer(stored, seen))) return undefined;
    if (stored?.hash === seen.hash && stored.uid === seen.uid) return undefined;
    return { ...seen, content: seen.content };
  }

  /** It as the API server has it; its content and status are not kept. */
  object(key: string): VersionedObject | undefined {
    return this.#objects.get(key);
  }

  /** Of all objects that there are. */
  get keys(): Iterable<string> {
    return this.#objects.keys();
  }

  /** Undefined: there is none, or it is a CiliumCIDRGroup. */
  policy(key: string): PolicyObject | undefined {
    const object = this.#objects.get(key);
    return object && !isGroupObject(object) ? object : undefined;
  }

  /** The events with, before each refused object, its stored version where that one is to stay in force. */
  complete(events: readonly ClusterEvent[]): readonly ClusterEvent[] {
    return events.flatMap((event) => {
      const owner = refusedOwner(event);
      const accepted = owner && this.#fallback(owner);
      return accepted ? [{ kind: 'upsert', object: accepted }, event] : [event];
    });
  }

  /** The stored version that is to be in force for a refused one; undefined: what this operator has seen. */
  #fallback(ref: VersionOwner): Policy | CidrGroup | undefined {
    const key = ownerKey(ref);
    const stored = this.#stored.get(key);
    if (stored?.content === undefined || stored.uid !== this.#objects.get(key)?.uid) return undefined;
    const seen = this.#seen.get(key);
    if (seen && !this.#isNewer(stored, seen)) return undefined;
    return this.#decode(ref, stored.content);
  }

  #isNewer(stored: Version, seen: Version): boolean {
    return stored.uid === seen.uid && stored.generation > seen.generation;
  }

  #forgetContent(key: string): void {
    const stored = this.#stored.get(key);
    const seen = this.#seen.get(key);
    if (!stored || !seen || stored.uid !== seen.uid) return;
    if (stored.content !== undefined && !this.#isNewer(stored, seen))
      this.#stored.set(key, { ...stored, content: undefined });
    if (stored.hash === seen.hash && seen.content !== undefined)
      this.#seen.set(key, { ...seen, content: undefined });
  }
}

/** Of which object the event tells that its newest version is refused; undefined: of none. */
function refusedOwner(event: ClusterEvent): VersionOwner | undefined {
  if (event.kind !== 'upsert') return undefined;
  const { object } = event;
  if (object.kind === 'RefusedPolicy') return object.ref;
  return object.kind === 'RefusedCidrGroup'
    ? { kind: 'CidrGroup', namespace: '', name: object.name }
    : undefined;
}
