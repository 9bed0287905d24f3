import type { Prefix } from '../model/address.ts';
import type { Node } from '../model/endpoint.ts';
import { CountedKeys } from './counted-keys.ts';
import type { PeerContent } from './peer-content.ts';
import { selectsLabels } from './pod-selector.ts';
import { type KeysInUse, projectionText } from './project.ts';
import type { ReservedKind } from './reserved-match.ts';

/** Nodes that no selector tells apart, but for being the own one. */
export interface NodeProfile {
  /** Equal texts are equal profiles; empty: nothing is to be said. */
  readonly text: string;
  /** One of its addresses serves the Kubernetes API. */
  readonly servesApi: boolean;
  /** Those that some selector looks at. */
  readonly labels: ReadonlyMap<string, string>;
}

export const plainProfile: NodeProfile = { text: '', servesApi: false, labels: new Map() };

export function profileOf(node: Node, apiServers: ReadonlySet<string>, use: KeysInUse): NodeProfile {
  const servesApi = node.addresses.some(({ text }) => apiServers.has(text));
  const pairs = [...node.labels].filter(([key]) => use.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (!servesApi && pairs.length === 0) return plainProfile;
  return { text: `${Number(servesApi)}${projectionText(pairs)}`, servesApi, labels: new Map(pairs) };
}

/** `isLocal`: it is the node that the subject is on. */
export function selectsNode(content: PeerContent, profile: NodeProfile, isLocal: boolean): boolean {
  const name = isLocal ? 'host' : 'remote-node';
  const kind: ReservedKind = profile.servesApi ? `${name}-apiserver` : name;
  if (content.reserved.includes(kind)) return true;
  return content.nodes.some(
    ({ includeLocal, selector }) => (includeLocal || !isLocal) && selectsLabels(selector, profile.labels),
  );
}

export interface ProfileChanges {
  /** Names of nodes that have another profile, or are new or gone. */
  readonly nodes: ReadonlySet<string>;
  readonly born: readonly NodeProfile[];
  /** No node has them any more. */
  readonly gone: readonly NodeProfile[];
}

const unchanged: ProfileChanges = { nodes: new Set(), born: [], gone: [] };

/** The profile of each node; changes take effect in `settle`. */
export class NodeProfiles {
  readonly #use = new CountedKeys();
  readonly #nodes = new Map<string, Node>();
  readonly #profiles = new Map<string, NodeProfile>();
  readonly #shared = new Map<string, { readonly profile: NodeProfile; users: number }>([
    [plainProfile.text, { profile: plainProfile, users: 1 }],
  ]);
  readonly #dirty = new Set<string>();
  #apiServers: ReadonlySet<string> = new Set();

  /** From now on nodes are told apart by what the content looks at. */
  acquire({ nodes }: PeerContent): void {
    for (const { selector } of nodes) for (const { key } of selector.requirements) this.#use.add(key);
  }

  release({ nodes }: PeerContent): void {
    for (const { selector } of nodes) for (const { key } of selector.requirements) this.#use.remove(key);
  }

  setNode(name: string, node: Node | undefined): void {
    if (node) this.#nodes.set(name, node);
    else this.#nodes.delete(name);
    this.#dirty.add(name);
  }

  setApiServers(addresses: readonly Prefix[]): void {
    this.#apiServers = new Set(addresses.map(({ text }) => text));
    for (const name of this.#nodes.keys()) this.#dirty.add(name);
  }

  /** Of a node that is not there: as if it had no labels. */
  of(name: string): NodeProfile {
    return this.#profiles.get(name) ?? plainProfile;
  }

  /** Those that some node has, and the plain one. */
  *live(): Generator<NodeProfile> {
    for (const { profile } of this.#shared.values()) yield profile;
  }

  settle(): ProfileChanges {
    this.#dirtyNodesWithKeys(this.#use.takeChanged());
    if (this.#dirty.size === 0) return unchanged;
    const before = new Map([...this.#shared].map(([text, { profile }]) => [text, profile]));
    const nodes = new Set<string>();
    for (const name of this.#dirty) if (this.#update(name)) nodes.add(name);
    this.#dirty.clear();
    return {
      nodes,
      born: [...this.live()].filter(({ text }) => !before.has(text)),
      gone: [...before.values()].filter(({ text }) => !this.#shared.has(text)),
    };
  }

  #dirtyNodesWithKeys(keys: readonly string[]): void {
    if (keys.length === 0) return;
    for (const [name, { labels }] of this.#nodes) {
      if (keys.some((key) => labels.has(key))) this.#dirty.add(name);
    }
  }

  #update(name: string): boolean {
    const node = this.#nodes.get(name);
    const from = this.#profiles.get(name);
    const to = node && this.#share(profileOf(node, this.#apiServers, this.#use));
    if (to) this.#profiles.set(name, to);
    else this.#profiles.delete(name);
    if (from) this.#leave(from);
    return from !== to;
  }

  #share(profile: NodeProfile): NodeProfile {
    let shared = this.#shared.get(profile.text);
    if (!shared) {
      shared = { profile, users: 0 };
      this.#shared.set(profile.text, shared);
    }
    shared.users++;
    return shared.profile;
  }

  #leave({ text }: NodeProfile): void {
    const shared = this.#shared.get(text);
    if (!shared) return;
    shared.users--;
    if (shared.users === 0) this.#shared.delete(text);
  }
}
