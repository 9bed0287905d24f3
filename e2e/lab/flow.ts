import type { Family } from './net/family.ts';
import { familyOf } from './net/family.ts';
import type { LabPlan } from './plan.ts';
import type { ProbeProtocol } from './probe-request.ts';
import { findPlace, placesOf } from './target.ts';

/** One flow to try. Places are written as findPlace says. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly protocol: ProbeProtocol;
  /** Ignored for ICMP. */
  readonly port: number;
  /** Default: IPv4 where both ends have it. */
  readonly family?: Family;
  /** An address that the sender has, to send from; default: the kernel chooses. */
  readonly source?: string;
}

/** "shop/frontend → shop/api:8080/TCP" */
export function describeFlow({ from, to, protocol, port, family }: Flow): string {
  const what = protocol === 'ICMP' ? ' ICMP echo' : `:${port}/${protocol}`;
  return `${from} → ${to}${what}${family === undefined ? '' : ` over IPv${family}`}`;
}

/**
 * Everybody to everybody: each pod, node and address of the world to each port of each pod, to a closed port of it,
 * by ICMP echo, and to each port of the world, over both families.
 */
export function allFlows(plan: LabPlan): readonly Flow[] {
  const places = placesOf(plan).filter(({ name }) => name !== 'world');
  const sources = [...places.map(({ name }) => name), ...plan.world.addresses];
  const pods = plan.pods.flatMap(({ key, ports }) => [
    ...ports.map((port): Flow => ({ from: '', to: key, ...port })),
    { from: '', to: key, protocol: 'TCP', port: 9 } as const,
    { from: '', to: key, protocol: 'ICMP', port: 0 } as const,
  ]);
  const world = plan.world.addresses.flatMap((to) =>
    plan.world.ports.map((port): Flow => ({ from: '', to, ...port })),
  );
  return sources.flatMap((from) =>
    [...pods, ...(plan.world.addresses.includes(from) ? [] : world)].flatMap((flow) =>
      familiesOf(plan, from, flow.to).map((family): Flow => ({ ...flow, from, family })),
    ),
  );
}

function familiesOf(plan: LabPlan, from: string, to: string): readonly Family[] {
  const has = (name: string, family: Family): boolean =>
    findPlace(plan, name).addresses.some((address) => familyOf(address) === family);
  return ([4, 6] as const).filter((family) => has(from, family) && has(to, family));
}
