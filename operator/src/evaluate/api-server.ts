import type { Prefix } from '../model/address.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { Node } from '../model/endpoint.ts';
import { holds } from './contains.ts';
import { slicesOf } from './slices.ts';

const apiService = { namespace: 'default', name: 'kubernetes' };

/** Whether the Kubernetes API is served at the address: the endpoints of the service default/kubernetes, ready or not. */
export const servesApi = (state: ClusterState, address: Prefix): boolean =>
  slicesOf(state, apiService).some(({ endpoints }) =>
    endpoints.some(({ addresses }) => holds(addresses, address)),
  );

/** Whether one of the node's addresses serves the API; then all of the node counts as the API server. */
export const runsApiServer = (state: ClusterState, node: Node): boolean =>
  node.addresses.some((address) => servesApi(state, address));
