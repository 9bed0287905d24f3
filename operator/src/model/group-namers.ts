import type { RefusedCidrGroup } from './event.ts';
import { type NamedGroups, namedGroups } from './named-groups.ts';
import type { Policy } from './policy.ts';

interface Namer<T> {
  readonly version: T;
  readonly places: readonly NamedGroups[];
  /** What of groups they ask for, each once. */
  readonly asked: ReadonlySet<string>;
}

/** The versions of policies that mean CiliumCIDRGroups, by what they ask for: a name, or a label. */
export class GroupNamers<T extends { readonly inForce: Policy }> {
  readonly #namers = new Map<string, Namer<T>>();
  readonly #byAsked = new Map<string, Set<string>>();

  /** Undefined: the policy is gone. */
  set(key: string, version: T | undefined): void {
    for (const asked of this.#namers.get(key)?.asked ?? []) this.#forget(asked, key);
    this.#namers.delete(key);
    const places = version ? namedGroups(version.inForce) : [];
    if (!version || places.length === 0) return;
    const asked = new Set(places.flatMap(askedBy));
    this.#namers.set(key, { version, places, asked });
    for (const one of asked) this.#byAsked.set(one, (this.#byAsked.get(one) ?? new Set()).add(key));
  }

  /** Undefined: it means none. */
  get(key: string): Pick<Namer<T>, 'version' | 'places'> | undefined {
    return this.#namers.get(key);
  }

  /** Keys of the policies that may mean the group. */
  *of({ name, labels }: Pick<RefusedCidrGroup, 'name' | 'labels'>): Generator<string> {
    for (const asked of [named(name), ...[...labels.keys()].map(labelled)])
      yield* this.#byAsked.get(asked) ?? [];
  }

  #forget(asked: string, key: string): void {
    const keys = this.#byAsked.get(asked);
    if (keys?.delete(key) && keys.size === 0) this.#byAsked.delete(asked);
  }
}

const askedBy = ({ group }: NamedGroups): readonly string[] =>
  group.kind === 'name' ? [named(group.name)] : group.selector.requirements.map(({ key }) => labelled(key));

const named = (name: string): string => `name ${name}`;
const labelled = (key: string): string => `label ${key}`;
