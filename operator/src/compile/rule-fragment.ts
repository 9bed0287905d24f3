import type { Protocol } from '../model/endpoint.ts';
import type {
  DirectionRules,
  NamedPortSpec,
  PolicyRef,
  PolicyRule,
  PortSpec,
  RuleItem,
  TieredPolicy,
  TieredRule,
} from '../model/policy.ts';
import { portKey, portNameKey } from '../resolve/label-keys.ts';
import { type PeerContent, peerContents, withPseudoLabel } from '../resolve/peer-content.ts';
import type { PeerContext } from '../resolve/peer-context.ts';
import { originOf } from './rule-origin.ts';
import type { RuleOrigin, TableDirection } from './table-content.ts';

export type EntryPorts =
  | { readonly kind: 'range'; readonly first: number; readonly last: number }
  /** The numbers that the endpoint itself gives to this name (portNameKey), each up to `last` where that is greater. */
  | { readonly kind: 'own'; readonly nameKey: string; readonly last: number };

/** One entry that a rule gives to the tables of the endpoints that it governs. */
export interface FragmentEntry {
  readonly verdict: 'allow' | 'deny' | 'pass';
  readonly peer: PeerContent;
  /** IP protocol number; 0: every protocol. */
  readonly protocol: number;
  readonly ports: EntryPorts;
  readonly origin: RuleOrigin;
}

/** Where the entries of a fragment stand. In `rules` their order means nothing: deny comes before allow. */
export type FragmentTier =
  | { readonly kind: 'rules' }
  /** Of two with one priority the lesser name comes first. */
  | { readonly kind: TieredPolicy['tier']; readonly priority: number; readonly name: string };

const rulesTier: FragmentTier = { kind: 'rules' };

/** What a policy rule says about one direction, whomever it governs. */
export interface RuleFragment {
  readonly origin: RuleOrigin;
  readonly tier: FragmentTier;
  /** Whether being governed by it switches on default deny. */
  readonly isolates: boolean;
  readonly entries: readonly FragmentEntry[];
}

export interface FragmentContext {
  readonly peerContext: PeerContext;
  /** Ascending numbers that the cluster's pods give to a port name (portNameKey). */
  readonly portNumbers: (nameKey: string) => readonly number[];
  /** The content that other rules have already, where there is one that is equal: it is kept once. */
  readonly known: (content: PeerContent) => PeerContent;
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
      const origin = originOf(ref, item.path, rule.log);
      for (const { peer, protocol, ports } of itemEntries(item, direction, context))
        entries.push({ verdict, peer, protocol, ports, origin });
    }
  }
  const origin = originOf(ref, rule.path, rule.log);
  return { origin, tier: rulesTier, isolates: defaultDeny, entries: entries.slice() };
}

const verdicts = { accept: 'allow', deny: 'deny', pass: 'pass' } as const satisfies Readonly<
  Record<TieredRule['action'], FragmentEntry['verdict']>
>;

/** Undefined: the policy says nothing about this direction. */
export function tieredFragment(
  policy: TieredPolicy,
  direction: TableDirection,
  context: FragmentContext,
): RuleFragment | undefined {
  const { ref, tier, priority } = policy;
  const rules = policy[direction];
  if (rules.length === 0) return undefined;
  const entries = rules.flatMap((rule): readonly FragmentEntry[] => {
    const [origin, verdict] = [originOf(ref, rule.path, ''), verdicts[rule.action]];
    return itemEntries(rule, direction, context).map(({ peer, protocol, ports }) => ({
      verdict,
      peer,
      protocol,
      ports,
      origin,
    }));
  });
  return {
    origin: originOf(ref, 'spec', ''),
    tier: { kind: tier, priority, name: ref.name },
    isolates: false,
    entries: entries.slice(),
  };
}

type Item = Pick<RuleItem, 'peers' | 'ports'>;

/** All entries of one direction of a rule. */
export const itemsOf = ({ allow, deny }: DirectionRules): readonly Item[] => [...allow, ...deny];

const noNames: ReadonlySet<string> = new Set();

/** The port names (portNameKey) that items use. */
export function namedPortsOf(items: readonly Item[]): ReadonlySet<string> {
  const lists = items.flatMap(({ ports }) => (ports.kind === 'list' ? ports.ports : []));
  const named = lists.filter((port) => port.kind === 'named');
  return named.length === 0 ? noNames : new Set(named.map(portNameKey));
}

type PeerAndPorts = Pick<FragmentEntry, 'peer' | 'protocol' | 'ports'>;

const allPorts: EntryPorts = { kind: 'range', first: 0, last: 65535 };

function itemEntries(
  item: Item,
  direction: TableDirection,
  context: FragmentContext,
): readonly PeerAndPorts[] {
  const peers = peerContents(item.peers, context.peerContext).map(context.known);
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
const icmpNumbers = { 4: 1, 6: 58 } as const;

function portEntries(
  peer: PeerContent,
  port: PortSpec,
  direction: TableDirection,
  context: FragmentContext,
): readonly PeerAndPorts[] {
  switch (port.kind) {
    case 'range': {
      return [{ peer, protocol: protocolNumbers[port.protocol], ports: port }];
    }
    case 'icmp': {
      const { family, type } = port;
      if (type > 255) return [];
      return [{ peer, protocol: icmpNumbers[family], ports: { kind: 'range', first: type, last: type } }];
    }
    case 'protocol':
      return [{ peer, protocol: port.protocol, ports: allPorts }];
    case 'named':
      return namedEntries(peer, port, direction, context);
  }
}

/** A range from a named port on exists only where packets come in. */
function namedEntries(
  peer: PeerContent,
  port: NamedPortSpec,
  direction: TableDirection,
  { portNumbers, known }: FragmentContext,
): readonly PeerAndPorts[] {
  const protocol = protocolNumbers[port.protocol];
  const nameKey = portNameKey(port);
  if (direction === 'ingress') return [{ peer, protocol, ports: { kind: 'own', nameKey, last: port.last } }];
  return portNumbers(nameKey).flatMap((number) => {
    const named = withPseudoLabel(peer, portKey(nameKey, number));
    return named
      ? [{ peer: known(named), protocol, ports: { kind: 'range', first: number, last: number } }]
      : [];
  });
}
