import { encodeItem, type Item, itemKind } from '@weir/proto/item.ts';
import type { Prefix } from '../model/address.ts';
import { serviceKey } from '../model/cluster.ts';
import type { Protocol } from '../model/endpoint.ts';
import type { EndpointSlice, Service, ServicePort } from '../model/service.ts';

/**
 * A service as egress meets it; undefined: no packet does. `node`: the one whose endpoints are the clients, where only
 * backends on the same node are used.
 */
export function encodeService(
  service: Service,
  slices: readonly EndpointSlice[],
  node: string | undefined,
): Item | undefined {
  const { addresses, ports, internalTrafficLocal } = service;
  if (addresses.length === 0 && ports.every(({ nodePort }) => nodePort === 0)) return undefined;
  const texts = new Map(addresses.map((address) => [address.text, address]));
  const message = {
    key: serviceKey(service),
    addresses: sorted(texts).map(({ address }) => address),
    ports: ports.map((port) => ({
      protocol: protocolNumbers[port.protocol],
      port: port.port,
      nodePort: port.nodePort,
      backends: backendsOf(port, slices, internalTrafficLocal ? node : undefined),
    })),
  };
  return encodeItem({ kind: itemKind.service, message });
}

const protocolNumbers: Readonly<Record<Protocol, number>> = { TCP: 6, UDP: 17, SCTP: 132 };

interface Backend {
  readonly address: Uint8Array;
  readonly port: number;
}

/** `node`: only those on it. */
function backendsOf(
  port: ServicePort,
  slices: readonly EndpointSlice[],
  node: string | undefined,
): Backend[] {
  const backends = new Map<string, Backend>();
  for (const slice of slices) {
    for (const number of numbersOf(port, slice)) {
      for (const { address, text } of readyAddresses(slice, node)) {
        backends.set(`${text} ${number}`, { address, port: number });
      }
    }
  }
  return sorted(backends);
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

const readyAddresses = ({ endpoints }: EndpointSlice, node: string | undefined): readonly Prefix[] =>
  endpoints
    .filter((endpoint) => endpoint.ready && (node === undefined || endpoint.node === node))
    .flatMap(({ addresses }) => addresses);

const sorted = <T>(byText: ReadonlyMap<string, T>): T[] =>
  [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
