import type { ClusterState } from '../model/cluster.ts';
import type { EndpointSlice, Service } from '../model/service.ts';

/** The slices that hold a service's backends. */
export const slicesOf = (
  state: ClusterState,
  { namespace, name }: Pick<Service, 'namespace' | 'name'>,
): readonly EndpointSlice[] =>
  [...state.endpointSlices.values()].filter(
    (slice) => slice.namespace === namespace && slice.service === name,
  );
