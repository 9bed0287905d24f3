import { namedPortsOf, type RuleFragment, ruleFragment } from '../compile/rule-fragment.ts';
import type { TableDirection } from '../compile/table-content.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { Node, Pod } from '../model/endpoint.ts';
import type { PolicyRule } from '../model/policy.ts';
import { portNameKey } from '../resolve/label-keys.ts';
import { claimsBefore, isPeer } from '../resolve/pod-role.ts';
import { type PodSelector, podSelector } from '../resolve/pod-selector.ts';
import { project, projectionText, usedKey } from '../resolve/project.ts';
import { type EncodedIdentity, encodePodIdentity } from './encode.ts';

interface Rule {
  readonly subject: PodSelector;
  readonly fragments: Readonly<Record<TableDirection, RuleFragment | undefined>>;
}

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
  readonly rules: readonly Rule[];
  readonly pods: readonly PeerPod[];
  readonly nodeOf: (address: string) => Node | undefined;
  /** Labels that subject selectors and ingress port names look at. */
  readonly subjectLabels: (pod: Pod) => ReadonlyMap<string, string>;
}

export function resolveCluster(state: ClusterState): ResolvedCluster {
  const peers = [...state.pods.values()].filter(isPeer);
  const policyRules = [...state.policies.values()].flatMap(({ inForce }) =>
    inForce.rules.map((rule) => ({ ref: inForce.ref, rule })),
  );
  const portNumbersOf = (nameKey: string) => {
    const numbers = peers.flatMap((pod) =>
      pod.ports.filter((port) => portNameKey(port) === nameKey).map(({ port }) => port),
    );
    return [...new Set(numbers)].sort((a, b) => a - b);
  };
  const context = { settings: state.settings, portNumbers: portNumbersOf };
  const governing = policyRules.flatMap(({ ref, rule }) => {
    const subject = podSelector(rule.subject);
    if (!subject) return [];
    const fragments = {
      ingress: ruleFragment(ref, rule, 'ingress', context),
      egress: ruleFragment(ref, rule, 'egress', context),
    };
    return [{ policyRule: rule, subject, fragments }];
  });
  const nodeOf = nodeOwners(state);
  const projectPeer = projector(state, peerKeys(governing));
  const pods = peers.map((pod) => {
    const { labels, text } = projectPeer(pod);
    const addresses = heldAddresses(pod, peers, nodeOf);
    return { pod, labels, identity: encodePodIdentity(text, labels), addresses };
  });
  const projectSubject = projector(state, subjectKeys(governing));
  return { state, rules: governing, pods, nodeOf, subjectLabels: (pod) => projectSubject(pod).labels };
}

type Governing = Rule & { readonly policyRule: PolicyRule };

function peerKeys(rules: readonly Governing[]): ReadonlySet<string> {
  const names = rules.flatMap(({ policyRule }) => [...namedPortsOf(policyRule.egress)]);
  const entries = rules.flatMap(({ fragments: { ingress, egress } }) => [
    ...(ingress?.entries ?? []),
    ...(egress?.entries ?? []),
  ]);
  return new Set([...names, ...entries.flatMap(({ peer }) => peer.pods.flatMap(keysOf))]);
}

function subjectKeys(rules: readonly Governing[]): ReadonlySet<string> {
  const names = rules.flatMap(({ policyRule }) => [...namedPortsOf(policyRule.ingress)]);
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
