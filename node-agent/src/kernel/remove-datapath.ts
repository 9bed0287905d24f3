import { existsSync } from 'node:fs';
import { type Abandoned, Attachments } from './attachments.ts';
import { captureLibbpfLog } from './libbpf-log.ts';
import { Lock } from './lock.ts';
import { PinDirectory } from './pin-directory.ts';

/** What was removed of a node. */
export interface Removed extends Abandoned {
  /** Pinned ones, of all sets. */
  readonly programs: number;
  readonly maps: number;
}

/**
 * Detaches and unpins all of a pin directory; nothing where there is none. Throws AgentError `locked` while an agent
 * runs there.
 */
export function removeDatapath(pinDir: string): Removed {
  if (!existsSync(pinDir)) return { links: 0, filters: 0, qdiscs: 0, programs: 0, maps: 0 };
  captureLibbpfLog();
  const pins = new PinDirectory(pinDir);
  const lock = new Lock(pins.path);
  try {
    const removed = { ...new Attachments(pins, 'tcx').abandon(), ...pins.pinned() };
    pins.remove();
    return removed;
  } finally {
    lock.close();
  }
}
