import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { encodeDump, readAttributes, rtm, splitDump } from './netlink-message.ts';

function message(type: number, sequence: number, body: Uint8Array, flags = 0): Buffer {
  const encoded = encodeDump(type, sequence, body);
  encoded.writeUInt16LE(flags, 6);
  return encoded;
}

describe('netlink message', () => {
  it('splits a dump, leaving out answers to other requests', () => {
    const data = Buffer.concat([
      message(rtm.newLink, 7, Buffer.from([1, 2, 3, 4])),
      message(rtm.newLink, 6, Buffer.from([9, 9, 9, 9])),
      message(3, 7, Buffer.alloc(4)),
    ]);
    const parts = [...splitDump(data, 7)];
    assert.deepEqual(parts, [
      { kind: 'message', message: { type: rtm.newLink, body: Buffer.from([1, 2, 3, 4]) } },
      { kind: 'done', errno: 0 },
    ]);
  });

  it('tells an interrupted dump and an error', () => {
    const error = Buffer.alloc(4);
    error.writeInt32LE(-22);
    const data = Buffer.concat([message(rtm.newLink, 1, Buffer.alloc(4), 0x10), message(2, 1, error)]);
    assert.deepEqual(
      [...splitDump(data, 1)].map((part) => (part.kind === 'done' ? part.errno : part.kind)),
      ['interrupted', 'message', 22],
    );
  });

  it('refuses cut messages and attributes', () => {
    const whole = message(rtm.newLink, 1, Buffer.alloc(16));
    assert.throws(() => [...splitDump(whole.subarray(0, 20), 1)], RangeError);
    assert.throws(() => readAttributes(Buffer.from([9, 0, 1, 0, 1])), RangeError);
  });
});
