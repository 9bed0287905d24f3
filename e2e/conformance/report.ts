import type { CaseResult } from './run-case.ts';

/** Counts what came of the cases. */
export class Report {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  #judged = 0;
  /** Cases by the field that is not supported. */
  readonly #fields = new Map<string, number>();
  /** Failed cases by feature. */
  readonly #failures = new Map<string, number>();
  /** Queries by what the engine does not support. */
  readonly #unjudged = new Map<string, number>();

  /** `features` are the tags of the case. */
  add(result: CaseResult, features: readonly string[]): void {
    if (result.kind === 'skipped') {
      this.#skipped++;
      for (const field of result.unsupported) count(this.#fields, field);
      return;
    }
    if (result.kind === 'passed') this.#passed++;
    else {
      this.#failed++;
      for (const feature of features) count(this.#failures, feature);
    }
    this.#judged += result.judged;
    for (const what of result.unjudged) count(this.#unjudged, what);
  }

  get failed(): number {
    return this.#failed;
  }

  /** Lines for people; the last one is "N passed, N failed, N skipped". */
  *lines(): Generator<string> {
    yield* table('not supported, cases skipped:', this.#fields);
    yield* table('not supported by this engine, queries left out:', this.#unjudged);
    yield* table('cases failed, by feature:', this.#failures);
    yield `${this.#judged} queries judged`;
    yield `${this.#passed} passed, ${this.#failed} failed, ${this.#skipped} skipped`;
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function* table(title: string, counts: ReadonlyMap<string, number>): Generator<string> {
  if (counts.size === 0) return;
  yield title;
  for (const [what, times] of [...counts].sort((a, b) => b[1] - a[1])) {
    yield `${String(times).padStart(8)}  ${what}`;
  }
}
