import type { Bundle } from '@weir/node-agent/src/bundle.ts';
import { buildImage } from '@weir/node-agent/src/image/build-image.ts';
import type { Image } from '@weir/node-agent/src/image/image.ts';
import { checkItem } from '@weir/node-agent/src/sync/check-item.ts';
import { Desired } from '@weir/node-agent/src/sync/desired.ts';
import type { NodeBundle } from '@weir/operator/src/bundle/node-bundle.ts';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import type { ClusterEvent } from '@weir/operator/src/model/event.ts';
import { Pipeline } from '@weir/operator/src/pipeline.ts';
import type { weir } from '@weir/proto/bundle.js';
import { readItems } from '@weir/proto/item.ts';

/** What an agent on the node would make of what the operator would send it. */
export interface NodeImage {
  readonly node: string;
  readonly image: Image;
  /** Of the endpoints, by uid. */
  readonly ifindexes: ReadonlyMap<string, number>;
  /** By cookie. */
  readonly outcomes: ReadonlyMap<number, weir.bundle.v1.IOutcome>;
}

/** Of the first endpoint of a node; the others follow. */
export const firstIfindex = 100;

/** The images of all nodes. `nextInstance` numbers interfaces and never says a number twice. */
export function buildNodeImages(state: ClusterState, nextInstance: () => number): readonly NodeImage[] {
  const pipeline = new Pipeline(state.settings);
  pipeline.apply(eventsOf(state));
  return [...state.nodes.values()].map(({ name, addresses }) => {
    const bundle = receive(pipeline.bundle(name));
    const local = addresses.map(({ address }) => address);
    const uids = Array.from(bundle.endpoints.values(), ({ uid }) => uid);
    const bindings = uids.map((uid, at) => ({
      uid,
      ifindex: firstIfindex + at,
      instance: nextInstance(),
      adoptUntil: 0,
    }));
    return {
      node: name,
      image: buildImage(bundle, bindings, local),
      ifindexes: new Map(bindings.map(({ uid, ifindex }) => [uid, ifindex])),
      outcomes: outcomesOf(bundle),
    };
  });
}

function eventsOf(state: ClusterState): readonly ClusterEvent[] {
  const policies = Array.from(state.policies.values(), ({ inForce }) => inForce);
  const objects = [
    ...state.namespaces.values(),
    ...state.nodes.values(),
    ...state.pods.values(),
    ...policies,
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
