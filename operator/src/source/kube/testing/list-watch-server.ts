import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiClient } from '../api-client.ts';

export interface StoredPod {
  readonly metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels: Readonly<Record<string, string>>;
  };
}

interface WatchEvent {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: StoredPod;
}

/** Answers instead of the usual answer. */
export type Answer = (request: URL, response: ServerResponse) => void;

export const status = (code: number, reason: string, headers: Record<string, string> = {}): Answer => {
  const body = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    code,
    reason,
    message: `no: ${reason}`,
  };
  return (_, response) => response.writeHead(code, headers).end(JSON.stringify(body));
};

/** Lists and watches pods as an API server does, and fails as one where a test wants it: at moments that a real one can't be made to. */
export class ListWatchServer {
  readonly pods = new Map<string, StoredPod>();
  /** What was asked for, in its order. */
  readonly requests: URL[] = [];
  /** Taken one by one, before the usual answer. */
  readonly answers: Answer[] = [];
  readonly #events: WatchEvent[] = [];
  readonly #watchers = new Set<ServerResponse>();
  readonly #server: Server;
  #version = 100;
  /** The events up to it are forgotten. */
  #forgotten = 0;
  #uids = 0;
  #client: ApiClient | undefined;

  constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  async open(): Promise<ApiClient> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    this.#client = new ApiClient({
      server: `http://127.0.0.1:${port}`,
      namespace: 'default',
      options: () => Promise.resolve({}),
      close: () => undefined,
    });
    return this.#client;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  lists(): readonly URL[] {
    return this.requests.filter(({ searchParams }) => !searchParams.has('watch'));
  }

  watches(): readonly URL[] {
    return this.requests.filter(({ searchParams }) => searchParams.has('watch'));
  }

  set(name: string, labels: Readonly<Record<string, string>> = {}): void {
    const former = this.pods.get(name);
    const uid = former?.metadata.uid ?? `uid-${++this.#uids}`;
    const resourceVersion = String(++this.#version);
    const object = { metadata: { namespace: 'default', name, uid, resourceVersion, labels } };
    this.pods.set(name, object);
    this.#happen({ version: this.#version, type: former ? 'MODIFIED' : 'ADDED', object });
  }

  delete(name: string): void {
    const former = this.pods.get(name);
    if (!former) return;
    this.pods.delete(name);
    const metadata = { ...former.metadata, resourceVersion: String(++this.#version) };
    this.#happen({ version: this.#version, type: 'DELETED', object: { metadata } });
  }

  /** A bookmark for everybody, at a version that nothing of ours has. */
  bookmark(): string {
    this.#version += 10;
    const resourceVersion = String(this.#version);
    this.send({ type: 'BOOKMARK', object: { kind: 'Pod', apiVersion: 'v1', metadata: { resourceVersion } } });
    return resourceVersion;
  }

  send(event: unknown): void {
    for (const watcher of this.#watchers) watcher.write(`${JSON.stringify(event)}\n`);
  }

  /** To all watchers, as bytes. */
  sendText(text: string): void {
    for (const watcher of this.#watchers) watcher.write(text);
  }

  /** Ends all watches as an API server does whose time is over, or in the middle. */
  end(how: 'gently' | 'by force'): void {
    for (const watcher of this.#watchers) {
      if (how === 'gently') watcher.end();
      else watcher.destroy();
    }
    this.#watchers.clear();
  }

  /** Nobody can watch from before now. */
  forget(): void {
    this.#forgotten = this.#version;
  }

  #happen(event: WatchEvent): void {
    this.#events.push(event);
    this.send(shown(event));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'http://localhost');
    this.requests.push(url);
    const answer = this.answers.shift();
    if (answer) answer(url, response);
    else if (url.searchParams.has('watch')) this.#watch(url, response);
    else this.#list(url, response);
  }

  #list(url: URL, response: ServerResponse): void {
    const limit = Number(url.searchParams.get('limit'));
    const from = Number(url.searchParams.get('continue') ?? 0);
    const items = [...this.pods.values()].slice(from, from + limit);
    const next = from + limit < this.pods.size ? String(from + limit) : undefined;
    const metadata = { resourceVersion: String(this.#version), continue: next };
    response.end(JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items }));
  }

  #watch(url: URL, response: ServerResponse): void {
    const from = Number(url.searchParams.get('resourceVersion'));
    response.writeHead(200).flushHeaders();
    if (from < this.#forgotten) {
      const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' };
      response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      return;
    }
    for (const event of this.#events.filter(({ version }) => version > from))
      response.write(`${JSON.stringify(shown(event))}\n`);
    this.#watchers.add(response);
    response.on('close', () => this.#watchers.delete(response));
  }
}

const shown = ({ type, object }: WatchEvent): unknown => ({
  type,
  object: { kind: 'Pod', apiVersion: 'v1', ...object },
});
