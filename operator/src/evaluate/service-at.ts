import type { Prefix } from '../model/address.ts';
import { type ClusterState, serviceKey } from '../model/cluster.ts';
import type { Service, ServicePort } from '../model/service.ts';
import { ownerOf } from './address-owner.ts';
import { holds } from './contains.ts';
import { type Backend, backendsOf } from './service-backends.ts';
import type { Packet } from './side.ts';

/** A service's port as packets meet it: one of its own addresses, or a node's address with a node port. */
export interface ServiceTarget {
  readonly service: Service;
  readonly port: ServicePort;
  /** Those that the client's packets may be sent to, sorted by address. */
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
    const isInternal = holds(service.addresses, address);
    const isOwn = isInternal || holds(service.externalAddresses, address);
    const port = service.ports.find(
      (one) =>
        one.protocol === protocol &&
        ((isOwn && one.port === number) || (isNode && one.nodePort !== 0 && one.nodePort === number)),
    );
    if (!port) continue;
    const door = { service, port, family: address.family, isInternal };
    return { service, port, backends: backendsOf(state, door, clientNode) };
  }
  return undefined;
}
