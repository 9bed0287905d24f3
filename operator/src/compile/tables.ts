import type { Settings } from '../model/settings.ts';
import { portNameOfKey, portNumbers } from '../resolve/label-keys.ts';
import type { LabelSet } from '../resolve/selector-index.ts';
import { compileTable } from './compile-table.ts';
import type { Rule, Rules } from './rules.ts';
import type { TableContent, TableDirection } from './table-content.ts';

/** What judges the packets of endpoints; undefined: all pass in this direction. */
export interface EndpointTables {
  readonly ingress: TableContent | undefined;
  readonly egress: TableContent | undefined;
}

/** Nothing governs the endpoint. */
export const noTables: EndpointTables = { ingress: undefined, egress: undefined };

interface Shared {
  readonly content: TableContent | undefined;
  users: number;
}

interface GroupEntry {
  readonly tables: EndpointTables;
  readonly cacheKeys: readonly string[];
}

/** The tables of each group of subjects that no rule tells apart; groups under the same rules share theirs. */
export class Tables {
  readonly #rules: Rules;
  readonly #settings: Settings;
  readonly #shared = new Map<string, Shared>();
  readonly #groups = new Map<LabelSet, GroupEntry>();

  constructor(rules: Rules, settings: Settings) {
    this.#rules = rules;
    this.#settings = settings;
  }

  of(group: LabelSet): EndpointTables {
    return this.#groups.get(group)?.tables ?? noTables;
  }

  knows(group: LabelSet): boolean {
    return this.#groups.has(group);
  }

  /** To be called when rules that govern the group may have changed. Tells whether its tables have. */
  update(group: LabelSet): boolean {
    const former = this.#groups.get(group);
    const next = group.pods.size > 0 ? this.#enter(group) : undefined;
    if (next) this.#groups.set(group, next);
    else this.#groups.delete(group);
    for (const cacheKey of former?.cacheKeys ?? []) this.#leave(cacheKey);
    const [before, after] = [former?.tables ?? noTables, next?.tables ?? noTables];
    return before.ingress !== after.ingress || before.egress !== after.egress;
  }

  #enter(group: LabelSet): GroupEntry {
    const rules: Rule[] = [];
    for (const subject of group.matches) rules.push(...this.#rules.ofSubject(subject));
    rules.sort((a, b) => a.serial - b.serial);
    const ports = [...group.labels.keys()].filter((key) => portNameOfKey(key) !== undefined).join();
    const ingress = this.#share('ingress', rules, ports, group);
    const egress = this.#share('egress', rules, '', group);
    return {
      tables: { ingress: ingress.shared.content, egress: egress.shared.content },
      cacheKeys: [ingress.cacheKey, egress.cacheKey],
    };
  }

  #share(direction: TableDirection, rules: readonly Rule[], ports: string, group: LabelSet) {
    const governing = rules.filter((rule) => rule[direction]);
    const cacheKey = `${direction} ${governing.map((rule) => rule.serial).join()} ${ports}`;
    let shared = this.#shared.get(cacheKey);
    if (!shared) {
      const fragments = governing.flatMap((rule) => rule[direction] ?? []);
      const ownPorts = (nameKey: string) => portNumbers(group.labels, nameKey);
      shared = {
        content: compileTable({ direction, fragments, ownPorts }, this.#settings),
        users: 0,
      };
      this.#shared.set(cacheKey, shared);
    }
    shared.users++;
    return { shared, cacheKey };
  }

  #leave(cacheKey: string): void {
    const shared = this.#shared.get(cacheKey);
    if (!shared) return;
    shared.users--;
    if (shared.users === 0) this.#shared.delete(cacheKey);
  }
}
