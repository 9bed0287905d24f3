import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAuthority, operatorName } from '@weir/operator/src/trust/authority.ts';
import { weir } from '@weir/proto/bundle.js';
import { addDigest, digestText, digestToBytes, emptyDigest, subtractDigest } from '@weir/proto/digest.ts';
import { encodeItem, type Item, itemKind } from '@weir/proto/item.ts';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { until } from '../until.ts';
import { badServices } from './bad-services.ts';
import { HostileOperator } from './hostile-operator.ts';
import { digestOf, endpoint, identity, key, membership, prefix, selector, service, table } from './items.ts';
import { Agent } from './pair.ts';

type Response = weir.bundle.v1.SyncResponse.$Properties;

const good = [
  identity('a'),
  prefix(1, 'a'),
  selector('s'),
  membership('s', 'a'),
  table('t', 's'),
  endpoint('e', 'a', 't'),
];

const encode = (response: Response): Buffer =>
  Buffer.from(weir.bundle.v1.SyncResponse.encode(response as weir.bundle.v1.SyncResponse).finish());
const fields = (items: readonly Item[]): Buffer => Buffer.concat(items.map((item) => item.field));
const ref = ({ kind, key: bytes }: Item) => ({ kind, key: bytes });

const snapshotOf = (items: readonly Item[], more: weir.bundle.v1.Snapshot.$Properties = {}): Buffer =>
  encode({
    snapshot: {
      revision: 1,
      digest: digestToBytes(digestOf(items)),
      chunk: 0,
      last: true,
      items: fields(items),
      ...more,
    },
  });

/** A right delta from the good bundle, unless told otherwise. */
const deltaOf = (
  upserts: readonly Item[],
  removes: readonly Item[],
  more: weir.bundle.v1.Delta.$Properties = {},
): Buffer => {
  let digest = addDigest(digestOf(good), digestOf(upserts));
  for (const item of removes) digest = subtractDigest(digest, item.digest);
  return encode({
    delta: {
      fromRevision: 1,
      fromDigest: digestToBytes(digestOf(good)),
      toRevision: 2,
      toDigest: digestToBytes(digest),
      chunk: 0,
      last: true,
      upserts: fields(upserts),
      removes: removes.map(ref),
      ...more,
    },
  });
};

describe('agent and a hostile operator', () => {
  let folder: string;
  let operator: HostileOperator;
  let agent: Agent;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-hostile-'));
    const authority = await openAuthority(folder, Date.now);
    operator = new HostileOperator();
    const port = await operator.listen(await authority.issueServer([]));
    const tls = { ...(await authority.issueNode('node-1')), serverName: operatorName };
    // Of waits by chance always the whole: how long one is at least is told below.
    agent = new Agent({ target: `127.0.0.1:${port}`, tls, node: 'node-1', random: () => 1 });
    agent.client.start();
    await until('Hello', () => operator.requests.length === 1);
    operator.send(snapshotOf(good));
    await until('applied', () => operator.requests.length === 2);
  });
  afterEach(async () => {
    await agent.client.stop();
    operator.close();
    await rm(folder, { recursive: true });
  });

  /** The agent keeps what it has, says why, and goes on after the snapshot that it asks for. */
  async function refuses(reason: RegExp, ...messages: Buffer[]): Promise<void> {
    const before = agent.enforced;
    operator.send(...messages);
    await until('asked for a snapshot', () => operator.asked.length > 0);
    assert.match(operator.asked[0] ?? '', reason);
    assert.equal(operator.asked.length, 1);
    assert.equal(agent.client.state.kind, 'syncing');
    assert.equal(agent.changes.length, 1);
    assert.deepEqual(agent.enforced, before);
    // What is still on its way does not matter any more.
    operator.send(deltaOf([prefix(77, 'a')], []), snapshotOf(good, { chunk: 3 }));
    operator.send(snapshotOf([...good, prefix(2, 'a')], { revision: 5 }));
    await until('applied the snapshot', () => agent.changes.length === 2);
    assert.deepEqual(agent.enforced, {
      revision: 5,
      digest: digestText(digestOf([...good, prefix(2, 'a')])),
    });
    assert.equal(operator.asked.length, 1);
    await until('live', () => agent.client.state.kind === 'live');
  }

  it('takes a right delta', async () => {
    operator.send(deltaOf([prefix(2, 'a')], [endpoint('e', 'a', 't')]));
    await until('applied', () => operator.requests.length === 3);
    const applied = operator.requests[2]?.applied;
    assert.equal(String(applied?.revision), '2');
    assert.equal(applied?.error ?? '', '');
    assert.deepEqual(operator.asked, []);
  });

  it('takes a service, and its removal', async () => {
    const digest = digestToBytes(digestOf([...good, service('s')]));
    const back = digestToBytes(digestOf(good));
    operator.send(deltaOf([service('s')], []));
    await until('applied', () => agent.changes.length === 2);
    operator.send(
      deltaOf([], [service('s')], { fromRevision: 2, fromDigest: digest, toRevision: 3, toDigest: back }),
    );
    await until('applied the removal', () => agent.changes.length === 3);
    assert.deepEqual(operator.asked, []);
  });

  it('takes a delta in chunks, with an item that came and went', async () => {
    const passing = prefix(3, 'a');
    const digest = digestToBytes(digestOf([...good, prefix(2, 'a')]));
    operator.send(
      deltaOf([prefix(2, 'a')], [], { toDigest: digest, last: false }),
      deltaOf([passing], [], { toDigest: digest, chunk: 1, last: false }),
      deltaOf([], [passing], { toDigest: digest, chunk: 2 }),
    );
    await until('applied', () => agent.changes.length === 2);
    assert.deepEqual(agent.changes[1], { whole: false, revision: 2, size: 1 });
    assert.deepEqual(operator.asked, []);
  });

  describe('keeps what it has and asks for a snapshot after', () => {
    const bad: Record<string, readonly [RegExp, ...Buffer[]]> = {
      garbage: [/sync-violation/, Buffer.from('garbage')],
      'an empty message': [/neither/, Buffer.alloc(0)],
      'a cut message': [/range/, deltaOf([prefix(2, 'a')], []).subarray(0, 40)],
      'a delta from an unknown digest': [
        /another bundle/,
        deltaOf([], [], { fromDigest: new Uint8Array(16) }),
      ],
      'a delta without a digest': [/digest of 0 bytes/, deltaOf([], [], { toDigest: new Uint8Array() })],
      'a delta with the wrong digest': [
        /digest .* instead of/,
        deltaOf([prefix(2, 'a')], [], { toDigest: key('x') }),
      ],
      'a delta to revision 0': [/revision 0/, deltaOf([prefix(2, 'a')], [], { toRevision: 0 })],
      'a revision past 2^53': [/out of range/, deltaOf([prefix(2, 'a')], [], { toRevision: 2 ** 60 })],
      'a snapshot with the wrong digest': [/digest .* instead of/, snapshotOf(good, { digest: key('x') })],
      'a snapshot that begins with its second chunk': [/out of order/, snapshotOf(good, { chunk: 1 })],
      'a snapshot with a chunk missing': [
        /out of order/,
        snapshotOf(good, { last: false }),
        snapshotOf(good, { chunk: 2 }),
      ],
      'chunks of two snapshots': [
        /another snapshot/,
        snapshotOf(good, { last: false }),
        snapshotOf(good, { chunk: 1, revision: 2 }),
      ],
      'a delta amid a snapshot': [
        /out of order/,
        snapshotOf(good, { last: false }),
        deltaOf([prefix(2, 'a')], []),
      ],
      'a snapshot amid a delta': [
        /out of order/,
        deltaOf([prefix(2, 'a')], [], { last: false }),
        snapshotOf(good),
      ],
      'delta chunks in the wrong order': [
        /out of order/,
        deltaOf([prefix(2, 'a')], [], { last: false, chunk: 1 }),
        deltaOf([prefix(3, 'a')], [], { chunk: 0 }),
      ],
      'one item twice': [/two items prefix/, deltaOf([prefix(2, 'a'), prefix(2, 'a')], [])],
      'a remove of what is not there': [/not there/, deltaOf([], [prefix(9, 'a')])],
      'a remove of an unknown kind': [
        /unknown kind/,
        deltaOf([], [], { removes: [{ kind: 15, key: key('a') }] }),
      ],
      'an item of an unknown kind': [
        /unknown kind/,
        deltaOf([], [], { upserts: Uint8Array.of((15 << 3) | 2, 0) }),
      ],
      'a prefix of no identity': [/identity .* is missing/, deltaOf([prefix(2, 'b')], [])],
      'the loss of an identity in use': [/identity .* is missing/, deltaOf([], [identity('a')])],
      'the loss of a selector in use': [/selector .* is missing/, deltaOf([], [selector('s')])],
      'the loss of a table in use': [/table .* is missing/, deltaOf([], [table('t', 's')])],
      'an endpoint without its table': [/table .* is missing/, deltaOf([endpoint('f', 'a', 'none')], [])],
      'a snapshot with a dangling reference': [/identity .* is missing/, snapshotOf(good.slice(1))],
      'a snapshot with an item twice': [/two items/, snapshotOf([...good, prefix(1, 'a')])],
      'host bits': [
        /host bits/,
        deltaOf(
          [
            encodeItem({
              kind: itemKind.prefix,
              message: { address: Uint8Array.of(10, 0, 0, 1), length: 24, identity: key('a') },
            }),
          ],
          [],
        ),
      ],
      'an address of 5 bytes': [
        /bad address/,
        deltaOf(
          [
            encodeItem({
              kind: itemKind.prefix,
              message: { address: new Uint8Array(5), length: 8, identity: key('a') },
            }),
          ],
          [],
        ),
      ],
      'a prefix of 33 bits': [
        /bad length/,
        deltaOf(
          [
            encodeItem({
              kind: itemKind.prefix,
              message: { address: new Uint8Array(4), length: 33, identity: key('a') },
            }),
          ],
          [],
        ),
      ],
      'an except outside its block': [
        /outside its block/,
        deltaOf(
          [
            encodeItem({
              kind: itemKind.selector,
              message: {
                key: key('e'),
                blocks: [
                  {
                    address: Uint8Array.of(10, 0, 0, 0),
                    length: 8,
                    excepts: [{ address: Uint8Array.of(11, 0, 0, 0), length: 16 }],
                  },
                ],
              },
            }),
          ],
          [],
        ),
      ],
      'port 70000': [/ports/, deltaOf([oddTable({ entries: [{ firstPort: 1, lastPort: 70_000 }] })], [])],
      'ports backwards': [/ports/, deltaOf([oddTable({ entries: [{ firstPort: 2, lastPort: 1 }] })], [])],
      'protocol 256': [/protocol/, deltaOf([oddTable({ entries: [{ protocol: 256 }] })], [])],
      'an outcome that is not there': [/no outcome/, deltaOf([oddTable({ entries: [{ outcome: 5 }] })], [])],
      'a default outcome that is not there': [/no outcome/, deltaOf([oddTable({ defaultOutcome: 1 })], [])],
      'a selector that is not in the table': [
        /no selector/,
        deltaOf([oddTable({ entries: [{ selector: 1 }] })], []),
      ],
      'tiers that descend': [/tiers/, deltaOf([oddTable({ entries: [{ tier: 1 }, { tier: 0 }] })], [])],
      'an unknown verdict': [
        /verdict/,
        deltaOf([oddTable({ outcomes: [{ cookie: 1, verdict: 9 as 1 }] })], []),
      ],
      'a cookie 0': [/cookie/, deltaOf([oddTable({ outcomes: [{ cookie: 0, verdict: 1 }] })], [])],
      'a table of no direction': [/direction/, deltaOf([oddTable({ direction: 0 })], [])],
      'a key of 3 bytes': [/bad key/, deltaOf([oddTable({ key: new Uint8Array(3) })], [])],
      'a table used in the wrong direction': [
        /direction/,
        deltaOf(
          [
            oddTable({ direction: 2 }),
            encodeItem({
              kind: itemKind.endpoint,
              message: { uid: 'f', identity: key('a'), ingressTable: key('odd') },
            }),
          ],
          [],
        ),
      ],
      'a log of two million characters': [
        /log too long/,
        deltaOf([oddTable({ outcomes: [{ cookie: 1, verdict: 1, log: 'x'.repeat(2_000_000) }] })], []),
      ],
      'an unknown entity': [
        /entity/,
        deltaOf(
          [encodeItem({ kind: itemKind.identity, message: { key: key('z'), number: 1, entity: 9 as 1 } })],
          [],
        ),
      ],
    };
    for (const [what, [reason, ...messages]] of Object.entries(bad)) {
      it(what, () => refuses(reason, ...messages));
    }
    for (const [what, [reason, item]] of Object.entries(badServices)) {
      it(what, () => refuses(reason, deltaOf([item], [])));
    }
  });

  it('keeps what it has when a message is larger than gRPC takes, and begins anew with a snapshot', async () => {
    const before = agent.enforced;
    operator.send(Buffer.alloc(17 * 1024 * 1024));
    await until('came back', () => operator.streams === 2 && operator.asked.length === 1);
    assert.match(operator.asked[0] ?? '', /larger than max/);
    assert.deepEqual(agent.enforced, before);
    operator.send(snapshotOf([...good, prefix(2, 'a')], { revision: 3 }));
    await until('applied', () => agent.enforced?.revision === 3);
  });

  it('asks ever less often for what it is never given', async () => {
    const started = performance.now();
    const flood = setInterval(() => operator.send(snapshotOf(good, { digest: key('x') })), 2);
    await until('asked some times', () => operator.asked.length >= 4).finally(() => clearInterval(flood));
    // 0, then 20, 40, 80 ms.
    assert.ok(performance.now() - started >= 130, `${performance.now() - started} ms`);
  });

  it('applies what comes during an attempt in order, one at a time', async () => {
    let running = 0;
    agent.during = async () => {
      assert.equal(running++, 0);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
    };
    const digests = [emptyDigest, emptyDigest, emptyDigest].map((_, index) =>
      digestOf([...good, ...Array.from({ length: index }, (__, at) => prefix(10 + at, 'a'))]),
    );
    for (const index of [0, 1]) {
      const [from, to] = [digests[index] ?? emptyDigest, digests[index + 1] ?? emptyDigest];
      operator.send(
        deltaOf([prefix(10 + index, 'a')], [], {
          fromDigest: digestToBytes(from),
          toDigest: digestToBytes(to),
          toRevision: 2 + index,
        }),
      );
    }
    await until('both applied', () => operator.requests.length === 4);
    assert.deepEqual(
      agent.changes.map(({ revision }) => revision),
      [1, 2, 3],
    );
    assert.deepEqual(operator.asked, []);
  });

  it('stops an operator that is too far ahead', async () => {
    let release = () => {};
    agent.during = () => new Promise((resolve) => (release = resolve));
    for (let index = 0; index < 30; index++) operator.send(snapshotOf(good, { revision: index + 2 }));
    await until('asked', () => operator.asked.length > 0);
    assert.match(operator.asked[0] ?? '', /revisions ahead/);
    agent.during = () => Promise.resolve();
    release();
  });
});

function oddTable(message: weir.bundle.v1.Table.$Properties): Item {
  return encodeItem({
    kind: itemKind.table,
    message: { key: key('odd'), direction: 1, outcomes: [{ cookie: 1, verdict: 1 }], ...message },
  });
}
