// Sends UDP datagrams as fast as one thread can: flood.ts NAMESPACE TARGET PORT COUNT. Prints how many it sent.
import koffi from 'koffi';
import { familyOf } from './net/family.ts';
import { inNamespace } from './net/namespace.ts';
import { connectSocket, openSocket } from './net/socket.ts';

const BATCH = 256;
const PAYLOAD_BYTES = 32;
/** struct mmsghdr with its struct msghdr, recvmmsg(2), on 64-bit machines. */
const MESSAGE_BYTES = 64;
const IOVEC_BYTES = 16;

const library = koffi.load('libc.so.6');
const malloc = library.func('void *malloc(size_t size)');
const sendmmsg = library.func('int sendmmsg(int fd, void *messages, unsigned int count, int flags)');

/** Messages that all send the same payload to where their socket is connected. */
function buildMessages(): unknown {
  const size = BATCH * MESSAGE_BYTES + IOVEC_BYTES + PAYLOAD_BYTES;
  const memory: unknown = malloc(size);
  const base = koffi.address(memory);
  const bytes = Buffer.from(koffi.view(memory, size)).fill(0);
  const iovec = BATCH * MESSAGE_BYTES;
  bytes.writeBigUInt64LE(base + BigInt(iovec + IOVEC_BYTES), iovec);
  bytes.writeBigUInt64LE(BigInt(PAYLOAD_BYTES), iovec + 8);
  for (let at = 0; at < iovec; at += MESSAGE_BYTES) {
    bytes.writeBigUInt64LE(base + BigInt(iovec), at + 16);
    bytes.writeBigUInt64LE(1n, at + 24);
  }
  return memory;
}

const [namespace = '', target = '', port = '', count = ''] = process.argv.slice(2);
const fd = inNamespace(namespace, () => openSocket(familyOf(target), 'datagram'));
if (connectSocket(fd, target, Number(port)) < 0) throw new Error(`cannot connect to ${target}`);
const messages = buildMessages();
let sent = 0;
while (sent < Number(count)) {
  // A full send buffer refuses for a moment.
  sent += Math.max(0, sendmmsg(fd, messages, BATCH, 0) as number);
}
process.stdout.write(`${JSON.stringify({ sent })}\n`);
process.exit(0);
