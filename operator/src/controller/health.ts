import type { Page, PageContent } from './page-server.ts';

/** One thing that has to hold. */
export interface HealthCheck {
  readonly name: string;
  /** Why it does not hold; undefined: it does. */
  readonly failure: () => string | undefined;
}

/** Why the first of them that does not hold does not; undefined: all hold. */
export function firstFailure(checks: readonly HealthCheck[]): string | undefined {
  for (const { name, failure } of checks) {
    const reason = failure();
    if (reason !== undefined) return `${name}: ${reason}`;
  }
  return undefined;
}

/**
 * /livez: whether a restart would help. /readyz: whether it can serve. Both list every check as Kubernetes' own
 * programs do, "[+]name ok" or "[-]name: reason", with status 200 or 503.
 */
export const healthPage =
  (live: readonly HealthCheck[], ready: readonly HealthCheck[]): Page =>
  async (path) => {
    switch (path) {
      case '/livez':
      case '/healthz':
        return report(live);
      case '/readyz':
        return report([...live, ...ready]);
      default:
        return undefined;
    }
  };

function report(checks: readonly HealthCheck[]): PageContent {
  const results = checks.map(({ name, failure }) => ({ name, reason: failure() }));
  const lines = results.map(({ name, reason }) =>
    reason === undefined ? `[+]${name} ok` : `[-]${name}: ${reason}`,
  );
  const status = results.every(({ reason }) => reason === undefined) ? 200 : 503;
  return { status, contentType: 'text/plain; charset=utf-8', body: `${lines.join('\n')}\n` };
}
