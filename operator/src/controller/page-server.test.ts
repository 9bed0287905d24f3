import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { afterEach, describe, it } from 'mocha';
import { type HealthCheck, healthPage } from './health.ts';
import { Metrics } from './metrics.ts';
import { type Page, PageServer } from './page-server.ts';

describe('PageServer', () => {
  const servers: PageServer[] = [];
  const serve = async (page: Page): Promise<string> => {
    const server = new PageServer(page);
    servers.push(server);
    return `http://127.0.0.1:${await server.listen('127.0.0.1:0')}`;
  };
  const get = async (url: string, method = 'GET'): Promise<readonly [number, string]> => {
    const response = await fetch(url, { method });
    return [response.status, await response.text()];
  };
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  it('shows each check, and fails with any of them', async () => {
    let reason: string | undefined;
    const live: HealthCheck[] = [{ name: 'lease', failure: () => undefined }];
    const ready: HealthCheck[] = [{ name: 'objects', failure: () => reason }];
    const url = await serve(healthPage(live, ready));
    assert.deepEqual(await get(`${url}/readyz?verbose`), [200, '[+]lease ok\n[+]objects ok\n']);
    reason = 'not read yet: pods';
    assert.deepEqual(await get(`${url}/readyz`), [503, '[+]lease ok\n[-]objects: not read yet: pods\n']);
    assert.deepEqual(await get(`${url}/livez`), [200, '[+]lease ok\n']);
    assert.equal((await get(`${url}/`))[0], 404);
    assert.equal((await get(`${url}/livez`, 'POST'))[0], 404);
  });

  it('outlives requests that are none', async () => {
    const url = await serve(healthPage([], []));
    for (const text of [
      'GET // HTTP/1.1\r\nhost: x\r\n\r\n',
      'nonsense\r\n\r\n',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('error', () => undefined).end(text);
      await new Promise((resolve) => socket.resume().once('close', resolve));
    }
    assert.equal((await get(`${url}/livez`))[0], 200);
  });

  it('names an address that it can not listen on', async () => {
    const url = await serve(healthPage([], []));
    const { host } = new URL(url);
    for (const address of [host, 'nonsense', '127.0.0.1:99999', '192.0.2.1:1'])
      await assert.rejects(new PageServer(healthPage([], [])).listen(address), { code: 'listen-failed' });
  });

  it('serves metrics of controllers, sources and gauges', async () => {
    const metrics = new Metrics();
    const queue = metrics.ofController('status');
    queue.depth(3);
    queue.waited(40);
    queue.retried();
    queue.worked(2, 'failed');
    metrics.source('pods', 'list');
    metrics.compiled(7);
    const objects = new Map([['pods', 5]]);
    metrics.gauge('weir_objects', 'Objects.', () => objects, 'resource');
    metrics.gauge('weir_agents', 'Agents.', () => objects.size);
    const url = await serve(metrics.page);
    const [, text] = await get(`${url}/metrics`);
    for (const line of [
      'weir_queue_depth{controller="status"} 3',
      'weir_queue_wait_seconds_bucket{le="0.05",controller="status"} 1',
      'weir_reconcile_retries_total{controller="status"} 1',
      'weir_reconcile_seconds_count{controller="status",outcome="failed"} 1',
      'weir_source_total{resource="pods",what="list"} 1',
      'weir_compile_seconds_bucket{le="0.01"} 1',
      'weir_objects{resource="pods"} 5',
      'weir_agents 1',
    ])
      assert.ok(text.includes(`${line}\n`), line);
    assert.match(text, /^process_resident_memory_bytes /m);
    objects.delete('pods');
    assert.doesNotMatch((await get(`${url}/metrics`))[1], /weir_objects\{/);
    assert.equal((await get(`${url}/`))[0], 404);
  });
});
