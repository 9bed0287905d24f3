import type { Settings } from '../model/settings.ts';
import { portNameOfKey, portNumbers } from '../resolve/label-keys.ts';
import type { LabelSet } from '../resolve/selector-index.ts';
import { compileTable } from './compile-table.ts';
import type { Rule, Rules } from './rules.ts';
import type { TableContent, TableDirection } from './table-content.ts';

/** What judges the packets of endpoints. */
export interface EndpointTables<Sealed> {
  readonly ingress: SharedTable<Sealed>;
  readonly egress: SharedTable<Sealed>;
}

/** One table for all groups under the same rules. */
export interface SharedTable<Sealed> {
  /** Undefined: all packets pass in this direction. */
  readonly table: Sealed | undefined;
}

export interface TablesOptions<Sealed> {
  readonly rules: Rules;
  readonly settings: Settings;
  /** What is kept of a table: its content is not, since there are as many as kinds of endpoints. */
  readonly seal: (content: TableContent) => Sealed;
}

interface Shared<Sealed> extends SharedTable<Sealed> {
  readonly cacheKey: string;
  users: number;
}

interface GroupEntry<Sealed> extends EndpointTables<Sealed> {
  readonly ingress: Shared<Sealed>;
  readonly egress: Shared<Sealed>;
}

const noTables: EndpointTables<never> = { ingress: { table: undefined }, egress: { table: undefined } };

/** The tables of each group of subjects that no rule tells apart. */
export class Tables<Sealed> {
  readonly #options: TablesOptions<Sealed>;
  readonly #shared = new Map<string, Shared<Sealed>>();
  readonly #groups = new Map<LabelSet, GroupEntry<Sealed>>();

  constructor(options: TablesOptions<Sealed>) {
    this.#options = options;
  }

  of(group: LabelSet): EndpointTables<Sealed> {
    return this.#groups.get(group) ?? noTables;
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
    if (former) for (const shared of [former.ingress, former.egress]) this.#leave(shared);
    return former?.ingress.table !== next?.ingress.table || former?.egress.table !== next?.egress.table;
  }

  #enter(group: LabelSet): GroupEntry<Sealed> {
    const rules: Rule[] = [];
    for (const subject of group.matches) rules.push(...this.#options.rules.ofSubject(subject));
    rules.sort((a, b) => a.serial - b.serial);
    const ports = [...group.labels.keys()].filter((key) => portNameOfKey(key) !== undefined).join();
    return {
      ingress: this.#share('ingress', rules, ports, group),
      egress: this.#share('egress', rules, '', group),
    };
  }

  #share(direction: TableDirection, rules: readonly Rule[], ports: string, group: LabelSet): Shared<Sealed> {
    const governing = rules.filter((rule) => rule[direction]);
    // Joined, the text is in one piece.
    const cacheKey = [direction, ports, ...governing.map((rule) => rule.serial)].join(' ');
    let shared = this.#shared.get(cacheKey);
    if (!shared) {
      const fragments = governing.flatMap((rule) => rule[direction] ?? []);
      const ownPorts = (nameKey: string) => portNumbers(group.labels, nameKey);
      const content = compileTable({ direction, fragments, ownPorts }, this.#options.settings);
      shared = { cacheKey, table: content && this.#options.seal(content), users: 0 };
      this.#shared.set(cacheKey, shared);
    }
    shared.users++;
    return shared;
  }

  #leave(shared: Shared<Sealed>): void {
    shared.users--;
    if (shared.users === 0) this.#shared.delete(shared.cacheKey);
  }
}
