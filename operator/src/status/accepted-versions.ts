import { createHash } from 'node:crypto';
import { policyKey } from '../model/cluster.ts';
import type { ClusterEvent } from '../model/event.ts';
import type { Policy, PolicyRef } from '../model/policy.ts';
import type { PolicyObject } from '../source/kube/object-facts.ts';

/** A version of a policy that was accepted. */
export interface Version {
  /** Of the policy. */
  readonly uid: string;
  /** Of the policy's spec. */
  readonly generation: number;
  /** Of the content. */
  readonly hash: string;
  /** `spec` and `specs` as JSON; undefined: dropped, since nobody will ask for it. */
  readonly content: string | undefined;
}

export const hashOf = (content: string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16);

/**
 * The last accepted version of each policy: as this operator has seen it, and as it is stored. A stored one counts
 * where it is newer, or where this operator has seen none, as after a restart.
 */
export class AcceptedVersions {
  readonly #decode: (ref: PolicyRef, content: string) => Policy | undefined;
  readonly #objects = new Map<string, PolicyObject>();
  readonly #seen = new Map<string, Version>();
  readonly #stored = new Map<string, Version>();

  /** @param decode of a stored content; undefined: it would not be accepted any more */
  constructor(decode: (ref: PolicyRef, content: string) => Policy | undefined) {
    this.#decode = decode;
  }

  /** A policy has another version. Has to come before the event about it. */
  follow(ref: PolicyRef, object: PolicyObject | undefined): void {
    const key = policyKey(ref);
    if (!object || object.uid !== this.#seen.get(key)?.uid) this.#seen.delete(key);
    if (!object) {
      this.#objects.delete(key);
      return;
    }
    const { uid, generation, content, refused } = object;
    // The content is kept by #seen alone, and only until it is stored; the status is not needed here.
    this.#objects.set(key, { ...object, content: '', status: undefined });
    if (refused.length > 0) return;
    const hash = hashOf(content);
    const kept = this.#stored.get(key)?.hash === hash && this.#stored.get(key)?.uid === uid;
    this.#seen.set(key, { uid, generation, hash, content: kept ? undefined : content });
    this.#forgetContent(key);
  }

  /** What is stored for a policy now; undefined: nothing. */
  store(ref: PolicyRef, version: Version | undefined): void {
    const key = policyKey(ref);
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

  /** The policy as the API server has it; its content and status are not kept. */
  object(key: string): PolicyObject | undefined {
    return this.#objects.get(key);
  }

  /** The events with, before each refused policy, its stored version where that one is to stay in force. */
  complete(events: readonly ClusterEvent[]): readonly ClusterEvent[] {
    return events.flatMap((event) => {
      if (event.kind !== 'upsert' || event.object.kind !== 'RefusedPolicy') return [event];
      const policy = this.#fallback(event.object.ref);
      return policy ? [{ kind: 'upsert', object: policy }, event] : [event];
    });
  }

  /** The stored version that is to be in force for a refused policy; undefined: what this operator has seen. */
  #fallback(ref: PolicyRef): Policy | undefined {
    const key = policyKey(ref);
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
