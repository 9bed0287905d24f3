import { hash } from 'node:crypto';
import type { Settings } from '../model/settings.ts';
import { hostPeer, type PeerContent } from '../resolve/peer-content.ts';
import type { RuleFragment } from './rule-fragment.ts';
import { alwaysOrigin, localhostOrigin } from './rule-origin.ts';
import type {
  RuleOrigin,
  TableContent,
  TableDirection,
  TableEntry,
  TableOutcome,
  TableVerdict,
} from './table-content.ts';
import { mergedLines, type OwnPorts, orderedLines, type TableLine, type Traffic } from './table-lines.ts';

/** What governs one direction of an endpoint. */
export interface Governance {
  readonly direction: TableDirection;
  /** In any order. */
  readonly fragments: readonly RuleFragment[];
  readonly ownPorts: OwnPorts;
}

const tiers = { admin: 0, rules: 1, baseline: 2 } as const;

/**
 * The table of one direction; undefined: nothing governs it and everything passes. Depends on what the fragments
 * say and not on their order. The Admin tier comes first; then the rules, deny before allow, both
 * before the node's own access; and what no rule isolates goes on to the Baseline tier.
 */
export function compileTable(governance: Governance, settings: Settings): TableContent | undefined {
  const { direction, fragments, ownPorts } = governance;
  if (settings.enablePolicy === 'never') return undefined;
  if (fragments.length === 0 && settings.enablePolicy === 'default') return undefined;
  const rules = fragments.filter(({ tier }) => tier.kind === 'rules');
  const isolation = isolationOf(rules, settings);
  const builder = new TableBuilder();
  builder.addLines(orderedLines(fragments, 'admin', ownPorts), tiers.admin);
  builder.addLines(mergedLines(rules, ownPorts), tiers.rules);
  if (!isolation) builder.addLines(orderedLines(fragments, 'baseline', ownPorts), tiers.baseline);
  else if (direction === 'ingress' && rules.length > 0 && settings.allowLocalhost !== 'policy') {
    const everything = { peer: hostPeer, protocol: 0, firstPort: 0, lastPort: 65535 };
    builder.add(everything, builder.outcome('allow', [localhostOrigin]), tiers.rules);
  }
  const last = isolation
    ? builder.outcome('default-deny', isolation)
    : builder.outcome(
        'allow',
        rules.map(({ origin }) => origin),
      );
  return builder.finish(direction, last);
}

/** What isolates; undefined: nothing does. */
function isolationOf(
  rules: readonly RuleFragment[],
  { enablePolicy }: Settings,
): readonly RuleOrigin[] | undefined {
  const isolating = rules.filter(({ isolates }) => isolates).map(({ origin }) => origin);
  if (isolating.length > 0) return isolating;
  return enablePolicy === 'always' ? [alwaysOrigin] : undefined;
}

/** Collects entries, with their peers and outcomes numbered in order of first use. */
class TableBuilder {
  readonly #entries: TableEntry[] = [];
  readonly #outcomes = new Map<string, { readonly index: number; readonly outcome: TableOutcome }>();
  readonly #peers = new Map<string, { readonly index: number; readonly peer: PeerContent }>();

  addLines(lines: readonly TableLine[], tier: number): void {
    for (const line of lines) this.add(line, this.#outcome(line.verdict, line.origins), tier);
  }

  add({ peer, protocol, firstPort, lastPort }: Traffic, outcome: number, tier: number): void {
    this.#entries.push({ peer: this.#peer(peer), protocol, firstPort, lastPort, outcome, tier });
  }

  outcome(verdict: TableVerdict, origins: readonly RuleOrigin[]): number {
    return this.#outcome(verdict, new Map(origins.map((origin) => [origin.text, origin])));
  }

  #outcome(verdict: TableVerdict, byText: ReadonlyMap<string, RuleOrigin>): number {
    const texts = [...byText.keys()].sort();
    const sorted = texts.flatMap((origin) => byText.get(origin) ?? []);
    const log = [...new Set(sorted.flatMap((origin) => origin.log || []))].join(', ');
    const text = [verdict, ...texts, ...(log ? [log] : [])].join('\n');
    let found = this.#outcomes.get(text);
    if (!found) {
      const outcome = { verdict, origins: sorted, log, cookie: cookieOf(text) };
      found = { index: this.#outcomes.size, outcome };
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
