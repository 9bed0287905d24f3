import { type ClusterState, podKey } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import { ownerOf } from './address-owner.ts';
import { evaluateEgress, targetOf } from './evaluate-egress.ts';
import { evaluateEndpoint } from './evaluate-endpoint.ts';
import type { ServiceTarget } from './service-at.ts';
import type { Packet, Side } from './side.ts';
import { allowFor, type Verdict } from './verdict.ts';

/** May `from` open this flow to `to`? */
export interface FlowQuery extends Packet {
  readonly from: Side;
  readonly to: Side;
}

export interface FlowVerdict {
  /** `allow` where both halves allow. */
  readonly verdict: 'allow' | 'deny';
  /** What the policies of the source say. */
  readonly egress: Verdict;
  /** What the policies of the destination say; of a service's backends the first that denies. */
  readonly ingress: Verdict;
  /** Where the flow is for a service. */
  readonly service: ServiceTarget | undefined;
}

/** A pod always reaches itself, whatever its policies say: such a flow does not leave it. */
export function evaluateFlow(state: ClusterState, query: FlowQuery): FlowVerdict {
  if (isWithinPod(state, query.from, query.to)) {
    return { verdict: 'allow', egress: allowFor('self'), ingress: allowFor('self'), service: undefined };
  }
  const packet = { ...query, ...familyOf(query) };
  const subject = podOf(state, query.from);
  const service = subject && targetOf(state, { ...packet, subject, peer: query.to });
  const egress = subject
    ? evaluateEgress(state, { ...packet, subject, peer: query.to })
    : allowFor('not-governed');
  const ingress = service ? evaluateArrivals(state, packet, service) : evaluateIngress(state, packet);
  const allowed = egress.verdict === 'allow' && ingress.verdict === 'allow';
  return { verdict: allowed ? 'allow' : 'deny', egress, ingress, service };
}

function evaluateIngress(state: ClusterState, query: FlowQuery): Verdict {
  const subject = podOf(state, query.to);
  if (!subject) return allowFor('not-governed');
  return evaluateEndpoint(state, { ...query, subject, direction: 'ingress', peer: query.from });
}

/** What the pods behind a service say, each to the packet that would reach it. */
function evaluateArrivals(state: ClusterState, query: FlowQuery, { backends }: ServiceTarget): Verdict {
  const verdicts = backends.map(({ address, port }) => {
    const to: Side = { kind: 'address', address };
    return isWithinPod(state, query.from, to)
      ? allowFor('self')
      : evaluateIngress(state, { ...query, to, port, family: address.family });
  });
  return verdicts.find(({ verdict }) => verdict === 'deny') ?? verdicts[0] ?? allowFor('not-governed');
}

function isWithinPod(state: ClusterState, from: Side, to: Side): boolean {
  const source = podOf(state, from);
  const destination = podOf(state, to);
  if (!source || !destination || source.hostNetwork) return false;
  return podKey(source) === podKey(destination);
}

function podOf(state: ClusterState, side: Side): Pod | undefined {
  switch (side.kind) {
    case 'pod':
      return side.pod;
    case 'entity':
      return undefined;
    case 'address': {
      const owner = ownerOf(state, side.address);
      return owner.kind === 'pod' ? owner.pod : undefined;
    }
  }
}

/** An address at one end tells the packet's family, which picks the address of a pod at the other end. */
function familyOf({ from, to, family }: FlowQuery): Pick<Packet, 'family'> {
  if (family !== undefined) return { family };
  for (const side of [from, to]) {
    if (side.kind === 'address') return { family: side.address.family };
  }
  return {};
}
