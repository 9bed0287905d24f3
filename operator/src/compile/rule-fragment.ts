import type { Protocol } from '../model/endpoint.ts';
import type { DirectionRules, PolicyRef, PolicyRule, PortSpec, RuleItem } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';
import { portKey, portNameKey } from '../resolve/label-keys.ts';
import { type PeerContent, peerContents, withPseudoLabel } from '../resolve/peer-content.ts';
import { originOf } from './rule-origin.ts';
import type { RuleOrigin, TableDirection } from './table-content.ts';

export type EntryPorts =
  | { readonly kind: 'range'; readonly first: number; readonly last: number }
  /** The numbers that the endpoint itself gives to this name (portNameKey). */
  | { readonly kind: 'own'; readonly nameKey: string };

/** One entry that a rule gives to the tables of the endpoints that it governs. */
export interface FragmentEntry {
  readonly verdict: 'allow' | 'deny';
  readonly peer: PeerContent;
  /** IP protocol number; 0: every protocol. */
  readonly protocol: number;
  readonly ports: EntryPorts;
  readonly origin: RuleOrigin;
}

/** What a policy rule says about one direction, whomever it governs. */
export interface RuleFragment {
  readonly origin: RuleOrigin;
  /** Whether being governed by it switches on default deny. */
  readonly isolates: boolean;
  readonly entries: readonly FragmentEntry[];
}

export interface FragmentContext {
  readonly settings: Settings;
  /** Ascending numbers that the cluster's pods give to a port name (portNameKey). */
  readonly portNumbers: (nameKey: string) => readonly number[];
}

/** Undefined: the rule does not govern this direction. */
export function ruleFragment(
  ref: PolicyRef,
  rule: PolicyRule,
  direction: TableDirection,
  context: FragmentContext,
): RuleFragment | undefined {
  const { defaultDeny, allow, deny } = rule[direction];
  if (!defaultDeny && allow.length === 0 && deny.length === 0) return undefined;
  const entries: FragmentEntry[] = [];
  for (const [verdict, items] of [['deny', deny] as const, ['allow', allow] as const]) {
    for (const item of items) {
      const origin = originOf(ref, item.path);
      for (const rest of itemEntries(item, direction, context)) entries.push({ verdict, origin, ...rest });
    }
  }
  return { origin: originOf(ref, rule.path), isolates: defaultDeny, entries };
}

const noNames: ReadonlySet<string> = new Set();

/** The port names (portNameKey) of one direction of a rule. */
export function namedPortsOf({ allow, deny }: DirectionRules): ReadonlySet<string> {
  const lists = [...allow, ...deny].flatMap(({ ports }) => (ports.kind === 'list' ? ports.ports : []));
  const named = lists.filter((port) => port.kind === 'named');
  return named.length === 0 ? noNames : new Set(named.map(portNameKey));
}

type PeerAndPorts = Pick<FragmentEntry, 'peer' | 'protocol' | 'ports'>;

const allPorts: EntryPorts = { kind: 'range', first: 0, last: 65535 };

function itemEntries(
  item: RuleItem,
  direction: TableDirection,
  context: FragmentContext,
): readonly PeerAndPorts[] {
  const peers = peerContents(item.peers, context.settings);
  switch (item.ports.kind) {
    case 'all':
      return peers.map((peer) => ({ peer, protocol: 0, ports: allPorts }));
    case 'none':
      return [];
    case 'list': {
      const { ports } = item.ports;
      return peers.flatMap((peer) => ports.flatMap((port) => portEntries(peer, port, direction, context)));
    }
  }
}

const protocolNumbers: Readonly<Record<Protocol, number>> = { TCP: 6, UDP: 17, SCTP: 132 };

function portEntries(
  peer: PeerContent,
  port: PortSpec,
  direction: TableDirection,
  { portNumbers }: FragmentContext,
): readonly PeerAndPorts[] {
  const protocol = protocolNumbers[port.protocol];
  if (port.kind === 'range') {
    return [{ peer, protocol, ports: { kind: 'range', first: port.first, last: port.last } }];
  }
  const nameKey = portNameKey(port);
  if (direction === 'ingress') return [{ peer, protocol, ports: { kind: 'own', nameKey } }];
  return portNumbers(nameKey).flatMap((number) => {
    const named = withPseudoLabel(peer, portKey(nameKey, number));
    return named ? [{ peer: named, protocol, ports: { kind: 'range', first: number, last: number } }] : [];
  });
}
