import { type GoverningRule, governingRules } from '../compile/governing-rules.ts';
import type { Prefix } from '../model/address.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { Node, Pod } from '../model/endpoint.ts';
import type { EndpointSlice } from '../model/service.ts';
import type { OtherKind } from '../resolve/address-owners.ts';
import { portNameKey } from '../resolve/label-keys.ts';
import { type NodeProfile, profileOf } from '../resolve/node-profiles.ts';
import type { PeerContent } from '../resolve/peer-content.ts';
import { apiServerAddresses, peerContext, serviceOfSlice } from '../resolve/peer-context.ts';
import { claimsBefore, isPeer } from '../resolve/pod-role.ts';
import type { PodSelector } from '../resolve/pod-selector.ts';
import { project, projectionText, usedKey } from '../resolve/project.ts';
import { type EncodedIdentity, encodePodIdentity } from './encode.ts';

/** A pod that has an address, as peers see it. */
export interface PeerPod {
  readonly pod: Pod;
  readonly labels: ReadonlyMap<string, string>;
  readonly identity: EncodedIdentity;
  /** Those that it holds, in order of their text. */
  readonly addresses: Pod['addresses'];
}

/** The state with all that is the same for every node worked out. */
export interface ResolvedCluster {
  readonly state: ClusterState;
  readonly rules: readonly GoverningRule[];
  readonly pods: readonly PeerPod[];
  readonly nodeOf: (address: string) => Node | undefined;
  readonly profileOf: (node: Node) => NodeProfile;
  /** By serviceKey. */
  readonly slicesOf: (service: string) => readonly EndpointSlice[];
  /** Addresses of what is neither a pod nor a node. */
  readonly others: readonly { readonly address: Prefix; readonly kind: OtherKind }[];
  /** Labels that subject selectors and ingress port names look at. */
  readonly subjectLabels: (pod: Pod) => ReadonlyMap<string, string>;
}

export function resolveCluster(state: ClusterState): ResolvedCluster {
  const peers = [...state.pods.values()].filter(isPeer);
  const portNumbersOf = (nameKey: string) => {
    const numbers = peers.flatMap((pod) =>
      pod.ports.filter((port) => portNameKey(port) === nameKey).map(({ port }) => port),
    );
    return [...new Set(numbers)].sort((a, b) => a - b);
  };
  const slicesOf = (key: string) =>
    [...state.endpointSlices.values()].filter((slice) => serviceOfSlice(slice) === key);
  const context = {
    peerContext: peerContext(state, slicesOf),
    portNumbers: portNumbersOf,
    known: (content: PeerContent) => content,
  };
  const governing = [...state.policies.values()].flatMap(({ inForce }) => governingRules(inForce, context));
  const apiServers = apiServerAddresses(slicesOf);
  const apiServerTexts = new Set(apiServers.map(({ text }) => text));
  const nodeKeys = new Set(
    contentsOf(governing).flatMap(({ nodes }) => nodes.flatMap(({ selector }) => keysOf(selector))),
  );
  const nodeOf = nodeOwners(state);
  const projectPeer = projector(state, peerKeys(governing));
  const pods = peers.map((pod) => {
    const { labels, text } = projectPeer(pod);
    const addresses = heldAddresses(pod, peers, nodeOf);
    return { pod, labels, identity: encodePodIdentity(text, labels), addresses };
  });
  const projectSubject = projector(state, subjectKeys(governing));
  const isHeld = ({ text }: Prefix) =>
    nodeOf(text) !== undefined || pods.some(({ addresses }) => addresses.some((one) => one.text === text));
  return {
    state,
    rules: governing,
    pods,
    nodeOf,
    slicesOf,
    profileOf: (node) => profileOf(node, apiServerTexts, nodeKeys),
    others: othersOf(state, apiServers).filter(({ address }) => !isHeld(address)),
    subjectLabels: (pod) => projectSubject(pod).labels,
  };
}

/** Special addresses go before those that serve the API, and of two the one with the lesser name. */
function othersOf(
  { specialAddresses }: ClusterState,
  apiServers: readonly Prefix[],
): ResolvedCluster['others'] {
  const specials = [...specialAddresses.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const byText = new Map<string, { readonly address: Prefix; readonly kind: OtherKind }>();
  for (const { address, entity } of specials) {
    if (!byText.has(address.text)) byText.set(address.text, { address, kind: entity });
  }
  for (const address of apiServers) {
    if (!byText.has(address.text))
      byText.set(address.text, { address, kind: `apiserver-ipv${address.family}` });
  }
  return [...byText.values()];
}

const contentsOf = (rules: readonly GoverningRule[]): readonly PeerContent[] =>
  rules.flatMap(({ fragments: { ingress, egress } }) =>
    [...(ingress?.entries ?? []), ...(egress?.entries ?? [])].map(({ peer }) => peer),
  );

function peerKeys(rules: readonly GoverningRule[]): ReadonlySet<string> {
  const names = rules.flatMap(({ egressNames }) => [...egressNames]);
  return new Set([...names, ...contentsOf(rules).flatMap(({ pods }) => pods.flatMap(keysOf))]);
}

function subjectKeys(rules: readonly GoverningRule[]): ReadonlySet<string> {
  const names = rules.flatMap(({ ingressNames }) => [...ingressNames]);
  return new Set([...names, ...rules.flatMap(({ subject }) => keysOf(subject))]);
}

const keysOf = ({ requirements }: PodSelector): readonly string[] =>
  requirements.map(({ key }) => usedKey(key));

function projector({ namespaces, settings }: ClusterState, keys: ReadonlySet<string>) {
  return (pod: Pod) => {
    const pairs = project(pod, namespaces.get(pod.namespace)?.labels, settings.clusterName, keys);
    return { labels: new Map(pairs), text: projectionText(pairs) };
  };
}

function nodeOwners({ nodes }: ClusterState): (address: string) => Node | undefined {
  const owners = new Map<string, Node>();
  const sorted = [...nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const node of sorted) {
    for (const { text } of node.addresses) if (!owners.has(text)) owners.set(text, node);
  }
  return (address) => owners.get(address);
}

function heldAddresses(pod: Pod, peers: readonly Pod[], nodeOf: ResolvedCluster['nodeOf']) {
  const held = pod.addresses.filter(
    ({ text }) =>
      !nodeOf(text) &&
      peers.every(
        (other) =>
          other === pod ||
          !other.addresses.some((address) => address.text === text) ||
          claimsBefore(pod, other),
      ),
  );
  const byText = new Map(held.map((address) => [address.text, address]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, address]) => address);
}
