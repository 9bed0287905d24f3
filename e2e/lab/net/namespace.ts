import { closeSync, openSync } from 'node:fs';
import { LabError } from '../errors.ts';
import { call, tryCall } from './libc.ts';

const CLONE_NEWNET = 0x4000_0000;

/** Where named network namespaces are, as `ip netns` lays them out. */
export const namespaceFolder = '/run/netns';

export const namespacePath = (name: string): string => `${namespaceFolder}/${name}`;

/**
 * Runs `body` in a network namespace. A thread has one namespace, so `body` must be synchronous and must not start
 * work on other threads; sockets that it opens stay in the namespace, also /proc/sys/net is the namespace's.
 * @throws LabError system-call-failed
 */
export function inNamespace<T>(name: string, body: () => T): T {
  const home = openSync('/proc/thread-self/ns/net', 'r');
  try {
    const target = openNamespace(name);
    try {
      call('setns', target, CLONE_NEWNET);
    } finally {
      closeSync(target);
    }
    try {
      return body();
    } finally {
      // Going on in a foreign namespace would put every later socket into it.
      if (tryCall('setns', home, CLONE_NEWNET) < 0) process.abort();
    }
  } finally {
    closeSync(home);
  }
}

function openNamespace(name: string): number {
  try {
    return openSync(namespacePath(name), 'r');
  } catch (error) {
    throw new LabError('lab-not-up', `network namespace ${name} does not exist`, error);
  }
}
