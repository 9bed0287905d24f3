import { type ClusterState, podKey } from '../model/cluster.ts';
import { ownerOf } from './address-owner.ts';
import { type EndpointQuery, evaluateEndpoint } from './evaluate-endpoint.ts';
import { isGoverned } from './governing.ts';
import { type ServiceTarget, serviceAt } from './service-at.ts';
import type { Backend } from './service-backends.ts';
import { allowFor, type Verdict } from './verdict.ts';

/** What leaves a pod. */
export type EgressQuery = Omit<EndpointQuery, 'direction'>;

/**
 * What a pod's policies say to a packet as it leaves the pod, before its node puts a backend's address in the place of
 * a service's: any of them may be chosen, so every one must be allowed. Other ports of a service's address, and
 * what is no service, are judged as the address itself. A pod whose egress no policy is about sends everything.
 */
export function evaluateEgress(state: ClusterState, query: EgressQuery): Verdict {
  const plain = evaluateEndpoint(state, { ...query, direction: 'egress' });
  if (!isGoverned(state, query.subject, 'egress')) return plain;
  const target = targetOf(state, query);
  return target ? evaluateBackends(state, query, target.backends) : plain;
}

export function targetOf(
  state: ClusterState,
  { subject, peer, ...packet }: EgressQuery,
): ServiceTarget | undefined {
  return peer.kind === 'address' ? serviceAt(state, peer.address, packet, subject.node) : undefined;
}

function evaluateBackends(state: ClusterState, query: EgressQuery, backends: readonly Backend[]): Verdict {
  const verdicts = backends.map((backend) => evaluateBackend(state, query, backend));
  const [first] = verdicts;
  if (!first) return { verdict: 'deny', reason: 'no-backends', origins: [] };
  return verdicts.find(({ verdict }) => verdict === 'deny') ?? first;
}

/** A pod that reaches itself through its service passes. */
function evaluateBackend(state: ClusterState, query: EgressQuery, { address, port }: Backend): Verdict {
  const owner = ownerOf(state, address);
  if (owner.kind === 'pod' && podKey(owner.pod) === podKey(query.subject)) return allowFor('self');
  return evaluateEndpoint(state, { ...query, port, peer: { kind: 'address', address }, direction: 'egress' });
}
