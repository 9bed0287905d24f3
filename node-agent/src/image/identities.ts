import { weir } from '@weir/proto/bundle.js';
import { invalid } from './invalid.ts';
import { hostIdentity } from './slots.ts';
import { keyText } from './words.ts';

/** An identity of the bundle; several keys of the host share one index. */
export interface Identity {
  readonly key: string;
  readonly index: number;
  message: weir.bundle.v1.IIdentity;
  /** How many selectors have it as a member. */
  memberships: number;
}

const { Entity } = weir.bundle.v1;

/** As whose addresses blocks see those of an identity. */
export type Owner = 'world' | 'pods' | 'nodes';

function ownerOf({ entity }: weir.bundle.v1.IIdentity): Owner {
  switch (entity) {
    case Entity.ENTITY_KUBE_APISERVER:
      return 'world';
    case Entity.ENTITY_HOST:
    case Entity.ENTITY_REMOTE_NODE:
      return 'nodes';
    default:
      return 'pods';
  }
}

/** Small numbers for the identities of the bundle; an identity's number is kept while it is in the bundle. */
export class Identities {
  readonly #byKey = new Map<string, Identity>();
  readonly #byIndex = new Map<number, Identity>();
  #next = hostIdentity + 1;
  #free: number[] = [];

  upsert(message: weir.bundle.v1.IIdentity): void {
    const key = keyText(message.key);
    const known = this.#byKey.get(key);
    const isHost = message.entity === Entity.ENTITY_HOST;
    if (known && (known.index === hostIdentity) === isHost && ownerOf(known.message) === ownerOf(message)) {
      known.message = message;
      return;
    }
    if (known) throw invalid('an identity has become another entity', key);
    const index = isHost ? hostIdentity : (this.#free.pop() ?? this.#next++);
    const identity = { key, index, message, memberships: 0 };
    this.#byKey.set(key, identity);
    this.#byIndex.set(index, identity);
  }

  /** Gives the one that is gone; throws when a membership still names it. */
  remove(key: string): Identity | undefined {
    const identity = this.#byKey.get(key);
    if (!identity) return undefined;
    if (identity.memberships > 0)
      throw invalid('a membership names an identity that is not in the bundle', key);
    this.#byKey.delete(key);
    if (this.#byIndex.get(identity.index) === identity) this.#byIndex.delete(identity.index);
    if (identity.index !== hostIdentity) this.#free.push(identity.index);
    return identity;
  }

  /** Throws when the bundle does not have it. */
  get(key: string, namedBy: string): Identity {
    const identity = this.#byKey.get(key);
    if (!identity) throw invalid(`a ${namedBy} names an identity that is not in the bundle`, key);
    return identity;
  }

  find(key: string): Identity | undefined {
    return this.#byKey.get(key);
  }

  /** Indexes of the nodes', the own one first. */
  *nodes(): Generator<number> {
    yield hostIdentity;
    for (const [index, { message }] of this.#byIndex)
      if (index !== hostIdentity && ownerOf(message) === 'nodes') yield index;
  }

  /** As whose addresses blocks see those of an index. */
  ownerAt(index: number): Owner {
    if (index === hostIdentity) return 'nodes';
    const message = this.at(index);
    return message ? ownerOf(message) : 'pods';
  }

  /** What an index stands for; undefined for the host when the bundle does not name it. */
  at(index: number): weir.bundle.v1.IIdentity | undefined {
    return this.#byIndex.get(index)?.message;
  }
}
