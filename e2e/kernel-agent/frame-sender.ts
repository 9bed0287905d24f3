import koffi from 'koffi';
import type { Veth } from './harness.ts';

const libc = koffi.load('libc.so.6');
const socket = libc.func('int socket(int domain, int type, int protocol)');
const sendto = libc.func(
  'long sendto(int fd, const void *data, size_t length, int flags, const void *address, uint32_t addressLength)',
);
const close = libc.func('int close(int fd)');

const afPacket = 17;
const sockRawCloexec = 3 | 0o2000000;

/** Sends UDP packets out of the pod's side of a pair, so that they pass the host side's hooks like a pod's. */
export class FrameSender {
  readonly #fd: number;
  readonly #address: Buffer;
  readonly #frame: Buffer;

  constructor(veth: Omit<Veth, 'remove'>, number: number, port: number) {
    this.#fd = socket(afPacket, sockRawCloexec, 0);
    // struct sockaddr_ll
    this.#address = Buffer.alloc(20);
    this.#address.writeUInt16LE(afPacket, 0);
    this.#address.writeInt32LE(veth.peer, 4);
    this.#frame = udpFrame(veth.mac, number, port);
  }

  send(count = 1): void {
    for (let sent = 0; sent < count; sent++) {
      const length = Number(
        sendto(this.#fd, this.#frame, this.#frame.length, 0, this.#address, this.#address.length),
      );
      if (length !== this.#frame.length) throw new Error(`sendto: errno ${koffi.errno()}`);
    }
  }

  close(): void {
    close(this.#fd);
  }
}

function udpFrame(mac: string, number: number, port: number): Buffer {
  const payload = Buffer.from('weir');
  const frame = Buffer.alloc(14 + 20 + 8 + payload.length);
  Buffer.from(mac.replaceAll(':', ''), 'hex').copy(frame, 0);
  frame.write('020000000001', 6, 'hex');
  frame.writeUInt16BE(0x0800, 12);
  const ip = frame.subarray(14);
  ip[0] = 0x45;
  ip.writeUInt16BE(20 + 8 + payload.length, 2);
  ip[8] = 64;
  ip[9] = 17;
  ip.set([10, 77, number, 2], 12);
  ip.set([10, 77, number, 1], 16);
  ip.writeUInt16BE(headerChecksum(ip.subarray(0, 20)), 10);
  const udp = ip.subarray(20);
  udp.writeUInt16BE(4444, 0);
  udp.writeUInt16BE(port, 2);
  udp.writeUInt16BE(8 + payload.length, 4);
  payload.copy(udp, 8);
  return frame;
}

/** RFC 1071. */
function headerChecksum(header: Buffer): number {
  let sum = 0;
  for (let at = 0; at < header.length; at += 2) sum += header.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
