import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { listInterfaces, listOwnAddresses } from '@weir/node-agent/src/attach/list-interfaces.ts';
import { AgentError } from '@weir/node-agent/src/errors.ts';
import { addressAttribute, rtm } from '@weir/node-agent/src/netlink/netlink-message.ts';
import { NetlinkSocket } from '@weir/node-agent/src/netlink/netlink-socket.ts';
import { after, before, describe, it } from 'mocha';

const namespace = `weir-attach-${process.pid}`;
const veth = `wa${process.pid}`;
const run = (...args: string[]) => execFileSync('ip', args, { stdio: 'pipe' });
const text = (address: Uint8Array) => Buffer.from(address).toString('hex');

describe('pods seen by netlink', () => {
  before(() => {
    run('netns', 'add', namespace);
    run('link', 'add', veth, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
    run('-n', namespace, 'addr', 'add', '10.99.0.7/32', 'dev', 'eth0');
    run('-n', namespace, 'addr', 'add', 'fd99::7/128', 'dev', 'eth0', 'nodad');
  });

  after(() => {
    run('netns', 'del', namespace);
  });

  it('have the addresses of the other side of their veth pair, silent as they are', () => {
    const socket = new NetlinkSocket(0);
    const found = listInterfaces(socket).find(({ name }) => name === veth);
    socket.close();
    assert.deepEqual(found?.addresses.map(text), ['0a630007', 'fd990000000000000000000000000007']);
  });

  it('do not lend their addresses to the node', () => {
    const socket = new NetlinkSocket(0);
    const own = listOwnAddresses(socket).map(text);
    socket.close();
    assert.ok(own.includes('7f000001'));
    assert.ok(!own.includes('0a630007'));
  });

  it('can not be asked for in a namespace that is gone', () => {
    const socket = new NetlinkSocket(0);
    const request = Buffer.alloc(16);
    request.writeUInt16LE(8, 8);
    request.writeUInt16LE(addressAttribute.targetNetnsId, 10);
    request.writeInt32LE(99_999, 12);
    try {
      assert.throws(
        () => socket.dump(rtm.getAddress, request),
        (error) => error instanceof AgentError && error.code === 'netlink' && error.fields.errno === 22,
      );
    } finally {
      socket.close();
    }
  });

  it('are told of when an address appears inside their namespace', async () => {
    const socket = new NetlinkSocket(0x1 | 0x10 | 0x100);
    const notified = new Promise<void>((resolve, reject) => socket.onNotified(resolve, reject));
    run('-n', namespace, 'addr', 'add', '10.99.0.8/32', 'dev', 'eth0');
    await notified;
    socket.close();
  });
});
