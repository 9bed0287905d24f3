import type { Prefix } from '../model/address.ts';
import { type ClusterState, serviceKey } from '../model/cluster.ts';
import type { Service, ServicePort } from '../model/service.ts';
import { ownerOf } from './address-owner.ts';
import { holds } from './contains.ts';
import type { Packet } from './side.ts';
import { slicesOf } from './slices.ts';

/** Where a packet to a service really goes. */
export interface Backend {
  /** Of the address's family. */
  readonly address: Prefix;
  readonly port: number;
}

/** A service's port as packets meet it: one of its own addresses, or a node's address with a node port. */
export interface ServiceTarget {
  readonly service: Service;
  readonly port: ServicePort;
  /** The ready ones that the client's node may choose from, sorted by address. */
  readonly backends: readonly Backend[];
}

/** The service that a packet to `address` is for; of two that claim one address and port the lesser name has it. */
export function serviceAt(
  state: ClusterState,
  address: Prefix,
  { protocol, port: number }: Packet,
  clientNode: string,
): ServiceTarget | undefined {
  const isNode = ownerOf(state, address).kind === 'node';
  const services = [...state.services.values()].sort((a, b) => (serviceKey(a) < serviceKey(b) ? -1 : 1));
  for (const service of services) {
    const isOwn = holds(service.addresses, address);
    const port = service.ports.find(
      (one) =>
        one.protocol === protocol &&
        ((isOwn && one.port === number) || (isNode && one.nodePort !== 0 && one.nodePort === number)),
    );
    if (!port) continue;
    const backends = backendsOf(state, service, port, clientNode);
    return { service, port, backends: backends.filter((one) => one.address.family === address.family) };
  }
  return undefined;
}

function backendsOf(
  state: ClusterState,
  service: Service,
  port: ServicePort,
  clientNode: string,
): readonly Backend[] {
  const backends = new Map<string, Backend>();
  for (const slice of slicesOf(state, service)) {
    const ports = slice.ports.filter(
      ({ name, protocol }) => name === port.name && protocol === port.protocol,
    );
    const endpoints = slice.endpoints.filter(
      ({ ready, node }) => ready && (!service.internalTrafficLocal || node === clientNode),
    );
    for (const address of endpoints.flatMap(({ addresses }) => addresses)) {
      for (const { port: number } of ports) {
        const target = number === 0 ? everyPort(port) : number;
        backends.set(`${address.text} ${target}`, { address, port: target });
      }
    }
  }
  return [...backends].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, backend]) => backend);
}

/** A slice that serves every port takes a packet at the port that the service aims at. */
const everyPort = ({ targetPort, port }: ServicePort): number =>
  typeof targetPort === 'number' ? targetPort : port;
