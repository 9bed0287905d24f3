import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OperatorError } from '../errors.ts';

/** What there is at a path; undefined: nothing. */
export type Page = (path: string) => Promise<PageContent | undefined>;

export interface PageContent {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Serves pages to whoever asks: it tells nothing that is secret and takes no more than a path. */
export class PageServer {
  readonly #server: Server;

  constructor(page: Page) {
    this.#server = createServer({ requestTimeout: 5_000, maxHeaderSize: 8_192 }, (request, response) => {
      const [path = '/'] = (request.url ?? '/').split('?', 1);
      const isGet = request.method === 'GET' || request.method === 'HEAD';
      const answer = isGet ? page(path) : Promise.resolve(undefined);
      answer.then(
        (content) => {
          const { status, contentType, body } = content ?? notFound;
          response.writeHead(status, { 'content-type': contentType }).end(body);
        },
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  }

  /** "host:port", port 0: a free one. @returns the port. Throws an OperatorError `listen-failed`. */
  async listen(address: string): Promise<number> {
    const { host, port } = splitAddress(address);
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => {
        reject(new OperatorError('listen-failed', `${address}: ${error.message}`, error));
      });
      this.#server.listen(port, host, resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const notFound: PageContent = { status: 404, contentType: 'text/plain; charset=utf-8', body: 'not found\n' };

/** An IPv6 address stands in brackets; without a host all addresses are meant. */
function splitAddress(address: string): { readonly host: string | undefined; readonly port: number } {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[(.*)\]$/, '$1');
  const port = Number(address.slice(at + 1));
  if (at < 0 || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new OperatorError('listen-failed', `${address} is not host:port`);
  return { host: host === '' ? undefined : host, port };
}
