import type { Log } from '@weir/log/log.ts';
import { type HealthCheck, healthPage } from '../controller/health.ts';
import type { Metrics } from '../controller/metrics.ts';
import { type Page, PageServer } from '../controller/page-server.ts';

/** What is shown of the operator. */
export interface Observed {
  /** "host:port"; undefined: not served. */
  readonly healthListen: string | undefined;
  readonly metricsListen: string | undefined;
  readonly live: readonly HealthCheck[];
  readonly ready: readonly HealthCheck[];
  readonly metrics: Metrics | undefined;
}

/** Serves health and metrics. @returns what ends it. Throws an OperatorError `listen-failed`. */
export async function observe(observed: Observed, log: Log): Promise<() => Promise<void>> {
  const { healthListen, metricsListen, live, ready, metrics } = observed;
  const servers: PageServer[] = [];
  const serve = async (what: string, address: string | undefined, page: Page | undefined) => {
    if (address === undefined || page === undefined) return;
    const server = new PageServer(page);
    const port = await server.listen(address);
    servers.push(server);
    log.info('serving pages', { pages: what, listen: address, port });
  };
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
  };
  try {
    await serve('health', healthListen, healthPage(live, ready));
    await serve('metrics', metricsListen, metrics?.page);
  } catch (error) {
    await close();
    throw error;
  }
  return close;
}

/** Loads the metrics library only where metrics are wanted. */
export async function openMetrics(listen: string | undefined): Promise<Metrics | undefined> {
  if (listen === undefined) return undefined;
  const { Metrics: Opened } = await import('../controller/metrics.ts');
  return new Opened();
}
