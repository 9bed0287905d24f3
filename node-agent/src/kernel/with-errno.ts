import koffi from 'koffi';

/** errno of this thread. A native function: one of JavaScript around it would be a place where V8 collects garbage. */
export const errno: () => number = koffi.errno;

/**
 * A C function that says -1 where it fails, as one that says -errno then, as libbpf's do. errno is read before anything
 * else can happen: the garbage collector, which may run wherever a function of JavaScript begins, leaves the errno of its
 * own locks (EAGAIN of futex(2)).
 */
export const withErrno =
  <Arguments extends unknown[]>(call: (...args: Arguments) => number | bigint) =>
  (...args: Arguments): number => {
    const result = call(...args);
    return result < 0 ? -errno() : Number(result);
  };
