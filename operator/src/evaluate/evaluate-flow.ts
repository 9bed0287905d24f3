import { type ClusterState, podKey } from '../model/cluster.ts';
import type { Pod } from '../model/endpoint.ts';
import { ownerOf } from './address-owner.ts';
import { evaluateEndpoint } from './evaluate-endpoint.ts';
import type { Direction, Packet, Side } from './side.ts';
import type { Reason, Verdict } from './verdict.ts';

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
  /** What the policies of the destination say. */
  readonly ingress: Verdict;
}

/** A pod always reaches itself, whatever its policies say: such a flow does not leave it. */
export function evaluateFlow(state: ClusterState, query: FlowQuery): FlowVerdict {
  if (isWithinPod(state, query)) return { verdict: 'allow', egress: allow('self'), ingress: allow('self') };
  const packet = { ...query, ...familyOf(query) };
  const egress = evaluateHalf(state, 'egress', query.from, query.to, packet);
  const ingress = evaluateHalf(state, 'ingress', query.to, query.from, packet);
  const allowed = egress.verdict === 'allow' && ingress.verdict === 'allow';
  return { verdict: allowed ? 'allow' : 'deny', egress, ingress };
}

function evaluateHalf(
  state: ClusterState,
  direction: Direction,
  own: Side,
  peer: Side,
  packet: Packet,
): Verdict {
  const subject = podOf(state, own);
  if (!subject) return allow('not-governed');
  return evaluateEndpoint(state, { ...packet, subject, direction, peer });
}

const allow = (reason: Reason): Verdict => ({ verdict: 'allow', reason, origins: [] });

function isWithinPod(state: ClusterState, { from, to }: FlowQuery): boolean {
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
