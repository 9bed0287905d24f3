import type { Enforced } from './agent.ts';
import type { Coverage } from './sync/applied-result.ts';

/** What the operator is told of what is enforced. */
export const coverageOf = ({ bundle, bound, attaching }: Enforced): Coverage => ({
  counts: {
    endpoints: bundle.endpoints.size,
    tables: bundle.tables.size,
    prefixes: bundle.prefixes.size,
    uncovered: bound.uncovered.length,
  },
  uncovered: bound.uncovered,
  attaching,
});
