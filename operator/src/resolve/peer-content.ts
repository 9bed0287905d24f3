import type { LabelSelector, LabelSource } from '../model/labels.ts';
import type { BlockScope, CidrPeer, EntityPeer, NodesPeer, Peer, Peers } from '../model/policy.ts';
import { type AddressBlock, blockWithout, wholeFamilies } from './address-block.ts';
import { cidrGroupBlocks } from './cidr-group-blocks.ts';
import { type ContentKey, contentKey } from './content-key.ts';
import { clusterKey, namespaceKey } from './label-keys.ts';
import { apiServerAddresses, type PeerContext } from './peer-context.ts';
import { type PodSelector, podSelector, selectorOf } from './pod-selector.ts';
import {
  kindsLabelled,
  kindsSelected,
  type ReservedKind,
  reservedKinds,
  selectsReserved,
} from './reserved-match.ts';
import { serviceMembers } from './service-members.ts';

/** Nodes by their labels, in canonical form. */
export interface NodeSelector {
  /** Equal texts are equal selectors. */
  readonly text: string;
  readonly selector: PodSelector;
  /** Also the node that the subject is on. */
  readonly includeLocal: boolean;
}

/** A union of peers in canonical form: what a selector on the wire stands for. */
export interface PeerContent {
  /** Equal texts are equal contents. */
  readonly text: string;
  /** Of the text. */
  readonly key: ContentKey;
  /** Every address. The rest is then empty. */
  readonly any: boolean;
  /** Every address of nobody in the cluster; where the API is served outside of it, too. */
  readonly world: boolean;
  /** Sorted. */
  readonly reserved: readonly ReservedKind[];
  readonly pods: readonly PodSelector[];
  readonly nodes: readonly NodeSelector[];
  readonly blocks: readonly AddressBlock[];
  /** Whose addresses the blocks match besides the world's. */
  readonly scope: BlockScope;
  /** Selects so many pods that the node is told all of them: it has to know whom it doesn't select. */
  readonly broad: boolean;
}

interface Draft {
  any: boolean;
  world: boolean;
  readonly reserved: Set<ReservedKind>;
  readonly pods: Map<string, PodSelector>;
  readonly nodes: Map<string, NodeSelector>;
  /** For each scope, by text. */
  readonly blocks: Readonly<Record<ScopeName, Map<string, AddressBlock>>>;
}

/** Narrow ones first. */
const scopes = {
  world: { pods: false, nodes: false },
  nodes: { pods: false, nodes: true },
  pods: { pods: true, nodes: false },
  all: { pods: true, nodes: true },
} as const satisfies Readonly<Record<string, BlockScope>>;
type ScopeName = keyof typeof scopes;
const scopeNames = Object.keys(scopes) as ScopeName[];

/** The peers of a rule item as unions: none where they select nobody, several where blocks of other scopes meet. */
export function peerContents(peers: Peers, context: PeerContext): readonly PeerContent[] {
  switch (peers.kind) {
    case 'any':
      return [anyPeer];
    case 'none':
      return [];
    case 'list': {
      const draft = emptyDraft();
      for (const peer of peers.peers) addPeer(draft, peer, context);
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

/** Whether a selector means the world but not where it serves the API: what it selects then follows these addresses. */
export const excludesApiServer = (selector: LabelSelector): boolean =>
  families.some(
    (family) =>
      selectsReserved(selector, [`world-ipv${family}`]) &&
      !selectsReserved(selector, ['kube-apiserver', `world-ipv${family}`]),
  );

const families = [4, 6] as const;

const emptyDraft = (): Draft => ({
  any: false,
  world: false,
  reserved: new Set(),
  pods: new Map(),
  nodes: new Map(),
  blocks: { world: new Map(), nodes: new Map(), pods: new Map(), all: new Map() },
});

function addPeer(draft: Draft, peer: Peer, context: PeerContext): void {
  switch (peer.kind) {
    case 'endpoints':
      addPods(draft, podSelector(peer.selector));
      addReserved(draft, kindsSelected(peer.selector));
      addWorld(draft, peer.selector, context);
      return;
    case 'cidr':
      addCidr(draft, peer);
      return;
    case 'cidr-group':
      for (const block of cidrGroupBlocks(peer, context)) addBlock(draft, block, peer.scope);
      return;
    case 'entity':
      addEntity(draft, peer, context);
      return;
    case 'nodes':
      addNodes(draft, peer);
      return;
    case 'services': {
      const { pods, addresses } = serviceMembers(peer, context);
      for (const selector of pods) addPods(draft, selector);
      const scope = context.settings.policyCidrMatchMode;
      for (const block of addresses) addBlock(draft, { block, except: [] }, scope);
    }
  }
}

function addEntity(draft: Draft, { entity }: EntityPeer, { settings }: PeerContext): void {
  switch (entity) {
    case 'all':
      draft.any = true;
      return;
    case 'none':
      return;
    case 'world':
      draft.world = true;
      return;
    case 'cluster':
    case 'cluster-mesh':
      addReserved(draft, reservedKinds);
      addPods(draft, entity === 'cluster' ? localPods(settings.clusterName) : selectorOf([]));
      return;
    case 'host':
    case 'remote-node':
    case 'kube-apiserver':
    case 'health':
    case 'init':
    case 'unmanaged':
    case 'ingress':
      addReserved(draft, kindsLabelled(entity));
  }
}

const localPods = (clusterName: string): PodSelector =>
  selectorOf([{ key: clusterKey, operator: 'In', values: [clusterName] }]);

function addReserved({ reserved }: Draft, kinds: Iterable<ReservedKind>): void {
  for (const kind of kinds) reserved.add(kind);
}

/** The world of one family, as a block. */
function addWorld(draft: Draft, selector: LabelSelector, context: PeerContext): void {
  for (const whole of wholeFamilies) {
    const world = `world-ipv${whole.family}`;
    if (!selectsReserved(selector, [world])) continue;
    const withApi = selectsReserved(selector, ['kube-apiserver', world]);
    const holes = withApi ? [] : apiServerAddresses(context.slices);
    addBlock(draft, blockWithout(whole, holes), scopes.world);
  }
}

function addNodes({ nodes }: Draft, { selector, includeLocal }: NodesPeer): void {
  const requirements = selector.requirements.map((requirement) => ({
    ...requirement,
    source: requirement.source === 'node' ? 'k8s' : foreignSource(requirement.source),
  }));
  const canonical = podSelector({ requirements });
  if (!canonical) return;
  const text = `${Number(includeLocal)}${canonical.text}`;
  nodes.set(text, { text, selector: canonical, includeLocal });
}

/** Labels of nodes are asked for as those of pods are; their source takes the place of `k8s`. */
const foreignSource = (source: LabelSource): LabelSource => (source === 'any' ? source : 'reserved');

function addPods(draft: Draft, selector: PodSelector | undefined): void {
  if (selector) draft.pods.set(selector.text, selector);
}

function addCidr(draft: Draft, { block, except, scope }: CidrPeer): void {
  addBlock(draft, blockWithout(block, except), scope);
}

function addBlock({ blocks }: Draft, block: AddressBlock | undefined, scope: BlockScope): void {
  if (!block) return;
  const name = scopeNames.find((each) => sameScope(scopes[each], scope)) ?? 'world';
  blocks[name].set([block.block, ...block.except].map(({ text }) => text).join(' '), block);
}

const sameScope = (a: BlockScope, b: BlockScope): boolean => a.pods === b.pods && a.nodes === b.nodes;

function finish(draft: Draft): readonly PeerContent[] {
  const { blocks, reserved } = draft;
  if (wholeFamilies.every(({ text }) => blocks.world.has(text))) draft.world = true;
  if (draft.world) blocks.world.clear();
  const { any, world } = draft;
  if (any || (world && reserved.size === reservedKinds.length && draft.pods.has(''))) return [anyPeer];
  const [pods, nodes] = [sortedValues(draft.pods), sortedValues(draft.nodes)];
  const contents: PeerContent[] = [];
  const external = sortedValues(blocks.world);
  if (world || reserved.size > 0 || pods.length > 0 || nodes.length > 0 || external.length > 0) {
    const kinds = [...reserved].sort();
    contents.push(content({ ...nobody, world, reserved: kinds, pods, nodes, blocks: external }));
  }
  for (const name of scopeNames) {
    if (name === 'world' || blocks[name].size === 0) continue;
    contents.push(content({ ...nobody, blocks: sortedValues(blocks[name]), scope: scopes[name] }));
  }
  return contents;
}

const sortedValues = <V>(map: ReadonlyMap<string, V>): readonly V[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);

type Members = Omit<PeerContent, 'text' | 'key' | 'broad'>;

const nobody: Members = {
  any: false,
  world: false,
  reserved: [],
  pods: [],
  nodes: [],
  blocks: [],
  scope: scopes.world,
};

function content(members: Members): PeerContent {
  const { any, world, reserved, pods, nodes, blocks, scope } = members;
  const text = JSON.stringify([
    [any, world, scope.pods, scope.nodes].map(Number),
    reserved,
    pods.map((selector) => selector.text),
    nodes.map((selector) => selector.text),
    blocks.map(({ block, except }) => [block.text, ...except.map((hole) => hole.text)]),
  ]);
  const broad = world || blocks.length > 0 || pods.some(selectsWholeCluster);
  const key = contentKey(text);
  return { text, key, any, world, reserved, pods, nodes, blocks, scope, broad };
}

/** What can only be told apart by cluster: nearly every pod. */
const selectsWholeCluster = ({ requirements }: PodSelector): boolean =>
  requirements.every(
    ({ key, operator }) => key === clusterKey || (key === namespaceKey && operator === 'Exists'),
  );

/** Every peer; needs no selector on the wire. */
const anyPeer: PeerContent = content({ ...nobody, any: true });

/** The node that the endpoint runs on. */
export const hostPeer: PeerContent = content({ ...nobody, reserved: kindsLabelled('host') });
