import koffi from 'koffi';
import { AgentError } from '../errors.ts';
import { withErrno } from '../kernel/with-errno.ts';
import { encodeDump, type NetlinkMessage, splitDump } from './netlink-message.ts';
import { type Poll, pollReadable } from './poll-readable.ts';

const libc = koffi.load('libc.so.6');
const c = {
  socket: withErrno(libc.func('int socket(int domain, int type, int protocol)')),
  setsockopt: withErrno(
    libc.func('int setsockopt(int fd, int level, int name, const int *value, uint32_t length)'),
  ),
  bind: withErrno(libc.func('int bind(int fd, const void *address, uint32_t length)')),
  send: withErrno(libc.func('long send(int fd, const void *data, size_t length, int flags)')),
  recv: withErrno(libc.func('long recv(int fd, void *data, size_t length, int flags)')),
  close: libc.func('int close(int fd)'),
};

const afNetlink = 16;
const sockRaw = 3;
const sockCloexec = 0o2000000;
const solNetlink = 270;
const optionListenAllNsid = 8;
const optionStrictCheck = 12;
const dontWait = 0x40;
const eAgain = 11;
const eNoBufs = 105;
const attempts = 10;

/** Protocols of netlink(7). */
const route = 0;
export const netfilter = 12;

/** One netlink socket of the agent's own network namespace, rtnetlink unless told. */
export class NetlinkSocket {
  readonly #fd: number;
  readonly #buffer = Buffer.alloc(1 << 16);
  #sequence = 0;
  #poll: Poll | undefined;

  /** `groups` is the mask of RTMGRP_* to listen to; 0 for requests only. Throws AgentError `netlink`. */
  constructor(groups: number, protocol = route) {
    this.#fd = check('socket', c.socket(afNetlink, sockRaw | sockCloexec, protocol));
    try {
      // Without strict checking the kernel ignores IFA_TARGET_NETNSID and answers for the wrong namespace.
      check('setsockopt', c.setsockopt(this.#fd, solNetlink, optionStrictCheck, [1], 4));
      // Addresses that appear inside a pod are told to those who listen to all namespaces that have an id here.
      if (groups !== 0) check('setsockopt', c.setsockopt(this.#fd, solNetlink, optionListenAllNsid, [1], 4));
      const address = Buffer.alloc(12);
      address.writeUInt16LE(afNetlink, 0);
      address.writeUInt32LE(groups, 8);
      check('bind', c.bind(this.#fd, address, address.length));
    } catch (error) {
      c.close(this.#fd);
      throw error;
    }
  }

  /**
   * All entries of a table; asked again when the kernel says that it changed meanwhile. Throws AgentError `netlink`, with
   * the kernel's `errno` where it refuses.
   */
  dump(type: number, body: Uint8Array): NetlinkMessage[] {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const { messages, interrupted } = this.#dumpOnce(type, body);
      if (!interrupted) return messages;
    }
    // An entry that is left out would be taken for one that is gone.
    throw new AgentError('netlink', `table ${type} changed during each of ${attempts} dumps`);
  }

  /** Calls back from the event loop after each notification, or several at once; after an error no more. */
  onNotified(callback: () => void, onError: (error: unknown) => void): void {
    this.#poll = pollReadable(this.#fd, () => {
      try {
        this.#drain();
      } catch (error) {
        this.#stopPolling();
        onError(error);
        return;
      }
      callback();
    });
  }

  close(): void {
    this.#stopPolling();
    c.close(this.#fd);
  }

  #stopPolling(): void {
    this.#poll?.stop();
    this.#poll = undefined;
  }

  #dumpOnce(type: number, body: Uint8Array): { messages: NetlinkMessage[]; interrupted: boolean } {
    const sequence = ++this.#sequence;
    const request = encodeDump(type, sequence, body);
    check('send', c.send(this.#fd, request, request.length, 0));
    const messages: NetlinkMessage[] = [];
    let interrupted = false;
    for (;;) {
      const length = check('recv', c.recv(this.#fd, this.#buffer, this.#buffer.length, 0));
      // The buffer is used again, but the messages outlive it.
      for (const part of splitDump(Buffer.from(this.#buffer.subarray(0, length)), sequence)) {
        if (part.kind === 'message') messages.push(part.message);
        else if (part.kind === 'interrupted') interrupted = true;
        else if (part.errno !== 0)
          throw new AgentError('netlink', `dump of type ${type} failed`, { errno: part.errno });
        else return { messages, interrupted };
      }
    }
  }

  #drain(): void {
    for (;;) {
      const length = c.recv(this.#fd, this.#buffer, this.#buffer.length, dontWait);
      if (length === -eAgain) return;
      // ENOBUFS: notifications were lost, which is one more reason to look again.
      if (length !== -eNoBufs) check('recv', length);
    }
  }
}

function check(call: string, result: number): number {
  if (result < 0) throw new AgentError('netlink', `${call} failed`, { errno: -result });
  return result;
}
