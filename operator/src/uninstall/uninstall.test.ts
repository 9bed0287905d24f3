import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ApiClient } from '../source/kube/api-client.ts';
import { uninstall } from './uninstall.ts';

const object = (name: string, rest: object = {}) => ({
  metadata: { namespace: 'weir-system', name, uid: name, resourceVersion: '1', generation: 1 },
  ...rest,
});
const agents = object('weir-agent', {
  spec: { template: { spec: { containers: [{ name: 'agent', image: 'weir-agent:1' }] } } },
});
const cleanup = (nodes: number) =>
  object('weir-uninstall', { status: { observedGeneration: 1, desiredNumberScheduled: nodes } });
const pod = (node: string, state: object) =>
  object(`cleanup-${node}`, {
    spec: { nodeName: node },
    status: { initContainerStatuses: [{ name: 'remove', state }] },
  });
const running = { running: {} };
const clean = { terminated: { exitCode: 0 } };

/** At moments that a real API server can't be made to. */
describe('uninstall', () => {
  /** "GET /pods": answers in their order, the last of them again and again; a number is a status, and none is 404. */
  let answers: Record<string, unknown[]>;
  let asked: string[];
  let told: string[];
  let stop: AbortController;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://api');
    const what = `${request.method} ${pathname.replace(/^.*\/namespaces\/weir-system/, '')}`;
    asked.push(what);
    const known = answers[what] ?? [404];
    const answer = known.length > 1 ? known.shift() : known[0];
    request.resume();
    if (typeof answer === 'number') response.writeHead(answer).end('{}');
    else response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });

  beforeEach(async () => {
    [asked, told, stop] = [[], [], new AbortController()];
    answers = {
      'GET /daemonsets': [{ items: [agents] }],
      'GET /deployments': [{ items: [object('weir-operator')] }],
      'DELETE /deployments/weir-operator': [{}],
      'DELETE /daemonsets/weir-agent': [{}],
      'POST /daemonsets': [{}],
      'GET /daemonsets/weir-uninstall': [404, cleanup(0)],
      'GET /pods': [{ items: [] }],
      'DELETE /daemonsets/weir-uninstall': [{}],
    };
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Of the clock: its time is up when the cleanup's pods have been asked for so often. */
  const run = (looks = Number.POSITIVE_INFINITY): Promise<boolean> => {
    const { port } = server.address() as AddressInfo;
    const client = new ApiClient({
      server: `http://127.0.0.1:${port}`,
      namespace: 'default',
      options: () => Promise.resolve({}),
      close: () => undefined,
    });
    return uninstall({
      ...{ client, namespace: 'weir-system', yes: true, timeoutMs: 60_000 },
      monotonic: () => (asked.filter((what) => what === 'GET /pods').length < looks ? 0 : 60_001),
      write: (line) => told.push(line),
      signal: stop.signal,
    });
  };

  it('cleans nodes though the API server is away while agents end and while nodes are cleaned', async () => {
    answers['GET /daemonsets/weir-agent'] = [503, 404];
    answers['GET /daemonsets/weir-uninstall'] = [404, 503, cleanup(0)];
    assert.equal(await run(), true);
    assert.deepEqual(
      asked.filter((what) => !what.startsWith('GET')),
      [
        'DELETE /deployments/weir-operator',
        'DELETE /daemonsets/weir-agent',
        'POST /daemonsets',
        'DELETE /daemonsets/weir-uninstall',
      ],
    );
  });

  it('ends no agent where it is interrupted before', async () => {
    stop.abort();
    assert.equal(await run(), false);
    assert.deepEqual(
      asked.filter((what) => !what.startsWith('GET')),
      ['DELETE /deployments/weir-operator'],
    );
  });

  it('counts no node that has gone for one that is not clean', async () => {
    answers['GET /daemonsets/weir-uninstall'] = [404, cleanup(2)];
    answers['GET /pods'] = [
      { items: [pod('a', clean), pod('b', running)] },
      { items: [pod('b', running), pod('c', clean)] },
    ];
    for (const node of ['a', 'c']) answers[`GET /pods/cleanup-${node}/log`] = ['removed 4 links\n'];
    assert.equal(await run(2), false);
    assert.deepEqual(told.slice(2), [
      'a: removed 4 links',
      'c: removed 4 links',
      'b is not clean: running',
      '1 of 2 nodes are clean',
      'daemonset/weir-uninstall stays and goes on; begin again to see how far it is',
    ]);
  });

  it('begins nothing where there are several DaemonSets of agents', async () => {
    answers['GET /daemonsets'] = [{ items: [agents, object('weir-agent-arm64')] }];
    await assert.rejects(run(), { code: 'agents-several', message: /: weir-agent, weir-agent-arm64$/ });
    assert.deepEqual(
      asked.filter((what) => !what.startsWith('GET')),
      [],
    );
  });

  it('tries until it has made the cleanup, though the API server is away once the agents have gone', async () => {
    answers['POST /daemonsets'] = [503, {}];
    assert.equal(await run(), true);
    assert.equal(asked.filter((what) => what === 'POST /daemonsets').length, 2);
  });
});
