import { hash } from 'node:crypto';
import type { Settings } from '../model/settings.ts';
import { hostPeer, type PeerContent } from '../resolve/peer-content.ts';
import type { FragmentEntry, RuleFragment } from './rule-fragment.ts';
import { alwaysOrigin, localhostOrigin } from './rule-origin.ts';
import type {
  RuleOrigin,
  TableContent,
  TableDirection,
  TableEntry,
  TableOutcome,
  TableVerdict,
} from './table-content.ts';

/** What governs one direction of an endpoint. */
export interface Governance {
  readonly direction: TableDirection;
  /** In any order. */
  readonly fragments: readonly RuleFragment[];
  /** The numbers that the endpoint gives to a port name (portNameKey). */
  readonly ownPorts: (nameKey: string) => readonly number[];
}

/**
 * The table of one direction; undefined: nothing governs it and everything passes. Depends on what the fragments
 * say and not on their order. Deny comes before allow (reference §2), both before the node's own access.
 */
export function compileTable(governance: Governance, settings: Settings): TableContent | undefined {
  const { direction, fragments } = governance;
  if (settings.enablePolicy === 'never') return undefined;
  if (fragments.length === 0 && settings.enablePolicy === 'default') return undefined;
  const builder = new TableBuilder();
  for (const line of mergedLines(governance)) {
    builder.add(line, builder.outcome(line.verdict, [...line.origins.values()]));
  }
  if (direction === 'ingress' && fragments.length > 0 && settings.allowLocalhost !== 'policy') {
    const everything = { peer: hostPeer, protocol: 0, firstPort: 0, lastPort: 65535 };
    builder.add(everything, builder.outcome('allow', [localhostOrigin]));
  }
  return builder.finish(direction, defaultOutcome(builder, fragments, settings));
}

function defaultOutcome(
  builder: TableBuilder,
  fragments: readonly RuleFragment[],
  settings: Settings,
): number {
  const isolating = fragments.filter((fragment) => fragment.isolates).map((fragment) => fragment.origin);
  if (isolating.length > 0) return builder.outcome('default-deny', isolating);
  if (settings.enablePolicy === 'always') return builder.outcome('default-deny', [alwaysOrigin]);
  return builder.outcome(
    'allow',
    fragments.map((fragment) => fragment.origin),
  );
}

interface Traffic {
  readonly peer: PeerContent;
  readonly protocol: number;
  readonly firstPort: number;
  readonly lastPort: number;
}

interface Line extends Traffic {
  readonly verdict: 'allow' | 'deny';
  /** By text. */
  readonly origins: Map<string, RuleOrigin>;
}

/** Rules that say the same about the same traffic become one line with all their origins. */
function mergedLines({ fragments, ownPorts }: Governance): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const fragment of fragments) {
    for (const entry of fragment.entries) {
      for (const [firstPort, lastPort] of portRanges(entry, ownPorts)) {
        const { verdict, peer, protocol, origin } = entry;
        const text = `${verdict} ${protocol} ${firstPort} ${lastPort} ${peer.text}`;
        let line = lines.get(text);
        if (!line) {
          line = { verdict, peer, protocol, firstPort, lastPort, origins: new Map() };
          lines.set(text, line);
        }
        line.origins.set(origin.text, origin);
      }
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

function firstOrigin({ origins }: Line): string {
  let first: string | undefined;
  for (const text of origins.keys()) if (first === undefined || text < first) first = text;
  return first ?? '';
}

function portRanges(
  { ports }: FragmentEntry,
  ownPorts: Governance['ownPorts'],
): readonly (readonly [number, number])[] {
  switch (ports.kind) {
    case 'range':
      return [[ports.first, ports.last]];
    case 'own':
      return ownPorts(ports.nameKey).map((number) => [number, number]);
  }
}

/** Collects entries, with their peers and outcomes numbered in order of first use. */
class TableBuilder {
  readonly #entries: TableEntry[] = [];
  readonly #outcomes = new Map<string, { readonly index: number; readonly outcome: TableOutcome }>();
  readonly #peers = new Map<string, { readonly index: number; readonly peer: PeerContent }>();

  add({ peer, protocol, firstPort, lastPort }: Traffic, outcome: number): void {
    this.#entries.push({ peer: this.#peer(peer), protocol, firstPort, lastPort, outcome });
  }

  outcome(verdict: TableVerdict, origins: readonly RuleOrigin[]): number {
    const byText = new Map(origins.map((origin) => [origin.text, origin]));
    const texts = [...byText.keys()].sort();
    const text = [verdict, ...texts].join('\n');
    let found = this.#outcomes.get(text);
    if (!found) {
      const sorted = texts.flatMap((origin) => byText.get(origin) ?? []);
      found = {
        index: this.#outcomes.size,
        outcome: { verdict, origins: sorted, cookie: cookieOf(text) },
      };
      this.#outcomes.set(text, found);
    }
    return found.index;
  }

  finish(direction: TableDirection, defaultOutcome: number): TableContent {
    return {
      direction,
      entries: this.#entries,
      defaultOutcome,
      outcomes: [...this.#outcomes.values()].map(({ outcome }) => outcome),
      peers: [...this.#peers.values()].map(({ peer }) => peer),
    };
  }

  #peer(peer: PeerContent): number | undefined {
    if (peer.any) return undefined;
    let found = this.#peers.get(peer.text);
    if (!found) {
      found = { index: this.#peers.size, peer };
      this.#peers.set(peer.text, found);
    }
    return found.index;
  }
}

const cookieOf = (text: string): number => Number.parseInt(hash('sha256', text, 'hex').slice(0, 8), 16) || 1;
