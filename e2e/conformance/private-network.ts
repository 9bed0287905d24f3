import { execFileSync } from 'node:child_process';
import koffi from 'koffi';

const unshare = koffi.load('libc.so.6').func('int unshare(int flags)') as (flags: number) => number;
/** CLONE_NEWNET of unshare(2). */
const newNetwork = 0x4000_0000;

/**
 * Moves this thread into a network namespace of its own with `count` interfaces, whose indices begin at `first`.
 * Namespace and interfaces go with the process. Throws an Error where the process may not do that.
 */
export function enterPrivateNetwork(first: number, count: number): void {
  if (unshare(newNetwork) !== 0) throw new Error('a network namespace of its own needs root (CAP_SYS_ADMIN)');
  const indices = Array.from({ length: count }, (_, at) => first + at);
  // Kernels without the dummy device have veth, which the product needs anyway.
  const commands = indices.map(
    (index) =>
      `link add index ${index} name weir${index} type veth peer name peer${index} index ${index + count}\n`,
  );
  execFileSync('ip', ['-batch', '-'], { input: commands.join('') });
}
