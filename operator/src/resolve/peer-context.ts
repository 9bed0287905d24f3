import type { Prefix } from '../model/address.ts';
import type { CidrGroup } from '../model/cidr-group.ts';
import { type ClusterState, serviceKey } from '../model/cluster.ts';
import type { EndpointSlice, Service } from '../model/service.ts';
import type { Settings } from '../model/settings.ts';

/** The objects that peers of rules name, as they are now. */
export interface PeerContext {
  readonly settings: Settings;
  cidrGroup(name: string): CidrGroup | undefined;
  cidrGroups(): Iterable<CidrGroup>;
  /** Of one namespace; of all where it is empty. */
  services(namespace: string): Iterable<Service>;
  /** Those of a service (serviceKey). */
  readonly slices: (serviceKey: string) => Iterable<EndpointSlice>;
}

/** `slices`: those of a service (serviceKey). */
export const peerContext = (state: ClusterState, slices: PeerContext['slices']): PeerContext => ({
  settings: state.settings,
  cidrGroup: (name) => state.cidrGroups.get(name),
  cidrGroups: () => state.cidrGroups.values(),
  services: (namespace) =>
    [...state.services.values()].filter((service) => namespace === '' || service.namespace === namespace),
  slices,
});

/** Where the Kubernetes API is served, ready or not. */
export const apiServerAddresses = (slices: PeerContext['slices']): readonly Prefix[] =>
  addressesOf(slices(apiServerService), () => true);

/** Key of the service that the control plane keeps for itself. */
export const apiServerService = serviceKey({ namespace: 'default', name: 'kubernetes' });

/** Where a service is served, by terminating pods too. */
export const backendAddresses = (context: PeerContext, service: Service): readonly Prefix[] =>
  addressesOf(
    context.slices(serviceKey(service)),
    ({ ready, serving, terminating }) => ready || (terminating && serving),
  );

function addressesOf(
  slices: Iterable<EndpointSlice>,
  counts: (endpoint: EndpointSlice['endpoints'][number]) => boolean,
): readonly Prefix[] {
  const byText = new Map<string, Prefix>();
  for (const { endpoints } of slices) {
    for (const address of endpoints.filter(counts).flatMap(({ addresses }) => addresses)) {
      byText.set(address.text, address);
    }
  }
  return [...byText.values()];
}

export const hasSelector = ({ selector }: Service): boolean => selector !== undefined && selector.size > 0;

/** Key of the service that a slice belongs to. */
export const serviceOfSlice = ({ namespace, service }: EndpointSlice): string =>
  serviceKey({ namespace, name: service });
