import type { weir } from '@weir/proto/bundle.js';

interface Known {
  readonly outcome: weir.bundle.v1.IOutcome;
  uses: number;
}

/** What the cookies in events and conntrack entries stand for. */
export class CookieOutcomes {
  readonly #byCookie = new Map<number, Known>();

  add(table: weir.bundle.v1.ITable): void {
    for (const outcome of table.outcomes ?? []) {
      const cookie = outcome.cookie ?? 0;
      const known = this.#byCookie.get(cookie);
      if (known) known.uses++;
      else this.#byCookie.set(cookie, { outcome, uses: 1 });
    }
  }

  remove(table: weir.bundle.v1.ITable): void {
    for (const { cookie } of table.outcomes ?? []) {
      const known = this.#byCookie.get(cookie ?? 0);
      if (known && --known.uses === 0) this.#byCookie.delete(cookie ?? 0);
    }
  }

  get(cookie: number): weir.bundle.v1.IOutcome | undefined {
    return this.#byCookie.get(cookie)?.outcome;
  }
}
