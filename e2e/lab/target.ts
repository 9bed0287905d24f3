import { LabError } from './errors.ts';
import type { Family } from './net/family.ts';
import { familyOf } from './net/family.ts';
import type { LabPlan } from './plan.ts';
import type { ProbeProtocol } from './probe-request.ts';

/** A pod, a node or the world: where it is and what its addresses are. */
export interface Place {
  readonly name: string;
  readonly kind: 'pod' | 'node' | 'world';
  readonly namespace: string;
  readonly addresses: readonly string[];
}

export interface ProbeTarget {
  readonly place: string;
  readonly protocol: ProbeProtocol;
  readonly port: number;
}

export function placesOf(plan: LabPlan): readonly Place[] {
  return [
    ...plan.pods.map(
      (pod): Place => ({ name: pod.key, kind: 'pod', namespace: pod.namespace, addresses: pod.addresses }),
    ),
    ...plan.nodes.map(
      (node): Place => ({
        name: node.name,
        kind: 'node',
        namespace: node.namespace,
        addresses: node.addresses,
      }),
    ),
    { name: 'world', kind: 'world', namespace: plan.world.namespace, addresses: plan.world.addresses },
  ];
}

/**
 * The place of a name: NAMESPACE/POD, POD where only one namespace has it, NODE, node/NODE, world, or an address of
 * one of them, which then stands alone for the place.
 * @throws LabError target-unknown
 */
export function findPlace(plan: LabPlan, text: string): Place {
  const places = placesOf(plan);
  const exact = places.find(
    ({ name, kind }) => name === text || (kind === 'node' && `node/${name}` === text),
  );
  if (exact !== undefined) return exact;
  const owner = places.find(({ kind, addresses }) => kind !== 'node' && addresses.includes(text));
  const holder = owner ?? places.find(({ addresses }) => addresses.includes(text));
  if (holder !== undefined) return { ...holder, name: text, addresses: [text] };
  const short = places.filter(({ name, kind }) => kind === 'pod' && name.endsWith(`/${text}`));
  if (short.length === 1 && short[0] !== undefined) return short[0];
  const hint = short.length > 1 ? short : places;
  const names = hint.map(({ name }) => name).join(', ');
  throw new LabError('target-unknown', `${text} is no pod, node or address of the lab; it has ${names}`);
}

/** "shop/api:8080/TCP", "shop/api:8080" (TCP), "shop/api" (ICMP echo), "[fd00::1]:53/UDP". @throws LabError target-invalid */
export function parseTarget(text: string): ProbeTarget {
  if (/^[0-9a-f:]+$/i.test(text) && text.split(':').length > 2)
    return { place: text, protocol: 'ICMP', port: 0 };
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+)(?:\/([a-z]+))?)?$/i.exec(text);
  const place = match?.[1] ?? match?.[2];
  if (place === undefined) throw invalid(text);
  const port = match?.[3];
  if (port === undefined) return { place, protocol: 'ICMP', port: 0 };
  const protocol = (match?.[4] ?? 'TCP').toUpperCase();
  const number = Number(port);
  if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP') throw invalid(text);
  if (number < 1 || number > 65_535) throw invalid(text);
  return { place, protocol, port: number };
}

const invalid = (text: string): LabError =>
  new LabError(
    'target-invalid',
    `"${text}" is not POD[:PORT[/TCP|UDP|SCTP]] (IPv6 addresses with a port in brackets)`,
  );

/** The families that both places have, each with the addresses to use. */
export function pairUp(
  from: Place,
  to: Place,
): readonly { readonly family: Family; readonly source: string; readonly target: string }[] {
  return ([4, 6] as const).flatMap((family) => {
    const source = from.addresses.find((address) => familyOf(address) === family);
    const target = to.addresses.find((address) => familyOf(address) === family);
    return source === undefined || target === undefined ? [] : [{ family, source, target }];
  });
}
