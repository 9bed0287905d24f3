import type { EndpointSlice, ServicePort } from '../model/service.ts';

/** As the protocol has it. */
export interface Backend {
  readonly address: Uint8Array;
  readonly port: number;
}

/** By address and port. */
type Offers = ReadonlyMap<string, Offer>;

/** What slices say of one address and port. */
interface Offer extends Backend {
  readonly family: 4 | 6;
  /** Nodes on which it is ready, and those on which it serves while terminating: mostly one in all. */
  ready: readonly string[];
  terminating: readonly string[];
}

const none: readonly string[] = [];

type IsOn = (node: string) => boolean;

/**
 * Those that a node sends packets to by kube-proxy's rules, in each family: the ready ones, and where there is none
 * terminating ones that still serve. Sorted.
 */
export const backendsWithin = (port: ServicePort, slices: readonly EndpointSlice[]): Backend[] =>
  choose(offersOf(port, slices), [() => true]);

/** The same of the backends on one node alone. */
export const backendsOn = (port: ServicePort, slices: readonly EndpointSlice[], node: string): Backend[] =>
  choose(offersOf(port, slices), [isNode(node)]);

/** The same of all backends, and of each node's alone: what some node may send a packet to. */
export function backendsAnywhere(port: ServicePort, slices: readonly EndpointSlice[]): Backend[] {
  const offers = offersOf(port, slices);
  const nodes = new Set([...offers.values()].flatMap(({ terminating }) => terminating));
  nodes.delete('');
  // Ready backends are among all anyway, so only nodes with others can add any.
  return choose(offers, [() => true, ...[...nodes].map(isNode)]);
}

const isNode =
  (node: string): IsOn =>
  (other) =>
    other === node;

function choose(offers: Offers, scopes: readonly IsOn[]): Backend[] {
  const chosen = new Map<string, Offer>();
  for (const family of [4, 6] as const) {
    const own = [...offers].filter(([, offer]) => offer.family === family);
    for (const isOn of scopes) {
      const ready = own.filter(([, offer]) => offer.ready.some(isOn));
      const terminating = own.filter(([, offer]) => offer.terminating.some(isOn));
      for (const [key, offer] of ready.length > 0 ? ready : terminating) chosen.set(key, offer);
    }
  }
  return [...chosen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { address, port }]) => ({ address, port }));
}

/** Where both a terminating pod and another have an address, as after its reuse, the latter counts. */
function offersOf(port: ServicePort, slices: readonly EndpointSlice[]): Offers {
  const offers = new Map<string, Offer>();
  for (const entry of entriesOf(port, slices, false)) addEntry(offers, entry);
  const staying = new Set(offers.keys());
  for (const entry of entriesOf(port, slices, true)) if (!staying.has(entry.key)) addEntry(offers, entry);
  return offers;
}

function addEntry(offers: Map<string, Offer>, { key, backend, family, endpoint }: Entry): void {
  let offer = offers.get(key);
  if (offer === undefined) {
    offer = { address: backend.address, port: backend.port, family, ready: none, terminating: none };
    offers.set(key, offer);
  }
  if (endpoint.ready) offer.ready = [...offer.ready, endpoint.node];
  if (endpoint.terminating && endpoint.serving) offer.terminating = [...offer.terminating, endpoint.node];
}

interface Entry {
  /** Address and port. */
  readonly key: string;
  readonly backend: Backend;
  readonly family: 4 | 6;
  readonly endpoint: EndpointSlice['endpoints'][number];
}

/** Those of terminating endpoints, or of the others. */
function* entriesOf(
  port: ServicePort,
  slices: readonly EndpointSlice[],
  terminating: boolean,
): Generator<Entry> {
  for (const slice of slices) {
    for (const number of numbersOf(port, slice)) {
      for (const endpoint of slice.endpoints) {
        if (endpoint.terminating !== terminating) continue;
        for (const { address, family, text } of endpoint.addresses) {
          yield { key: `${text} ${number}`, backend: { address, port: number }, family, endpoint };
        }
      }
    }
  }
}

/** A slice may serve every port: then the one that the service aims at. */
function numbersOf(
  { name, protocol, port, targetPort }: ServicePort,
  { ports }: EndpointSlice,
): readonly number[] {
  const everyPort = typeof targetPort === 'number' ? targetPort : port;
  return ports
    .filter((one) => one.name === name && one.protocol === protocol)
    .map((one) => one.port || everyPort);
}
