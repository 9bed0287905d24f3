import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@weir/log/log.ts';
import { encodeItem, itemKind, readItems } from '@weir/proto/item.ts';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { checkItem } from './check-item.ts';
import { Desired } from './desired.ts';
import { LastGoodFile } from './last-good.ts';

const key = (byte: number) => new Uint8Array(16).fill(byte);

function bundleOf(revision: number, prefixes: number): Desired {
  const desired = new Desired();
  const encoded = [
    encodeItem({ kind: itemKind.identity, message: { key: key(1), number: 1, entity: 1, labels: ['a'] } }),
    ...Array.from({ length: prefixes }, (_, index) =>
      encodeItem({
        kind: itemKind.prefix,
        message: { address: Uint8Array.of(10, 0, index >> 8, index & 255), length: 32, identity: key(1) },
      }),
    ),
  ];
  for (const { item, content } of readItems(Buffer.concat(encoded.map(({ field }) => field)))) {
    desired.add(item, checkItem(content));
  }
  desired.revision = revision;
  return desired;
}

describe('last good file', () => {
  let folder: string;
  let path: string;
  let lines: string[];

  const log: Log = {
    error: (message, fields) => lines.push(`${message} ${JSON.stringify(fields)}`),
    warn: () => {},
    info: () => {},
    debug: () => {},
  };
  const open = (delayMs = 0) => new LastGoodFile({ path, bootId: 'boot-1', log, delayMs });
  const capture = (desired: Desired) => () => ({
    revision: desired.revision,
    digest: desired.digest,
    fields: desired.encoded(),
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'weir-last-good-'));
    path = join(folder, 'bundle');
    lines = [];
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives back what was saved', async () => {
    const desired = bundleOf(7, 30_000);
    const file = open();
    file.save(capture(desired));
    await file.close();
    const read = await open().read();
    assert.equal(read?.bootId, 'boot-1');
    assert.equal(read.bundle.revision, 7);
    assert.deepEqual(read.bundle.digest, desired.digest);
    assert.deepEqual([...read.bundle.prefixes.keys()], [...desired.prefixes.keys()]);
    assert.deepEqual(await readdir(folder), ['bundle']);
  });

  it('is nothing where there is no file', async () => {
    assert.equal(await open().read(), undefined);
    assert.deepEqual(lines, []);
  });

  it('writes only the newest of what comes while it waits', async () => {
    const file = open(20);
    let captured = 0;
    for (let revision = 1; revision <= 50; revision++) {
      const desired = bundleOf(revision, 1);
      file.save(() => {
        captured += 1;
        return capture(desired)();
      });
    }
    await file.close();
    assert.equal(captured, 1);
    assert.equal((await open().read())?.bundle.revision, 50);
  });

  it('waits while what is enforced is changing', async () => {
    const file = open(1);
    const desired = bundleOf(3, 1);
    let asked = 0;
    file.save(() => (asked++ < 3 ? undefined : capture(desired)()));
    while (asked < 4) await new Promise((resolve) => setTimeout(resolve, 1));
    await file.close();
    assert.equal((await open().read())?.bundle.revision, 3);
  });

  it('ends at once when it is closed while that changes for ever', async () => {
    const file = open(10_000);
    file.save(() => undefined);
    await file.close();
    assert.equal(await open().read(), undefined);
  });

  it('ignores and reports a file that is cut anywhere or has a changed bit', async () => {
    const file = open();
    file.save(capture(bundleOf(7, 5)));
    await file.close();
    const good = await readFile(path);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.nat(good.length - 1).map((length) => good.subarray(0, length)),
          fc.nat(good.length * 8 - 1).map((bit) => {
            const bad = Buffer.from(good);
            bad[bit >> 3] = (bad[bit >> 3] ?? 0) ^ (1 << (bit & 7));
            return bad;
          }),
          fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([good, bytes, Uint8Array.of(0)])),
          fc.uint8Array({ maxLength: 200 }),
        ),
        async (bad) => {
          lines = [];
          await writeFile(path, bad);
          assert.equal(await open().read(), undefined);
          assert.match(lines.join(), /last-good-damaged/);
        },
      ),
      { numRuns: 200 },
    );
    await writeFile(path, good);
    assert.equal((await open().read())?.bundle.revision, 7);
  });

  it('keeps the old file where the new one can not be written', async () => {
    const file = open();
    file.save(capture(bundleOf(7, 5)));
    await file.close();
    await mkdir(`${path}.new`);
    const next = open();
    next.save(capture(bundleOf(8, 5)));
    await next.close();
    assert.match(lines.join(), /last good bundle is not written.*last-good-damaged/);
    assert.equal((await open().read())?.bundle.revision, 7);
  });
});
