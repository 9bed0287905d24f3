import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ControllerMetrics } from './controller.ts';
import type { Page } from './page-server.ts';

/** In seconds: from one pod's change to a whole cluster. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What the operator counts, in Prometheus' text format; every name begins with "weir_". */
export class Metrics {
  readonly registry = new Registry();
  readonly #registers = [this.registry];
  readonly #depth = new Gauge({
    name: 'weir_queue_depth',
    help: 'Keys that wait for a worker.',
    labelNames: ['controller'],
    registers: this.#registers,
  });
  readonly #waited = new Histogram({
    name: 'weir_queue_wait_seconds',
    help: 'Time from when a key was due until a worker took it.',
    labelNames: ['controller'],
    buckets,
    registers: this.#registers,
  });
  readonly #worked = new Histogram({
    name: 'weir_reconcile_seconds',
    help: 'Time of one reconcile.',
    labelNames: ['controller', 'outcome'],
    buckets,
    registers: this.#registers,
  });
  readonly #retried = new Counter({
    name: 'weir_reconcile_retries_total',
    help: 'Reconciles that failed and are tried again.',
    labelNames: ['controller'],
    registers: this.#registers,
  });
  readonly #requests = new Counter({
    name: 'weir_source_total',
    help: 'What happened while objects were read: list, watch, expired, failure.',
    labelNames: ['resource', 'what'],
    registers: this.#registers,
  });
  readonly #compiled = new Histogram({
    name: 'weir_compile_seconds',
    help: 'Time from a batch of changes to the bundles of all nodes.',
    buckets,
    registers: this.#registers,
  });

  readonly #refused = new Counter({
    name: 'weir_agents_refused_total',
    help: 'Agents that were turned away, by the code of the error.',
    labelNames: ['reason'],
    registers: this.#registers,
  });

  readonly #wrote = new Counter({
    name: 'weir_status_writes_total',
    help: 'Writes of status to the API server, by what is written (bundle, policy, version, event) and how they ended (ok, conflict, failed).',
    labelNames: ['kind', 'outcome'],
    registers: this.#registers,
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  ofController(controller: string): ControllerMetrics {
    return {
      depth: (keys) => this.#depth.set({ controller }, keys),
      waited: (ms) => this.#waited.observe({ controller }, ms / 1000),
      worked: (ms, outcome) => this.#worked.observe({ controller, outcome }, ms / 1000),
      retried: () => this.#retried.inc({ controller }),
    };
  }

  source(resource: string, what: string): void {
    this.#requests.inc({ resource, what });
  }

  agentRefused(reason: string): void {
    this.#refused.inc({ reason });
  }

  wrote(kind: string, outcome: string): void {
    this.#wrote.inc({ kind, outcome });
  }

  compiled(ms: number): void {
    this.#compiled.observe(ms / 1000);
  }

  /** A number that is asked for whenever metrics are read; with a label, one for each of its values. */
  gauge(name: string, help: string, read: () => number | ReadonlyMap<string, number>, label = 'name'): void {
    const labelled = typeof read() !== 'number';
    const gauge: Gauge = new Gauge({
      name,
      help,
      labelNames: labelled ? [label] : [],
      registers: this.#registers,
      collect: () => {
        const now = read();
        gauge.reset();
        if (typeof now === 'number') gauge.set(now);
        else for (const [value, number] of now) gauge.set({ [label]: value }, number);
      },
    });
  }

  /** Totals that somebody else counts, by the values of a label; asked for whenever metrics are read. */
  totals(name: string, help: string, label: string, read: () => ReadonlyMap<string, number>): void {
    const counter: Counter = new Counter({
      name,
      help,
      labelNames: [label],
      registers: this.#registers,
      collect: () => {
        counter.reset();
        for (const [value, total] of read()) counter.inc({ [label]: value }, total);
      },
    });
  }

  /** /metrics */
  readonly page: Page = async (path) =>
    path === '/metrics'
      ? { status: 200, contentType: this.registry.contentType, body: await this.registry.metrics() }
      : undefined;
}
