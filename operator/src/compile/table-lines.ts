import type { PeerContent } from '../resolve/peer-content.ts';
import type { FragmentEntry, FragmentTier, RuleFragment } from './rule-fragment.ts';
import type { RuleOrigin } from './table-content.ts';

export interface Traffic {
  readonly peer: PeerContent;
  readonly protocol: number;
  readonly firstPort: number;
  readonly lastPort: number;
}

/** What a table says about some traffic. */
export interface TableLine extends Traffic {
  readonly verdict: FragmentEntry['verdict'];
  /** By text. */
  readonly origins: Map<string, RuleOrigin>;
}

/** The numbers that the endpoint gives to a port name (portNameKey). */
export type OwnPorts = (nameKey: string) => readonly number[];

/**
 * Rules that say the same about the same traffic become one line with all their origins. Deny comes before allow.
 */
export function mergedLines(fragments: readonly RuleFragment[], ownPorts: OwnPorts): readonly TableLine[] {
  const lines = new Map<string, TableLine>();
  for (const entry of fragments.flatMap(({ entries }) => entries)) {
    for (const line of linesOf(entry, ownPorts)) {
      const { verdict, protocol, firstPort, lastPort, peer } = line;
      const text = `${verdict} ${protocol} ${firstPort} ${lastPort} ${peer.text}`;
      const known = lines.get(text);
      if (!known) lines.set(text, line);
      else for (const [name, origin] of line.origins) known.origins.set(name, origin);
    }
  }
  return [...lines]
    .map(([text, line]) => ({
      line,
      order: `${line.verdict === 'deny' ? 0 : 1} ${firstOrigin(line)} ${text}`,
    }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ line }) => line);
}

/** The lines of a tier whose policies are walked in order. */
export function orderedLines(
  fragments: readonly RuleFragment[],
  kind: 'admin' | 'baseline',
  ownPorts: OwnPorts,
): readonly TableLine[] {
  return fragments
    .flatMap(({ tier, entries }) => (tier.kind === kind ? [{ tier, entries }] : []))
    .sort((a, b) => compareTiers(a.tier, b.tier))
    .flatMap(({ entries }) => entries.flatMap((entry) => linesOf(entry, ownPorts)));
}

type Ordered = Exclude<FragmentTier, { readonly kind: 'rules' }>;

const compareTiers = (a: Ordered, b: Ordered): number =>
  a.priority - b.priority || (a.name < b.name ? -1 : 1);

function linesOf(entry: FragmentEntry, ownPorts: OwnPorts): readonly TableLine[] {
  const { verdict, peer, protocol, origin } = entry;
  const { text } = origin;
  return portRanges(entry, ownPorts).map(([firstPort, lastPort]) => ({
    verdict,
    peer,
    protocol,
    firstPort,
    lastPort,
    origins: new Map([[text, origin]]),
  }));
}

function firstOrigin({ origins }: TableLine): string {
  let first: string | undefined;
  for (const text of origins.keys()) if (first === undefined || text < first) first = text;
  return first ?? '';
}

function portRanges({ ports }: FragmentEntry, ownPorts: OwnPorts): readonly (readonly [number, number])[] {
  switch (ports.kind) {
    case 'range':
      return [[ports.first, ports.last]];
    case 'own':
      return ownPorts(ports.nameKey).map((number) => [number, Math.max(number, ports.last)]);
  }
}
