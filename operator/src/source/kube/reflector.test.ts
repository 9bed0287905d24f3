import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { field } from './object-meta.ts';
import {
  defaultTiming,
  type ObjectChange,
  Reflector,
  type ReflectorOptions,
  type ReflectorState,
} from './reflector.ts';
import { type KubeResource, kubeResources } from './resources.ts';
import { ListWatchServer, status } from './testing/list-watch-server.ts';

const timing = {
  ...defaultTiming,
  retryMs: { first: 4, most: 40 },
  absentMs: { first: 10, most: 20 },
  idleMs: 60_000,
};
const pods = kubeResources.find(({ kind }) => kind === 'Pod') as KubeResource;

/** What a reflector told, kept as a receiver would. */
class Receiver {
  readonly batches: (readonly ObjectChange<unknown>[])[] = [];
  readonly pods = new Map<string, unknown>();
  readonly states: ReflectorState[] = [];

  readonly onChanges = (changes: readonly ObjectChange<unknown>[]): void => {
    this.batches.push(changes);
    for (const change of changes) {
      if (change.kind === 'set') this.pods.set(change.meta.name, change.value);
      else this.pods.delete(change.meta.name);
    }
  };

  readonly onState = (state: ReflectorState): void => {
    this.states.push(state);
  };

  get names(): string {
    return [...this.pods.keys()].sort().join(' ');
  }

  /** "set a", "gone b" of each batch. */
  get told(): readonly string[] {
    return this.batches.map((batch) => batch.map(({ kind, meta }) => `${kind} ${meta.name}`).join(', '));
  }
}

describe('Reflector', () => {
  let server: ListWatchServer;
  let receiver: Receiver;
  let stop: AbortController;
  let running: Promise<void>;

  beforeEach(() => {
    server = new ListWatchServer();
    receiver = new Receiver();
    stop = new AbortController();
    running = Promise.resolve();
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await server.close();
  });

  const run = async (options: Partial<ReflectorOptions<unknown>> = {}): Promise<void> => {
    const reflector = new Reflector<unknown>({
      client: await server.open(),
      resource: pods,
      decode: (value) => field(field(value, 'metadata'), 'labels'),
      ...receiver,
      random: () => 1,
      clock: () => performance.now(),
      timing,
      pageSize: 2,
      ...options,
    });
    running = reflector.run(stop.signal);
  };
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    const end = performance.now() + 30_000;
    while (!holds()) {
      if (performance.now() > end) assert.fail(`${what}: ${receiver.told.join('; ')}`);
      await sleep(1);
    }
  };
  const watching = (): Promise<void> => until('watching', () => server.watchers === 1);

  it('tells all pages of the first list in one batch, and then each change', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) server.set(name);
    await run();
    await watching();
    assert.deepEqual(receiver.told, ['set a, set b, set c, set d, set e']);
    assert.equal(server.lists().length, 3);
    assert.deepEqual(
      server.lists().map(({ searchParams }) => searchParams.get('continue')),
      [null, '2', '4'],
    );
    server.set('f');
    server.set('a', { new: 'yes' });
    server.delete('b');
    await until('three changes', () => receiver.names === 'a c d e f');
    assert.deepEqual(receiver.pods.get('a'), { new: 'yes' });
    assert.deepEqual(receiver.states, [{ kind: 'watching' }]);
  });

  it('tells a state of no objects by no batch', async () => {
    await run();
    await watching();
    assert.deepEqual([receiver.told, receiver.states], [[], [{ kind: 'watching' }]]);
  });

  it('goes on after the end of a watch from the last event, and tells nothing twice', async () => {
    server.set('a');
    await run();
    for (const how of ['gently', 'by force', 'gently', 'by force'] as const) {
      await watching();
      server.end(how);
      server.set(`after ${how} ${server.watches().length}`);
    }
    await until('all', () => receiver.pods.size === 5);
    assert.equal(server.lists().length, 1);
    assert.equal(receiver.batches.flat().length, 5);
  });

  it('goes on from a bookmark', async () => {
    await run();
    await watching();
    const version = server.bookmark();
    server.forget();
    server.end('gently');
    await until('second watch', () => server.watches().length === 2);
    assert.equal(server.watches()[1]?.searchParams.get('resourceVersion'), version);
    assert.equal(server.watches()[1]?.searchParams.get('allowWatchBookmarks'), 'true');
    assert.equal(server.lists().length, 1);
  });

  it('lists again what is forgotten, and tells the difference alone, removes first', async () => {
    for (const name of ['a', 'b', 'c']) server.set(name);
    await run();
    await watching();
    server.answers.push(status(503, 'ServiceUnavailable'));
    server.end('by force');
    server.delete('b');
    server.set('c', { new: 'yes' });
    server.delete('a');
    server.set('a');
    server.forget();
    await until('listed again', () => server.lists().length === 3);
    await watching();
    assert.deepEqual(receiver.told.slice(1), ['gone b, set c, gone a, set a']);
  });

  it('starts a list over whose pages are forgotten, and tells nothing of the first part', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) server.set(name);
    let pages = 0;
    server.answers.push(
      (url, response) => {
        pages += 1;
        assert.equal(url.searchParams.get('continue'), null);
        const items = [...server.pods.values()].slice(0, 2);
        response.end(JSON.stringify({ metadata: { resourceVersion: '1', continue: '2' }, items }));
      },
      status(410, 'Expired'),
    );
    await run();
    await watching();
    assert.equal(pages, 1);
    assert.deepEqual(receiver.told, ['set a, set b, set c, set d, set e']);
    assert.deepEqual(receiver.states, [{ kind: 'watching' }]);
  });

  it('removes nothing while lists fail, however', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) server.set(name);
    await run();
    await watching();
    server.forget();
    server.bookmark();
    const half = (_: URL, response: import('node:http').ServerResponse): void => {
      response
        .writeHead(200, { 'content-length': 1_000 })
        .write('{"metadata":{"resourceVersion":"1"},"items":[');
      setTimeout(() => response.destroy(), 5);
    };
    const text =
      (body: string) =>
      (_: URL, response: import('node:http').ServerResponse): void => {
        response.end(body);
      };
    server.answers.push(
      status(410, 'Expired'),
      half,
      text('{"metadata":{"resourceVersion":"1"}}'),
      text('{"items":[]}'),
      text('<html>'),
      text(''),
      text('null'),
      text('{"metadata":{"resourceVersion":"1"},"items":[{}]}'),
      status(404, 'NotFound'),
      status(403, 'Forbidden'),
      status(500, 'InternalError'),
      status(429, 'TooManyRequests', { 'retry-after': '0' }),
    );
    server.end('by force');
    await until('all answers are used', () => server.answers.length === 0);
    await watching();
    assert.deepEqual(receiver.told, ['set a, set b, set c, set d, set e']);
    const last = receiver.states.at(-1);
    assert.equal(last?.kind, 'watching');
    assert.ok(receiver.states.some((state) => state.kind === 'failing' && /Forbidden/.test(state.reason)));
  });

  it('is current again with a watch in which nothing happens', async () => {
    server.set('a');
    await run();
    await watching();
    server.answers.push(status(503, 'ServiceUnavailable'));
    server.end('by force');
    await until('failing', () => receiver.states.some(({ kind }) => kind === 'failing'));
    await until('watching again', () => receiver.states.at(-1)?.kind === 'watching');
    assert.deepEqual(receiver.told, ['set a']);
  });

  it('takes an empty list at its word', async () => {
    server.set('a');
    await run();
    await watching();
    server.end('by force');
    server.delete('a');
    server.forget();
    await until('gone', () => receiver.names === '');
  });

  it('keeps what came before an error in the same read', async () => {
    await run();
    await watching();
    server.set('a');
    server.sendText(
      '{"type":"ADDED","object":{"metadata":{"name":"b","uid":"1","resourceVersion":"900"}}}\n{"type":"ERR',
    );
    server.sendText('OR","object":{"code":500,"reason":"InternalError","message":"broken"}}\n');
    await until('both', () => receiver.names === 'a b');
    await until('a watch after that', () => server.watches().length === 2);
    assert.equal(server.watches()[1]?.searchParams.get('resourceVersion'), '900');
  });

  it('goes on after bytes that are no event', async () => {
    await run();
    for (const [at, text] of [
      'nonsense\n',
      '{"type":"NEW"}\n',
      '{"type":"ADDED","object":{}}\n',
      'null\n',
    ].entries()) {
      await until('watching', () => server.watches().length === at + 1 && server.watchers === 1);
      server.sendText(text);
    }
    await until('watching', () => server.watches().length === 5);
    server.set('a');
    await until('the next change', () => receiver.names === 'a');
  });

  it('leaves a watch that is silent for too long', async () => {
    await run({ timing: { ...timing, idleMs: 60 } });
    await watching();
    await until('a second watch', () => server.watches().length >= 2);
    assert.equal(server.lists().length, 1);
  });

  it('waits as long as it is asked to', async () => {
    server.answers.push(status(429, 'TooManyRequests', { 'retry-after': '1' }));
    const began = performance.now();
    await run();
    await watching();
    assert.ok(performance.now() - began >= 990);
  });

  it('waits longer from failure to failure, and begins anew after a success', async () => {
    const times: number[] = [];
    const fail = status(500, 'InternalError');
    for (let at = 0; at < 5; at += 1)
      server.answers.push((url, response) => {
        times.push(performance.now());
        fail(url, response);
      });
    await run({ timing: { ...timing, retryMs: { first: 100, most: 200 } } });
    await watching();
    const waits = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    [100, 200, 200, 200].forEach((least, at) => {
      assert.ok((waits[at] ?? 0) >= least - 1, `${waits}`);
    });
    // Not 400 and 800 ms; one of them may be longer on a machine that stands still.
    assert.ok(Math.min(...waits.slice(2)) < 390, `${waits}`);
  });

  it('takes an optional resource as absent only from a server that is ready, and looks for it', async () => {
    const missing = status(404, 'NotFound');
    server.set('a');
    // Not there, but the server is only starting; then it is ready and still has none.
    server.answers.push(
      missing,
      status(503, 'NotReady'),
      missing,
      (_, response) => response.end('ok'),
      missing,
      missing,
    );
    await run({ resource: { ...pods, optional: true } });
    await until('found', () => receiver.names === 'a');
    assert.deepEqual(
      receiver.states.map(({ kind }) => kind),
      ['failing', 'absent', 'watching'],
    );
  });

  it('does not take a resource that must be there as absent', async () => {
    server.answers.push(status(404, 'NotFound'), status(404, 'NotFound'));
    await run();
    await watching();
    assert.deepEqual(
      receiver.states.map(({ kind }) => kind),
      ['failing', 'watching'],
    );
  });

  it('stops in the middle of anything', async () => {
    server.answers.push(() => undefined);
    await run();
    await until('asked', () => server.requests.length === 1);
    stop.abort();
    await running;
    assert.deepEqual(receiver.told, []);
  });
});
