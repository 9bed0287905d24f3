/** node send-frame.ts DEVICE HEX: sends a frame out of a device of this network namespace, as it is. */
import koffi from 'koffi';

const libc = koffi.load('libc.so.6');
const socket = libc.func('int socket(int domain, int type, int protocol)');
const nameToIndex = libc.func('uint if_nametoindex(const char *name)');
const sendto = libc.func(
  'long sendto(int fd, const void *data, size_t length, int flags, const void *address, uint32_t addressLength)',
);
const afPacket = 17;
const sockRaw = 3;

const [device = '', hex = ''] = process.argv.slice(2);
const frame = Buffer.from(hex, 'hex');
/** struct sockaddr_ll. */
const address = Buffer.alloc(20);
address.writeUInt16LE(afPacket, 0);
address.writeInt32LE(nameToIndex(device), 4);
const sent = Number(sendto(socket(afPacket, sockRaw, 0), frame, frame.length, 0, address, address.length));
if (sent !== frame.length) throw new Error(`sendto ${device}: errno ${koffi.errno()}`);
