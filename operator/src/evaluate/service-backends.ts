import type { Prefix } from '../model/address.ts';
import type { ClusterState } from '../model/cluster.ts';
import type { Service, ServicePort } from '../model/service.ts';
import { slicesOf } from './slices.ts';

/** Where a packet to a service really goes. */
export interface Backend {
  readonly address: Prefix;
  readonly port: number;
}

/** Where packets of one family meet a service's port. */
export interface ServiceDoor {
  readonly service: Service;
  readonly port: ServicePort;
  readonly family: Prefix['family'];
  /** At its cluster address, and not at an external address or a node port. */
  readonly isInternal: boolean;
}

/** One entry of a slice, at one of its ports. */
interface Candidate extends Backend {
  readonly node: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
}

/**
 * The backends that nodes may choose from for a client's packets, sorted by address and port; the rules are those of
 * kube-proxy (pkg/proxy/topology.go, KEP-1669), but for topology hints, which only narrow the choice.
 */
export function backendsOf(state: ClusterState, door: ServiceDoor, clientNode: string): readonly Backend[] {
  const candidates = withoutSuperseded(candidatesOf(state, door));
  const chosen = candidatesFor(door, candidates, clientNode);
  const byText = new Map(chosen.map(({ address, port }) => [`${address.text} ${port}`, { address, port }]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, backend]) => backend);
}

function candidatesFor(
  { service, isInternal }: ServiceDoor,
  candidates: readonly Candidate[],
  clientNode: string,
): readonly Candidate[] {
  if (isInternal && service.internalTrafficLocal) return usable(onNode(candidates, clientNode));
  if (isInternal || !service.externalTrafficLocal) return usable(candidates);
  // A node sends the cluster's own pods to any backend and others to its own; which it takes a packet for, and which
  // node it is, depends on whether the source is still the pod's when it gets there.
  const nodes = new Set(candidates.map(({ node }) => node).filter((node) => node !== ''));
  return [...usable(candidates), ...[...nodes].flatMap((node) => usable(onNode(candidates, node)))];
}

/** The ready ones; where there is none, terminating ones that still serve. */
function usable(candidates: readonly Candidate[]): readonly Candidate[] {
  const ready = candidates.filter((one) => one.ready);
  return ready.length > 0 ? ready : candidates.filter((one) => one.serving && one.terminating);
}

const onNode = (candidates: readonly Candidate[], node: string): readonly Candidate[] =>
  candidates.filter((one) => one.node === node);

/** An address that has gone from a terminating pod to another is the latter's. */
const withoutSuperseded = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter(
    (one) => !one.terminating || !candidates.some((other) => !other.terminating && isSame(one, other)),
  );

const isSame = (a: Backend, b: Backend): boolean => a.address.text === b.address.text && a.port === b.port;

function candidatesOf(state: ClusterState, { service, port, family }: ServiceDoor): readonly Candidate[] {
  return slicesOf(state, service).flatMap(({ ports, endpoints }) => {
    const numbers = ports
      .filter(({ name, protocol }) => name === port.name && protocol === port.protocol)
      .map(({ port: number }) => (number === 0 ? everyPort(port) : number));
    return endpoints.flatMap(({ addresses, ...rest }) =>
      addresses
        .filter((address) => address.family === family)
        .flatMap((address) => numbers.map((number) => ({ ...rest, address, port: number }))),
    );
  });
}

/** A slice that serves every port takes a packet at the port that the service aims at. */
const everyPort = ({ targetPort, port }: ServicePort): number =>
  typeof targetPort === 'number' ? targetPort : port;
