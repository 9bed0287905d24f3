import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@weir/log/log.ts';
import type { BundleChange } from '@weir/node-agent/src/bundle.ts';
import type { AppliedResult } from '@weir/node-agent/src/sync/applied-result.ts';
import { Desired } from '@weir/node-agent/src/sync/desired.ts';
import { SyncClient, type SyncOptions } from '@weir/node-agent/src/sync/sync-client.ts';
import type { NodeStatus } from '@weir/operator/src/push/node-status.ts';
import { PushServer } from '@weir/operator/src/push/push-server.ts';
import {
  type Authority,
  type Credentials,
  openAuthority,
  operatorName,
} from '@weir/operator/src/trust/authority.ts';
import { digestText } from '@weir/proto/digest.ts';
import { ownLoopback } from '../own-loopback.ts';
import { until } from '../until.ts';
import { Bundles } from './bundles.ts';

/** Log lines, kept for tests to look at. */
export class Lines implements Log {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: unknown }[] = [];
  error = (message: string, fields?: unknown) => this.#add('error', message, fields);
  warn = (message: string, fields?: unknown) => this.#add('warn', message, fields);
  info = (message: string, fields?: unknown) => this.#add('info', message, fields);
  debug = (message: string, fields?: unknown) => this.#add('debug', message, fields);

  #add(level: string, message: string, fields: unknown): void {
    this.lines.push({ level, message, fields });
  }

  count(message: string): number {
    return this.lines.filter((line) => line.message === message).length;
  }
}

const noCounts = { endpoints: 0, tables: 0, prefixes: 0, uncovered: 0 };

/** One agent and what was asked of it. */
export class Agent {
  readonly client: SyncClient;
  readonly log = new Lines();
  readonly changes: { readonly whole: boolean; readonly revision: number; readonly size: number }[] = [];
  /** Stands in for the kernel: the last bundle that was applied. */
  enforced: { readonly revision: number; readonly digest: string } | undefined;
  /** Runs within each attempt; may wait, or throw to refuse. */
  during: (change: BundleChange) => Promise<void> = () => Promise.resolve();

  constructor(options: Pick<SyncOptions, 'target' | 'tls' | 'node'> & Partial<SyncOptions>) {
    this.client = new SyncClient({
      version: 'test',
      capabilities: ['ipv6'],
      addresses: [Uint8Array.of(192, 0, 2, 1)],
      desired: new Desired(),
      store: { save: () => undefined },
      log: this.log,
      clock: () => performance.now(),
      random: Math.random,
      retryMs: { first: 10, most: 200 },
      ...options,
      onChange: (change) => this.#apply(change),
    });
  }

  /** Before each try after one that failed, in milliseconds. */
  get waits(): readonly unknown[] {
    return this.log.lines
      .filter(({ message }) => message === 'no connection to the operator')
      .map(({ fields }) => Object(fields).retryMs);
  }

  async #apply(change: BundleChange): Promise<AppliedResult> {
    const { bundle, whole, upserts, removes } = change;
    this.changes.push({ whole, revision: bundle.revision, size: upserts.length + removes.length });
    await this.during(change);
    this.enforced = { revision: bundle.revision, digest: digestText(bundle.digest) };
    const counts = {
      ...noCounts,
      endpoints: bundle.endpoints.size,
      tables: bundle.tables.size,
      prefixes: bundle.prefixes.size,
    };
    return { kind: 'enforced', counts };
  }
}

/** A push server with its authority, and agents that are stopped with it. */
export class Pair {
  readonly bundles = new Bundles();
  readonly statuses = new Map<string, NodeStatus>();
  readonly log = new Lines();
  readonly authority: Authority;
  readonly #folder: string;
  readonly #agents: Agent[] = [];
  server!: PushServer;
  port = 0;

  private constructor(folder: string, authority: Authority) {
    this.#folder = folder;
    this.authority = authority;
  }

  /** @param madeAt clock by which the authority is made */
  static async open(madeAt: () => number = Date.now): Promise<Pair> {
    const folder = await mkdtemp(join(tmpdir(), 'weir-sync-'));
    await openAuthority(folder, madeAt);
    const pair = new Pair(folder, await openAuthority(folder, Date.now));
    await pair.serve();
    return pair;
  }

  get folder(): string {
    return this.#folder;
  }

  /** Where agents find the server: while it is away, no connection of others takes its port. */
  get target(): string {
    return `${ownLoopback}:${this.port}`;
  }

  /** A new server, on the port of the one before. */
  async serve(credentials?: Credentials): Promise<void> {
    this.server = new PushServer({
      bundle: this.bundles.get,
      tls: credentials ?? (await this.authority.issueServer([])),
      log: this.log,
      clock: Date.now,
      onStatus: (node, status) => this.statuses.set(node, status),
      retryMs: { first: 20, most: 200 },
    });
    this.port = await this.server.listen(this.target);
  }

  async agent(node: string, options: Partial<SyncOptions> = {}): Promise<Agent> {
    const tls = { ...(await this.authority.issueNode(node)), serverName: operatorName };
    const agent = new Agent({ target: this.target, tls, node, ...options });
    this.#agents.push(agent);
    agent.client.start();
    return agent;
  }

  /** Waits until the node enforces its newest bundle and the server knows. */
  async inSync(node: string): Promise<NodeStatus> {
    await until(`${node} in sync`, () => {
      const status = this.statuses.get(node);
      return status?.connected === true && status.digest !== undefined && status.behindSince === undefined;
    });
    return this.server.status(node);
  }

  async close(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.client.stop()));
    await this.server.close();
    await rm(this.#folder, { recursive: true });
  }
}
