import type { Bundle } from '@weir/node-agent/src/bundle.ts';
import { buildImage } from '@weir/node-agent/src/image/build-image.ts';
import type { Image } from '@weir/node-agent/src/image/image.ts';
import { checkItem } from '@weir/node-agent/src/sync/check-item.ts';
import { Desired } from '@weir/node-agent/src/sync/desired.ts';
import type { NodeBundle } from '@weir/operator/src/bundle/node-bundle.ts';
import { ownerOf } from '@weir/operator/src/evaluate/address-owner.ts';
import type { Prefix } from '@weir/operator/src/model/address.ts';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import type { Node } from '@weir/operator/src/model/endpoint.ts';
import type { ClusterEvent } from '@weir/operator/src/model/event.ts';
import { Pipeline } from '@weir/operator/src/pipeline.ts';
import type { weir } from '@weir/proto/bundle.js';
import { readItems } from '@weir/proto/item.ts';

/** What an agent on the node would make of what the operator would send it. */
export interface NodeImage {
  readonly node: string;
  readonly image: Image;
  /** Of the endpoints, by podKey. */
  readonly ifindexes: ReadonlyMap<string, number>;
  /** By cookie. */
  readonly outcomes: ReadonlyMap<number, weir.bundle.v1.IOutcome>;
}

/** Of the first endpoint of a node; the others follow. */
export const firstIfindex = 100;

/** Numbers interfaces and never says a number twice. */
export type NextInstance = () => number;

/** The images of all nodes of a cluster. */
export function buildNodeImages(state: ClusterState, nextInstance: NextInstance): readonly NodeImage[] {
  const pipeline = new Pipeline(state.settings);
  pipeline.apply(eventsOf(state));
  return nodeImages(pipeline, nextInstance);
}

export function nodeImages(pipeline: Pipeline, nextInstance: NextInstance): readonly NodeImage[] {
  return Array.from(pipeline.state.nodes.values(), (node) => nodeImage(pipeline, node, nextInstance));
}

function nodeImage(pipeline: Pipeline, node: Node, nextInstance: NextInstance): NodeImage {
  const bundle = receive(pipeline.bundle(node.name));
  const endpoints = [...bundle.endpoints.values()];
  const bindings = endpoints.map(({ uid }, at) => ({
    uid,
    ifindex: firstIfindex + at,
    instance: nextInstance(),
    adoptUntil: 0,
  }));
  const local = node.addresses.filter((address) => isHeldBy(pipeline.state, address, node));
  return {
    node: node.name,
    image: buildImage(
      bundle,
      bindings,
      local.map(({ address }) => address),
    ),
    ifindexes: new Map(
      endpoints.map(({ namespace, name }, at) => [`${namespace}/${name}`, firstIfindex + at]),
    ),
    outcomes: outcomesOf(bundle),
  };
}

/** A real node has no address of another; the clusters of tests may. */
function isHeldBy(state: ClusterState, address: Prefix, node: Node): boolean {
  const owner = ownerOf(state, address);
  return owner.kind === 'node' && owner.node.name === node.name;
}

function eventsOf(state: ClusterState): readonly ClusterEvent[] {
  const policies = Array.from(state.policies.values(), ({ inForce }) => inForce);
  const objects = [
    ...state.namespaces.values(),
    ...state.nodes.values(),
    ...state.pods.values(),
    ...policies,
    ...state.cidrGroups.values(),
    ...state.services.values(),
    ...state.endpointSlices.values(),
    ...state.specialAddresses.values(),
  ];
  return objects.map((object) => ({ kind: 'upsert', object }));
}

/** With all the checks that an agent makes. */
function receive(sent: NodeBundle | undefined): Bundle {
  if (!sent) throw new Error('a node has no bundle');
  const bundle = new Desired();
  for (const { field } of sent.items.values()) {
    for (const { item, content } of readItems(field)) bundle.add(item, checkItem(content));
  }
  bundle.checkReferences();
  return bundle;
}

function outcomesOf({ tables }: Bundle): ReadonlyMap<number, weir.bundle.v1.IOutcome> {
  const outcomes = [...tables.values()].flatMap((table) => table.outcomes ?? []);
  return new Map(outcomes.map((outcome) => [outcome.cookie ?? 0, outcome]));
}
