import type { Prefix } from '../model/address.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { Labels } from '../model/labels.ts';
import type { ServicesPeer } from '../model/policy.ts';
import type { Service } from '../model/service.ts';
import { holds } from './contains.ts';
import type { EffectiveLabel } from './effective-labels.ts';
import type { PeerIdentity } from './identify.ts';
import { isInScope } from './is-in-scope.ts';
import type { PeerMatch } from './peer-match.ts';
import { selects } from './selects.ts';
import { slicesOf } from './slices.ts';

/**
 * Whether a peer is behind one of the services: a pod that the service's own selector selects, or an address of its
 * slices where it has no selector, which is a block of one address. Where no service matches nobody is meant.
 */
export function matchServices(state: ClusterState, wanted: ServicesPeer, peer: PeerIdentity): PeerMatch {
  const services = [...state.services.values()].filter((service) => isMeant(wanted, service));
  if (services.some((service) => selectsPod(service, peer))) return 'identity';
  if (!isInScope(state.settings.policyCidrMatchMode, peer)) return 'none';
  const { address } = peer;
  return address && services.some((service) => servedAt(state, service, address)) ? 'address' : 'none';
}

function isMeant({ service: wanted, namespace }: ServicesPeer, service: Service): boolean {
  if (namespace !== '' && namespace !== service.namespace) return false;
  switch (wanted.kind) {
    case 'name':
      return service.name === wanted.name;
    case 'selector':
      return selects(
        { requirements: wanted.selector.requirements.map(ofAnySource) },
        labelsOf(service.labels),
      );
  }
}

/** Services have labels of Kubernetes only, and a source in the key means nothing. */
const ofAnySource = <T extends object>(requirement: T) => ({ ...requirement, source: 'any' as const });

const labelsOf = (labels: Labels): readonly EffectiveLabel[] =>
  Array.from(labels, ([key, value]) => ({ source: 'k8s', key, value }));

/** By the labels that selectors of policies see; the pods of all clusters serve. */
function selectsPod({ selector, namespace }: Service, peer: PeerIdentity): boolean {
  if (!hasSelector(selector) || peer.kind !== 'pod' || peer.pod.namespace !== namespace) return false;
  return [...selector].every(([key, value]) =>
    peer.labels.some((label) => label.source === 'k8s' && label.key === key && label.value === value),
  );
}

const servedAt = (state: ClusterState, service: Service, address: Prefix): boolean =>
  !hasSelector(service.selector) &&
  slicesOf(state, service).some(({ endpoints }) =>
    endpoints.some(
      ({ addresses, ready, serving, terminating }) =>
        (ready || (serving && terminating)) && holds(addresses, address),
    ),
  );

const hasSelector = (selector: Labels | undefined): selector is Labels =>
  selector !== undefined && selector.size > 0;
