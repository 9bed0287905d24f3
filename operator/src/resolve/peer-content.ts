import type { Prefix } from '../model/address.ts';
import type { Peer, Peers } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';
import { type ContentKey, contentKey } from './content-key.ts';
import { clusterKey, namespaceKey } from './label-keys.ts';
import { type PodSelector, podSelector, selectorOf } from './pod-selector.ts';
import { selectsReserved } from './reserved-match.ts';

export interface AddressBlock {
  readonly block: Prefix;
  readonly except: readonly Prefix[];
}

/** A union of peers in canonical form: what a selector on the wire stands for. */
export interface PeerContent {
  /** Equal texts are equal contents. */
  readonly text: string;
  /** Of the text. */
  readonly key: ContentKey;
  /** Every address. The rest is then empty. */
  readonly any: boolean;
  readonly host: boolean;
  readonly remoteNode: boolean;
  /** Every address of neither pods nor nodes. */
  readonly world: boolean;
  readonly pods: readonly PodSelector[];
  readonly blocks: readonly AddressBlock[];
  /** The blocks match the addresses of pods and nodes too. */
  readonly blocksMatchAll: boolean;
  /** Selects so many pods that the node is told all of them: it has to know whom it doesn't select. */
  readonly broad: boolean;
}

interface Draft {
  any: boolean;
  host: boolean;
  remoteNode: boolean;
  world: boolean;
  readonly pods: Map<string, PodSelector>;
  readonly external: Map<string, AddressBlock>;
  readonly everywhere: Map<string, AddressBlock>;
}

/** The peers of a rule item as unions: none where they select nobody, two where blocks of both scopes meet. */
export function peerContents(peers: Peers, settings: Settings): readonly PeerContent[] {
  switch (peers.kind) {
    case 'any':
      return [anyPeer];
    case 'none':
      return [];
    case 'list': {
      const draft = emptyDraft();
      for (const peer of peers.peers) addPeer(draft, peer, settings);
      return finish(draft);
    }
  }
}

/** Of the peers, the pods that have the pseudo-label; undefined: there can be none. */
export function withPseudoLabel(content: PeerContent, key: string): PeerContent | undefined {
  const pods = content.any ? [selectorOf([])] : content.pods;
  const draft = emptyDraft();
  for (const { requirements } of pods) {
    addPods(draft, selectorOf([...requirements, { key, operator: 'Exists', values: [] }]));
  }
  return finish(draft)[0];
}

const emptyDraft = (): Draft => ({
  any: false,
  host: false,
  remoteNode: false,
  world: false,
  pods: new Map(),
  external: new Map(),
  everywhere: new Map(),
});

function addPeer(draft: Draft, peer: Peer, settings: Settings): void {
  switch (peer.kind) {
    case 'endpoints':
      addPods(draft, podSelector(peer.selector));
      draft.host ||= selectsReserved(peer.selector, 'host');
      draft.remoteNode ||= selectsReserved(peer.selector, 'remote-node');
      if (selectsReserved(peer.selector, 'world-ipv4')) addBlock(draft.external, wholeWorld[0]);
      if (selectsReserved(peer.selector, 'world-ipv6')) addBlock(draft.external, wholeWorld[1]);
      return;
    case 'cidr':
      addBlock(peer.scope === 'all' ? draft.everywhere : draft.external, peer);
      return;
    case 'entity':
      switch (peer.entity) {
        case 'all':
          draft.any = true;
          return;
        case 'world':
          draft.world = true;
          return;
        case 'host':
          draft.host = true;
          return;
        case 'remote-node':
          draft.remoteNode = true;
          return;
        case 'cluster':
          draft.host = true;
          draft.remoteNode = true;
          addPods(draft, localPods(settings));
          return;
        case 'none':
          return;
      }
  }
}

const localPods = (settings: Settings): PodSelector =>
  selectorOf([{ key: clusterKey, operator: 'In', values: [settings.clusterName] }]);

/** The blocks that are the whole of a family. */
const wholeWorld = [
  { block: { family: 4, address: new Uint8Array(4), length: 0, text: '0.0.0.0/0' }, except: [] },
  { block: { family: 6, address: new Uint8Array(16), length: 0, text: '::/0' }, except: [] },
] as const satisfies readonly AddressBlock[];

function addPods(draft: Draft, selector: PodSelector | undefined): void {
  if (selector) draft.pods.set(selector.text, selector);
}

function addBlock(blocks: Map<string, AddressBlock>, { block, except }: AddressBlock): void {
  const holes = new Map(except.map((hole) => [hole.text, hole]));
  const sorted = [...holes.keys()].sort();
  blocks.set([block.text, ...sorted].join(' '), {
    block,
    except: sorted.flatMap((text) => holes.get(text) ?? []),
  });
}

function finish(draft: Draft): readonly PeerContent[] {
  if (wholeWorld.every(({ block }) => draft.external.has(block.text))) draft.world = true;
  if (draft.world) draft.external.clear();
  if (draft.any || (draft.host && draft.remoteNode && draft.world && draft.pods.has(''))) return [anyPeer];
  const { host, remoteNode, world } = draft;
  const pods = sortedValues(draft.pods);
  const contents: PeerContent[] = [];
  const external = sortedValues(draft.external);
  if (host || remoteNode || world || pods.length > 0 || external.length > 0) {
    contents.push(
      content({ any: false, host, remoteNode, world, pods, blocks: external, blocksMatchAll: false }),
    );
  }
  if (draft.everywhere.size > 0) {
    contents.push(content({ ...nobody, blocks: sortedValues(draft.everywhere), blocksMatchAll: true }));
  }
  return contents;
}

const sortedValues = <V>(map: ReadonlyMap<string, V>): readonly V[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);

type Members = Omit<PeerContent, 'text' | 'key' | 'broad'>;

const nobody: Members = {
  any: false,
  host: false,
  remoteNode: false,
  world: false,
  pods: [],
  blocks: [],
  blocksMatchAll: false,
};

function content(members: Members): PeerContent {
  const { any, host, remoteNode, world, pods, blocks, blocksMatchAll } = members;
  const text = JSON.stringify([
    [any, host, remoteNode, world, blocksMatchAll].map(Number),
    pods.map((selector) => selector.text),
    blocks.map(({ block, except }) => [block.text, ...except.map((hole) => hole.text)]),
  ]);
  const broad = world || blocks.length > 0 || pods.some(selectsWholeCluster);
  return { ...members, text, key: contentKey(text), broad };
}

/** What can only be told apart by cluster: nearly every pod. */
const selectsWholeCluster = ({ requirements }: PodSelector): boolean =>
  requirements.every(
    ({ key, operator }) => key === clusterKey || (key === namespaceKey && operator === 'Exists'),
  );

/** Every peer; needs no selector on the wire. */
export const anyPeer: PeerContent = content({ ...nobody, any: true });

/** The node that the endpoint runs on. */
export const hostPeer: PeerContent = content({ ...nobody, host: true });
