import type { weir } from '@weir/proto/bundle.js';
import { weir as wire } from '@weir/proto/bundle.js';
import { invalid } from './invalid.ts';
import { verdictFlags } from './outcomes.ts';
import type { PortClasses, PortRange } from './port-classes.ts';
import type { Selector, Selectors } from './selectors.ts';
import { at, keyText } from './words.ts';

const { Direction, Verdict } = wire.bundle.v1;

/** An outcome of a table as the words need it. */
interface TableOutcome {
  readonly pass: boolean;
  readonly flags: number;
  readonly cookie: number;
}

interface TableEntry {
  /** Index into the table's selectors; -1: every peer. */
  readonly selector: number;
  readonly ports: PortRange;
  readonly tier: number;
  readonly outcome: TableOutcome;
}

/** One table of the bundle, resolved. */
export interface PolicyTable {
  readonly key: string;
  readonly message: weir.bundle.v1.ITable;
  readonly isEgress: boolean;
  readonly selectors: readonly Selector[];
  readonly entries: readonly TableEntry[];
  readonly default: TableOutcome;
}

/** Resolves a table and takes its selectors and port ranges into use. Throws when an index is wrong. */
export function openTable(
  message: weir.bundle.v1.ITable,
  selectors: Selectors,
  ports: PortClasses,
): PolicyTable {
  const key = keyText(message.key);
  const outcomes = (message.outcomes ?? []).map(readOutcome);
  const outcome = (index: number | null | undefined): TableOutcome => {
    const found = outcomes[index ?? 0];
    if (!found) throw invalid(`a table has no outcome ${index}`, key);
    return found;
  };
  const names = message.selectors ?? [];
  const entries = (message.entries ?? []).map((entry) => {
    const selector = (entry.selector ?? 0) - 1;
    if (selector >= names.length) throw invalid(`a table has no selector ${selector}`, key);
    const { protocol, first, last } = portsOf(entry, key);
    return {
      selector,
      tier: entry.tier ?? 0,
      outcome: outcome(entry.outcome),
      ports: ports.use(protocol, first, last),
    };
  });
  return {
    key,
    message,
    isEgress: message.direction === Direction.DIRECTION_EGRESS,
    entries,
    selectors: names.map((name) => selectors.use(keyText(name))),
    default: outcome(message.defaultOutcome),
  };
}

export function closeTable(table: PolicyTable, selectors: Selectors, ports: PortClasses): void {
  for (const selector of table.selectors) selectors.unuse(selector);
  for (const entry of table.entries) ports.unuse(entry.ports);
}

function portsOf(entry: weir.bundle.v1.IEntry, key: string) {
  const protocol = entry.protocol ?? 0;
  const first = entry.firstPort ?? 0;
  const last = entry.lastPort ?? 0;
  if (protocol > 255 || first > last || last > 65_535)
    throw invalid(`a table has an entry for protocol ${protocol}, ports ${first} to ${last}`, key);
  return { protocol, first, last };
}

const readOutcome = (outcome: weir.bundle.v1.IOutcome): TableOutcome => ({
  pass: outcome.verdict === Verdict.VERDICT_PASS,
  flags: verdictFlags(outcome.verdict),
  cookie: outcome.cookie ?? 0,
});

/**
 * The outcome for each port class, for a peer that the selectors with `matches[index] === 1` match. The first entry
 * that matches decides; Pass goes on with the entries of greater tiers.
 */
export function evaluateRow(
  table: PolicyTable,
  matches: Uint8Array<ArrayBuffer>,
  portClasses: number,
  number: (flags: number, cookie: number) => number,
): Uint16Array<ArrayBuffer> {
  const row = new Uint16Array(portClasses).fill(number(table.default.flags, table.default.cookie));
  const progress = {
    row,
    decided: new Uint8Array(portClasses),
    passed: new Float64Array(portClasses).fill(-1),
  };
  for (const entry of table.entries) {
    const { selector, outcome } = entry;
    if (selector >= 0 && at(matches, selector) === 0) continue;
    applyEntry(entry, outcome.pass ? 0 : number(outcome.flags, outcome.cookie), progress);
  }
  return row;
}

interface Progress {
  readonly row: Uint16Array<ArrayBuffer>;
  readonly decided: Uint8Array<ArrayBuffer>;
  /** Tier of the last Pass. */
  readonly passed: Float64Array<ArrayBuffer>;
}

function applyEntry({ ports, tier, outcome }: TableEntry, word: number, progress: Progress): void {
  const { row, decided, passed } = progress;
  for (const portClass of ports.classes) {
    if (decided[portClass] === 1 || tier <= (passed[portClass] ?? -1)) continue;
    if (outcome.pass) passed[portClass] = tier;
    else {
      decided[portClass] = 1;
      row[portClass] = word;
    }
  }
}
