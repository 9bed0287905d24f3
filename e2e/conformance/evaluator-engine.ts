import { evaluateEndpoint } from '@weir/operator/src/evaluate/evaluate-endpoint.ts';
import { evaluateFlow } from '@weir/operator/src/evaluate/evaluate-flow.ts';
import { type ReservedName, reservedNames, type Side } from '@weir/operator/src/evaluate/side.ts';
import type { Verdict } from '@weir/operator/src/evaluate/verdict.ts';
import type { ClusterState } from '@weir/operator/src/model/cluster.ts';
import { parseAddress } from './address.ts';
import {
  type CaseEndpointQuery,
  type CaseFlowQuery,
  type CaseQuery,
  type CaseSide,
  isEndpointQuery,
} from './case.ts';
import type { Answer, Engine } from './engine.ts';
import { addressesOf, type Family, podNamed } from './sides.ts';

/** The judge: asks the evaluator. */
export class EvaluatorEngine implements Engine {
  #state: ClusterState | undefined;

  load(state: ClusterState): void {
    this.#state = state;
  }

  verdict(query: CaseQuery, family: Family | undefined): Answer {
    if (!this.#state) throw new Error('no state is loaded');
    return isEndpointQuery(query)
      ? askEndpoint(this.#state, query, family)
      : askFlow(this.#state, query, family);
  }

  close(): void {
    this.#state = undefined;
  }
}

function askEndpoint(state: ClusterState, query: CaseEndpointQuery, family: Family | undefined): Answer {
  const { direction, protocol, port } = query;
  const subject = podNamed(state, query.subject);
  const peer = peerOf(state, query, family);
  const verdict = evaluateEndpoint(state, { subject, direction, peer, protocol, port, family });
  return {
    kind: 'verdict',
    verdict: verdict.verdict,
    reason: denialReason(verdict),
    decidedBy: describe(verdict),
  };
}

function askFlow(state: ClusterState, query: CaseFlowQuery, family: Family | undefined): Answer {
  const { protocol, port } = query;
  const [from, to] = [toSide(state, query.from), toSide(state, query.to)];
  const flow = evaluateFlow(state, { from, to, protocol, port, family });
  return {
    kind: 'verdict',
    verdict: flow.verdict,
    halves: { egress: flow.egress.verdict, ingress: flow.ingress.verdict },
    decidedBy: `egress ${describe(flow.egress)}; ingress ${describe(flow.ingress)}`,
  };
}

function denialReason({ verdict, reason }: Verdict): 'explicit' | 'default' | undefined {
  if (verdict === 'allow') return undefined;
  return reason === 'rule' ? 'explicit' : 'default';
}

function describe({ verdict, reason, origins }: Verdict): string {
  const places = origins.map(
    ({ ref, path }) => `${ref.kind} ${[ref.namespace, ref.name].filter(Boolean).join('/')} ${path}`,
  );
  return [`${verdict} (${reason})`, ...places].join(', ');
}

function toSide(state: ClusterState, side: CaseSide): Side {
  if ('pod' in side) return { kind: 'pod', pod: podNamed(state, side.pod) };
  if ('ip' in side) return { kind: 'address', address: parseAddress(side.ip) };
  return { kind: 'entity', entity: reservedName(side.entity) };
}

/** An entity by its address, where it has one: its address must be known for it. */
function peerOf(state: ClusterState, { peer, subject }: CaseEndpointQuery, family: Family | undefined): Side {
  if (!('entity' in peer)) return toSide(state, peer);
  const addresses = addressesOf(state, peer, podNamed(state, subject));
  const address = addresses.find((one) => one.family === family);
  return address ? { kind: 'address', address } : toSide(state, peer);
}

function reservedName(text: string): ReservedName {
  const name = reservedNames.find((known) => known === text);
  if (!name) throw new Error(`unknown entity as a peer: ${text}`);
  return name;
}
