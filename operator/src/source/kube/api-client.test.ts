import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../../testing/until.ts';
import { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('ApiClient', () => {
  let server: Server;
  let client: ApiClient;
  let asked: Asked[];
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', () => {
        const { method, url, headers } = request;
        asked.push({ method, url, headers, body });
        answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new ApiClient({
      server: `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix`,
      namespace: 'default',
      options: () => Promise.resolve({ headers: { authorization: 'Bearer token' } }),
      close: () => undefined,
    });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const refusal = async (promise: Promise<unknown>): Promise<ApiError> => {
    try {
      await promise;
    } catch (error) {
      assert.ok(error instanceof ApiError, String(error));
      return error;
    }
    return assert.fail('was not refused');
  };

  it('sends method, path, query, body and who we are', async () => {
    answer = (response) => response.end('{"kind":"Lease"}');
    const got = await client.request({
      method: 'PATCH',
      path: '/apis/x/v1/things/a',
      query: { fieldManager: 'weir', dryRun: undefined, force: true },
      body: { metadata: { name: 'ü' } },
      contentType: 'application/merge-patch+json',
    });
    assert.deepEqual(got, { kind: 'Lease' });
    const [{ method, url, headers, body } = assert.fail()] = asked;
    assert.deepEqual([method, url], ['PATCH', '/prefix/apis/x/v1/things/a?fieldManager=weir&force=true']);
    assert.equal(headers.authorization, 'Bearer token');
    assert.equal(headers['content-type'], 'application/merge-patch+json');
    assert.deepEqual(JSON.parse(body), { metadata: { name: 'ü' } });
  });

  it('tells refusals apart', async () => {
    const conflict = {
      kind: 'Status',
      code: 409,
      reason: 'Conflict',
      message: 'the object has been modified',
    };
    answer = (response) => response.writeHead(409, { 'retry-after': '3' }).end(JSON.stringify(conflict));
    const error = await refusal(client.request({ path: '/x' }));
    assert.deepEqual(
      [error.code, error.status, error.reason, error.conflict, error.retryAfterMs],
      ['api-refused', 409, 'Conflict', true, 3_000],
    );
    assert.equal(error.message, 'GET /x: the object has been modified');
    answer = (response) => response.writeHead(502).end('<html>bad gateway</html>');
    const proxy = await refusal(client.request({ path: '/x' }));
    assert.deepEqual([proxy.status, proxy.reason], [502, '']);
    assert.match(proxy.message, /bad gateway/);
  });

  it('names what is no answer', async () => {
    answer = (response) => response.end('{"kind":');
    assert.equal((await refusal(client.request({ path: '/x' }))).code, 'api-unreachable');
    answer = (response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{');
      setTimeout(() => response.destroy(), 5);
    };
    assert.equal((await refusal(client.request({ path: '/x' }))).code, 'api-unreachable');
    answer = () => undefined;
    const late = await refusal(client.request({ path: '/x', timeoutMs: 30 }));
    assert.match(late.message, /no answer for 30 ms/);
    await new Promise((resolve) => server.close(resolve).closeAllConnections());
    assert.match((await refusal(client.request({ path: '/x' }))).message, /ECONNREFUSED/);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  it('ends when the caller wants it, before and during the answer', async () => {
    answer = () => undefined;
    await refusal(client.request({ path: '/x', signal: AbortSignal.abort() }));
    assert.equal(asked.length, 0);
    const stop = new AbortController();
    const waiting = refusal(client.request({ path: '/x', signal: stop.signal }));
    setTimeout(() => stop.abort(), 10);
    await waiting;
  });

  it('gives the events of a watch, however they are cut', async () => {
    const text = '{"at":1}\n\n{"at":"ü"}\r\n{"at":3}\n{"at":';
    answer = (response) => {
      const bytes = Buffer.from(text);
      let at = 0;
      const timer = setInterval(() => {
        if (at < bytes.length) response.write(bytes.subarray(at, ++at));
        else {
          clearInterval(timer);
          response.end();
        }
      }, 0);
    };
    const got: unknown[] = [];
    for await (const values of client.watch({ path: '/x', query: { resourceVersion: '7' }, idleMs: 60_000 }))
      got.push(...values);
    assert.deepEqual(got, [{ at: 1 }, { at: 'ü' }, { at: 3 }]);
    assert.equal(asked[0]?.url, '/prefix/x?resourceVersion=7&watch=true');
  });

  it('leaves a watch that is silent or endless, and closes its connection when it is left', async () => {
    let closed = 0;
    answer = (response) => {
      response.on('close', () => {
        closed += 1;
      });
      response.write('{"at":1}\n');
    };
    const drain = async (): Promise<void> => {
      for await (const _ of client.watch({ path: '/x', idleMs: 40 }));
    };
    assert.match((await refusal(drain())).message, /no answer for 40 ms/);
    for await (const _ of client.watch({ path: '/x', idleMs: 60_000 })) break;
    const line = Buffer.alloc(1024 * 1024, 'x');
    answer = (response) => {
      for (let at = 0; at < 20; at += 1) response.write(line);
    };
    const long = async (): Promise<void> => {
      for await (const _ of client.watch({ path: '/x', idleMs: 60_000 }));
    };
    assert.match((await refusal(long())).message, /more than 16777216 bytes/);
    await until('both are closed', () => closed === 2);
  });
});
