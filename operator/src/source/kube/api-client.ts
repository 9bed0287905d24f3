import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ApiError } from './api-error.ts';
import { type Connection, type KubeAccess, openConnection } from './connection.ts';
import { JsonLines } from './json-lines.ts';

export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** "/api/v1/pods". */
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** "application/json" unless told; a PATCH says its kind by it. */
  readonly contentType?: string;
  /** From here to the last byte of the answer; 30 s unless told. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** false: the answer is no JSON and only its status counts. */
  readonly parse?: boolean;
}

export interface WatchRequest {
  readonly path: string;
  readonly query?: Query;
  /** Silence for so long, before the answer's first byte or within it, means that the connection is dead. */
  readonly idleMs: number;
  readonly signal?: AbortSignal;
  /** The API server has accepted it; the first event may be long in coming. */
  readonly onOpen?: () => void;
}

/** What is undefined is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

const defaultTimeoutMs = 30_000;
/** A list of 500 objects of the greatest size that etcd takes has less than twice as much. */
const mostBytes = 512 * 1024 * 1024;
const mostLineBytes = 16 * 1024 * 1024;
/** After so much silence the kernel asks the other end whether it is still there. */
const keepAliveMs = 30_000;

/** Authenticated requests to one API server. All errors are ApiErrors. */
export class ApiClient {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Reaches out only when asked. Throws an OperatorError `kubeconfig-unusable`. */
  static open(access: KubeAccess): ApiClient {
    return new ApiClient(openConnection(access));
  }

  /** Namespace of the kubeconfig's context or of the pod. */
  get namespace(): string {
    return this.#connection.namespace;
  }

  /** The answer's JSON. */
  request(request: ApiRequest): Promise<unknown> {
    return this.#exchange(request, request.parse === false ? () => undefined : parse);
  }

  /** The answer as it is, such as a pod's log. */
  text(request: ApiRequest): Promise<string> {
    return this.#exchange(request, (text) => text);
  }

  /** The events of a watch as they come, all that one read completed at a time. Ends when the API server ends it. */
  async *watch({
    path,
    query,
    idleMs,
    signal,
    onOpen,
  }: WatchRequest): AsyncGenerator<readonly unknown[], void> {
    const what = `WATCH ${path}`;
    const limit = new Limit(idleMs, signal);
    try {
      const response = await this.#send({ path, query: { ...query, watch: true } }, limit.signal);
      if (response.statusCode !== 200) throwRefused(what, response, await readText(response));
      onOpen?.();
      const lines = new JsonLines(mostLineBytes);
      for await (const chunk of response) {
        limit.extend();
        const values = lines.push(chunk);
        if (values.length > 0) yield values;
      }
    } catch (error) {
      throw error instanceof ApiError ? error : ApiError.unreachable(what, limit.cut(error));
    } finally {
      limit.end();
      // Also where the caller has left the loop.
      limit.cut(undefined);
    }
  }

  /** Closes idle connections. */
  close(): void {
    this.#connection.close();
  }

  async #exchange<T>(request: ApiRequest, read: (text: string) => T): Promise<T> {
    const { method = 'GET', path, timeoutMs = defaultTimeoutMs } = request;
    const what = `${method} ${path}`;
    const limit = new Limit(timeoutMs, request.signal);
    try {
      const response = await this.#send(request, limit.signal);
      const text = await readText(response);
      throwRefused(what, response, text);
      return read(text);
    } catch (error) {
      throw error instanceof ApiError ? error : ApiError.unreachable(what, limit.cut(error));
    } finally {
      limit.end();
    }
  }

  async #send(request: ApiRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { method = 'GET', path, query = {}, body, contentType = 'application/json' } = request;
    const url = new URL(`${this.#connection.server}${path}`);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const options = await this.#connection.options();
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const headers = {
      ...options.headers,
      'user-agent': 'weir-operator',
      accept: 'application/json',
      ...(bytes && { 'content-type': contentType, 'content-length': bytes.length }),
    };
    const open = url.protocol === 'http:' ? httpRequest : httpsRequest;
    return new Promise((resolve, reject) => {
      const sent = open(url, { ...options, method, headers, signal }, resolve);
      sent.on('socket', (socket) => socket.setKeepAlive(true, keepAliveMs));
      sent.on('error', reject);
      sent.end(bytes);
    });
  }
}

/** Ends an exchange after a time, and when the caller wants it. */
class Limit {
  readonly #abort = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #callers: AbortSignal | undefined;
  readonly #onAbort = () => this.#abort.abort(this.#callers?.reason);

  constructor(ms: number, callers: AbortSignal | undefined) {
    this.#callers = callers;
    this.#timer = setTimeout(() => this.#abort.abort(new Error(`no answer for ${ms} ms`)), ms);
    if (callers?.aborted) this.#onAbort();
    else callers?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  extend(): void {
    this.#timer.refresh();
  }

  /** Ends the exchange where it is still going on. @returns why it was ended before; if it was not, `error` */
  cut(error: unknown): unknown {
    if (this.#abort.signal.aborted) return this.#abort.signal.reason;
    this.#abort.abort();
    return error;
  }

  /** The exchange is over. */
  end(): void {
    clearTimeout(this.#timer);
    this.#callers?.removeEventListener('abort', this.#onAbort);
  }
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += chunk.length;
    if (length > mostBytes) throw new RangeError(`the answer has more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length).toString('utf8');
}

const parse = (text: string): unknown => (text === '' ? undefined : JSON.parse(text));

function throwRefused(what: string, { statusCode = 0, headers }: IncomingMessage, text: string): void {
  if (statusCode >= 200 && statusCode < 300) return;
  const seconds = Number(headers['retry-after']);
  throw ApiError.refused(what, statusCode, parseStatus(text), seconds > 0 ? seconds * 1000 : undefined);
}

/** Proxies answer in text. */
function parseStatus(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return text;
  }
}
