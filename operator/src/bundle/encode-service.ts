import { encodeItem, type Item, itemId, itemKind } from '@weir/proto/item.ts';
import type { Prefix } from '../model/address.ts';
import { serviceKey } from '../model/cluster.ts';
import type { Protocol } from '../model/endpoint.ts';
import type { EndpointSlice, Service, ServicePort } from '../model/service.ts';
import { type Backend, backendsAnywhere, backendsOn, backendsWithin } from './service-backends.ts';

type Choice = (port: ServicePort, slices: readonly EndpointSlice[]) => Backend[];

/** What one item says of a service: addresses and ports that lead to the same backends. */
interface Face {
  readonly key: string;
  readonly addresses: readonly Prefix[];
  readonly hasNodePorts: boolean;
  readonly backends: Choice;
}

/** A service as egress meets it, for all nodes alike; empty: no packet does. */
export function encodeService(service: Service, slices: readonly EndpointSlice[]): readonly Item[] {
  const { addresses, externalAddresses, internalTrafficLocal, externalTrafficLocal } = service;
  const key = serviceKey(service);
  if (!internalTrafficLocal && !externalTrafficLocal) {
    const all = [...addresses, ...externalAddresses];
    return encodeFace(service, slices, { key, addresses: all, hasNodePorts: true, backends: backendsWithin });
  }
  const inner: Face = { key, addresses, hasNodePorts: false, backends: backendsWithin };
  const outer: Face = {
    key: outerKey(key),
    addresses: externalAddresses,
    hasNodePorts: true,
    backends: externalTrafficLocal ? backendsAnywhere : backendsWithin,
  };
  const faces = internalTrafficLocal ? [outer] : [inner, outer];
  return faces.flatMap((face) => encodeFace(service, slices, face));
}

/** A service whose clients use the backends of their own node (`internalTrafficPolicy: Local`), as `node` meets it. */
export function encodeNearService(
  service: Service,
  slices: readonly EndpointSlice[],
  node: string,
): readonly Item[] {
  const { addresses, internalTrafficLocal } = service;
  if (!internalTrafficLocal) return [];
  const backends: Choice = (port, all) => backendsOn(port, all, node);
  return encodeFace(service, slices, { key: serviceKey(service), addresses, hasNodePorts: false, backends });
}

/** Ids of all items that a service may have, by its key. */
export const serviceItemIds = (key: string): readonly string[] =>
  [key, outerKey(key)].map((each) => itemId(itemKind.service, Buffer.from(each)));

/** Sorts behind the service's own key and before every other service's. */
const outerKey = (key: string): string => `${key} external`;

function encodeFace(
  { ports }: Service,
  slices: readonly EndpointSlice[],
  { key, addresses, hasNodePorts, backends }: Face,
): readonly Item[] {
  if (addresses.length === 0 && !(hasNodePorts && ports.some(({ nodePort }) => nodePort !== 0))) return [];
  const texts = new Map(addresses.map((address) => [address.text, address.address]));
  const message = {
    key,
    addresses: [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, address]) => address),
    ports: ports.map((port) => ({
      protocol: protocolNumbers[port.protocol],
      port: port.port,
      nodePort: hasNodePorts ? port.nodePort : 0,
      backends: backends(port, slices),
    })),
  };
  return [encodeItem({ kind: itemKind.service, message })];
}

const protocolNumbers: Readonly<Record<Protocol, number>> = { TCP: 6, UDP: 17, SCTP: 132 };
