import type { Prefix } from '../model/address.ts';
import type { ServicesPeer } from '../model/policy.ts';
import type { Service } from '../model/service.ts';
import { namespaceKey } from './label-keys.ts';
import { backendAddresses, hasSelector, type PeerContext } from './peer-context.ts';
import { type PodSelector, podSelector, selectorOf, selectsLabels } from './pod-selector.ts';

/** Who is behind services. */
export interface ServiceMembers {
  readonly pods: readonly PodSelector[];
  /** Of services without a selector. */
  readonly addresses: readonly Prefix[];
}

export function serviceMembers(peer: ServicesPeer, context: PeerContext): ServiceMembers {
  const services = [...context.services(peer.namespace)].filter((service) => isMeant(peer, service));
  return {
    pods: services.filter(hasSelector).flatMap((service) => podsOf(service) ?? []),
    addresses: services
      .filter((service) => !hasSelector(service))
      .flatMap((service) => backendAddresses(context, service)),
  };
}

/** A source in a key means nothing: services have labels of Kubernetes only. */
function isMeant({ service: wanted }: ServicesPeer, { name, labels }: Service): boolean {
  switch (wanted.kind) {
    case 'name':
      return name === wanted.name;
    case 'selector':
      return selectsLabels(selectorOf(wanted.selector.requirements), labels);
  }
}

function podsOf({ namespace, selector }: Service): PodSelector | undefined {
  const labels = [...(selector ?? []), [namespaceKey, namespace] as const];
  return podSelector({
    requirements: labels.map(([key, value]) => ({ source: 'k8s', key, operator: 'In', values: [value] })),
  });
}
