import koffi from 'koffi';
import { LabError } from '../errors.ts';

const library = koffi.load('libc.so.6');

type Call = (...values: readonly (number | Uint8Array | null)[]) => number;

const declare = (definition: string): Call => library.func(definition) as unknown as Call;

const calls = {
  setns: declare('int setns(int fd, int type)'),
  socket: declare('int socket(int family, int type, int protocol)'),
  bind: declare('int bind(int fd, const uint8_t *address, uint32_t length)'),
  listen: declare('int listen(int fd, int backlog)'),
  connect: declare('int connect(int fd, const uint8_t *address, uint32_t length)'),
  send: declare('long send(int fd, const uint8_t *data, size_t length, int flags)'),
  sendto: declare(
    'long sendto(int fd, const uint8_t *data, size_t length, int flags, const uint8_t *address, uint32_t size)',
  ),
  recvfrom: declare(
    'long recvfrom(int fd, _Out_ uint8_t *data, size_t length, int flags, _Out_ uint8_t *address, _Inout_ uint8_t *size)',
  ),
  getsockopt: declare(
    'int getsockopt(int fd, int level, int name, _Out_ uint8_t *value, _Inout_ uint8_t *length)',
  ),
  setsockopt: declare('int setsockopt(int fd, int level, int name, const uint8_t *value, uint32_t length)'),
} as const;

/** Events of poll(2). */
export const POLLIN = 1;
export const POLLOUT = 4;

const pollCall = library.func('int poll(_Inout_ uint8_t *fds, unsigned long count, int timeout)');

export type SystemCall = keyof typeof calls;

export const errnoOf = koffi.os.errno;

/** The call's result or, where it failed, -errno. */
export function tryCall(name: SystemCall, ...values: readonly (number | Uint8Array | null)[]): number {
  const result = calls[name](...values);
  return result < 0 ? -koffi.errno() : result;
}

/** @throws LabError system-call-failed */
export function call(name: SystemCall, ...values: readonly (number | Uint8Array | null)[]): number {
  const result = tryCall(name, ...values);
  if (result < 0) throw new LabError('system-call-failed', `${name}: ${errnoName(-result)}`);
  return result;
}

/** "ECONNREFUSED" for 111. */
export function errnoName(errno: number): string {
  const found = Object.entries(koffi.os.errno).find(([, value]) => value === errno);
  return found?.[0] ?? `errno ${errno}`;
}

/**
 * poll(2) off the event loop. `fds` holds struct pollfd entries of 8 bytes, whose events come back in place.
 * @param timeout milliseconds, -1 for ever
 */
export function poll(fds: Uint8Array, timeout: number): Promise<number> {
  return new Promise((resolve, reject) => {
    pollCall.async(fds, fds.length / 8, timeout, (error: unknown, result: number) => {
      if (error === null || error === undefined) resolve(result);
      else reject(error);
    });
  });
}
