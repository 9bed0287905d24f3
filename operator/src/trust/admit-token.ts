import { OperatorError } from '../errors.ts';
import type { Admit } from '../push/admission.ts';
import type { TokenReviewer } from './token-reviewer.ts';

/** An agent is served the node on which its pod runs, and no other. */
export const admitToken =
  (reviewer: Pick<TokenReviewer, 'review'>): Admit =>
  async ({ token }, node) => {
    const reviewed = await reviewer.review(token);
    if (reviewed.node !== node)
      throw new OperatorError(
        'agent-refused',
        `the token is that of node ${reviewed.node}, not of node ${node}`,
      );
    return { lifetimeMs: reviewed.lifetimeMs, pod: reviewed.pod };
  };
