import type { BundleChange } from './bundle/bundle-change.ts';
import { Bundles } from './bundle/bundles.ts';
import { type EncodedTable, encodeTable } from './bundle/encode.ts';
import type { NodeBundle } from './bundle/node-bundle.ts';
import { Rules } from './compile/rules.ts';
import { Tables } from './compile/tables.ts';
import { Cluster, type ClusterState, podKey } from './model/cluster.ts';
import type { Pod } from './model/endpoint.ts';
import type { ClusterEvent } from './model/event.ts';
import { isObserved, type Settings } from './model/settings.ts';
import { AddressOwners } from './resolve/address-owners.ts';
import { applyEvents, type ChangedObjects } from './resolve/changed-objects.ts';
import { announcedBy, concernApiServer } from './resolve/dependencies.ts';
import { EndpointClaims } from './resolve/endpoint-claims.ts';
import { Matching } from './resolve/matching.ts';
import { NamedPorts } from './resolve/named-ports.ts';
import { NodeProfiles } from './resolve/node-profiles.ts';
import { hostPeer } from './resolve/peer-content.ts';
import { apiServerAddresses, peerContext, serviceOfSlice } from './resolve/peer-context.ts';
import { PeerSelectors } from './resolve/peer-selectors.ts';
import { isPeer, isSubject } from './resolve/pod-role.ts';
import { PodsByLabelKey } from './resolve/pods-by-label-key.ts';
import { PodsByNamespace } from './resolve/pods-by-namespace.ts';
import { PolicyNodes } from './resolve/policy-nodes.ts';
import type { LabelSet } from './resolve/selector-index.ts';
import { SlicesByService } from './resolve/slices-by-service.ts';

/**
 * The way from objects to bundles; the only place where the stages meet. Every stage keeps what it has made and
 * redoes what a change touches. `buildBundles` makes the same from nothing, and tests compare the two.
 */
export class Pipeline {
  readonly #cluster: Cluster;
  readonly #podsByNamespace = new PodsByNamespace();
  readonly #podsByLabelKey = new PodsByLabelKey();
  readonly #addresses = new AddressOwners();
  readonly #endpoints = new EndpointClaims();
  readonly #namedPorts = new NamedPorts();
  readonly #slices = new SlicesByService();
  readonly #profiles = new NodeProfiles();
  readonly #peers: Matching;
  readonly #peerSelectors: PeerSelectors;
  readonly #subjects: Matching;
  readonly #rules: Rules;
  readonly #tables: Tables<EncodedTable>;
  readonly #bundles: Bundles;
  readonly #policyNodes = new PolicyNodes();
  /** Pods whose part in the bundles may have changed. */
  readonly #dirtyPods = new Set<string>();
  /** Policies that have another version in force than at the last `takeSwitched`. */
  readonly #switched = new Set<string>();
  /** Groups of subjects whose tables may have changed. */
  readonly #dirtyGroups = new Set<LabelSet>();

  constructor(settings: Settings) {
    this.#cluster = new Cluster(settings);
    const pods = {
      localCluster: settings.clusterName,
      namespaceLabels: (name: string) => this.state.namespaces.get(name)?.labels,
      podsHaving: (keys: readonly string[]) => this.#podsByLabelKey.having(keys),
    };

    //  pods ──► label sets ──► identities        told apart by what peer selectors look at
    //               ▲
    //  peer selectors of rules                   who matches whom: memberships
    this.#peers = new Matching({
      ...pods,
      listener: {
        matched: (selector, set) => this.#peerSelectors.matched(selector, set),
        unmatched: (selector, set) => this.#peerSelectors.unmatched(selector, set),
        moved: (podKey) => this.#dirtyPods.add(podKey),
        vanished: (identity) => this.#bundles.vanished(identity),
      },
    });
    this.#peerSelectors = new PeerSelectors(this.#peers, this.#profiles, {
      joined: (selector, identity) => this.#bundles.joined(selector, identity),
      left: (selector, identity) => this.#bundles.left(selector, identity),
    });

    //  pods ──► label sets ──► groups            told apart by what subject selectors look at
    //               ▲
    //  subject selectors of rules                who is governed by what
    const dirtyGroup = (group: LabelSet) => this.#dirtyGroups.add(group);
    this.#subjects = new Matching({
      ...pods,
      listener: {
        matched: (subject, group) => {
          this.#policyNodes.matched(subject, group);
          dirtyGroup(group);
        },
        unmatched: (subject, group) => {
          this.#policyNodes.unmatched(subject, group);
          dirtyGroup(group);
        },
        moved: (podKey, _, group) => {
          this.#dirtyPods.add(podKey);
          if (group && !this.#tables.knows(group)) dirtyGroup(group);
        },
        vanished: dirtyGroup,
      },
    });

    //  policies ──► rules (subject, fragments) ──► per group, the rules that govern it ──► tables
    this.#rules = new Rules({
      peerContext: peerContext(this.state, (service) => this.#slices.of(service)),
      portNumbers: (nameKey) => this.#namedPorts.numbers(nameKey),
      known: (content) => this.#peerSelectors.find(content)?.content ?? content,
      peers: this.#peers,
      peerSelectors: this.#peerSelectors,
      subjects: this.#subjects,
    });
    this.#tables = new Tables({ rules: this.#rules, settings, seal: encodeTable });
    // Tables let the node reach its pods without any rule that names it.
    this.#peerSelectors.acquire(hostPeer);

    //  nodes, pods with their identity, group and addresses, tables, memberships ──► bundles
    this.#bundles = new Bundles({
      addresses: this.#addresses,
      endpoints: this.#endpoints,
      peers: this.#peers,
      peerSelectors: this.#peerSelectors,
      subjects: this.#subjects,
      tables: this.#tables,
      profiles: this.#profiles,
      isObserved: (node) => isObserved(settings, node),
    });
  }

  get state(): ClusterState {
    return this.#cluster.state;
  }

  /** Applies events; gives the bundles that changed, by node. A first bundle's items must be read before the next. */
  apply(events: readonly ClusterEvent[]): readonly BundleChange[] {
    const changed = applyEvents(this.#cluster, events);
    this.#updatePods(changed);
    this.#updateNodes(changed);
    this.#updatePolicies(changed);
    this.#settleMatches();
    this.#updateTables();
    this.#updateBundles(changed);
    const changes = this.#bundles.flush();
    this.#peerSelectors.forget();
    return changes;
  }

  /** Every Node object has one, also an empty one. Its items must be read before the next `apply` that changes it. */
  bundle(node: string): NodeBundle | undefined {
    return this.#bundles.bundle(node);
  }

  /** Nodes with an endpoint that the policy's version in force selects. */
  nodesOf(policyKey: string): readonly string[] {
    return this.#policyNodes.of(policyKey);
  }

  /** Keys of the policies that select the endpoint with that uid. */
  policiesOf(uid: string): ReadonlySet<string> {
    const pod = this.#endpoints.holder(uid);
    return pod ? this.#policyNodes.policiesOf(podKey(pod)) : new Set();
  }

  /** Keys of policies whose `nodesOf` may be others than at the last call. */
  takeChangedNodes(): ReadonlySet<string> {
    return this.#policyNodes.takeChanged();
  }

  /** Keys of policies that have another version in force than at the last call, or none any more. */
  takeSwitched(): ReadonlySet<string> {
    const switched = new Set(this.#switched);
    this.#switched.clear();
    return switched;
  }

  #updatePods({ pods, namespaces }: ChangedObjects): void {
    for (const [key, { from, to }] of pods) {
      const [peerFrom, peerTo] = [onlyPeer(from), onlyPeer(to)];
      this.#podsByNamespace.setPod(key, from, to);
      this.#addresses.setPod(peerFrom, peerTo);
      this.#endpoints.setPod(from, to);
      this.#namedPorts.setPod(peerFrom, peerTo);
      this.#setMatching(key, to);
      this.#dirtyPods.add(key);
    }
    for (const name of namespaces.keys()) {
      for (const key of this.#podsByNamespace.of(name)) this.#setMatching(key, this.state.pods.get(key));
    }
  }

  #setMatching(key: string, pod: Pod | undefined): void {
    const peer = onlyPeer(pod);
    this.#podsByLabelKey.setPod(key, peer, peer && this.state.namespaces.get(peer.namespace)?.labels);
    this.#peers.setPod(key, peer);
    this.#subjects.setPod(key, pod && isSubject(pod) ? pod : undefined);
  }

  /** Nodes, and what else has an address without being a pod. */
  #updateNodes({ nodes, specialAddresses, endpointSlices }: ChangedObjects): void {
    for (const [name, { from, to }] of nodes) {
      this.#addresses.setNode(from, to);
      this.#profiles.setNode(name, to);
    }
    for (const { from, to } of specialAddresses.values()) this.#addresses.setSpecial(from, to);
    for (const { from, to } of endpointSlices.values()) this.#slices.setSlice(from, to);
    if (!concernApiServer(endpointSlices)) return;
    const apiServers = apiServerAddresses((service) => this.#slices.of(service));
    this.#addresses.setApiServers(apiServers);
    this.#profiles.setApiServers(apiServers);
  }

  /** Those that have changed, and those that are made from something else that has. */
  #updatePolicies(changed: ChangedObjects): void {
    const keys = new Set(changed.policies.keys());
    for (const key of keys) this.#switched.add(key);
    for (const dependency of [...this.#namedPorts.takeChanged(), ...announcedBy(changed, this.state)]) {
      for (const key of this.#rules.policiesThatDependOn(dependency)) keys.add(key);
    }
    for (const key of keys) {
      this.#rules.setPolicy(key, this.state.policies.get(key)?.inForce);
      this.#policyNodes.setPolicy(key, this.#rules.subjectsOf(key));
    }
    this.#peerSelectors.sweep();
  }

  #settleMatches(): void {
    this.#peers.settle();
    this.#subjects.settle();
    for (const subject of this.#rules.takeChanged()) {
      for (const group of subject.matches) this.#dirtyGroups.add(group);
    }
  }

  #updateTables(): void {
    for (const group of this.#dirtyGroups) {
      if (this.#tables.update(group)) for (const key of group.pods) this.#dirtyPods.add(key);
    }
    this.#dirtyGroups.clear();
  }

  #updateBundles({ nodes, services, endpointSlices }: ChangedObjects): void {
    const addresses = this.#addresses.takeChanged();
    const profiles = this.#profiles.settle();
    this.#bundles.setProfiles(profiles);
    this.#bundles.setOthers(addresses.others.values());
    for (const name of new Set([...nodes.keys(), ...addresses.nodes, ...profiles.nodes])) {
      this.#bundles.setNode(name, this.state.nodes.get(name));
    }
    const slices = [...endpointSlices.values()].flatMap(({ from, to }) => [from, to]);
    const served = slices.flatMap((slice) => (slice ? serviceOfSlice(slice) : []));
    for (const key of new Set([...services.keys(), ...served])) {
      this.#bundles.setService(key, this.state.services.get(key), this.#slices.of(key));
    }
    for (const keys of [addresses.pods, this.#endpoints.takeChanged()]) {
      for (const key of keys) this.#dirtyPods.add(key);
    }
    const pods = new Map([...this.#dirtyPods].map((key) => [key, this.state.pods.get(key)]));
    this.#bundles.setPods(pods);
    for (const [key, pod] of pods) {
      const isEndpoint = pod && this.#endpoints.isEndpoint(pod) && this.#addresses.ofPod(pod).length > 0;
      this.#policyNodes.setPod(key, isEndpoint ? this.#subjects.labelSetOf(key) : undefined, pod?.node ?? '');
    }
    this.#dirtyPods.clear();
  }
}

const onlyPeer = (pod: Pod | undefined): Pod | undefined => (pod && isPeer(pod) ? pod : undefined);
