import type { Log } from '@weir/log/log.ts';
import { equalDigest } from '@weir/proto/digest.ts';
import type { Agent } from './agent.ts';
import type { Active } from './kernel/active.ts';
import { Desired } from './sync/desired.ts';
import type { LastGood } from './sync/last-good-format.ts';

export interface ResumeFacts {
  /** The last good bundle of the file. */
  readonly stored: LastGood | undefined;
  /** Of this boot. */
  readonly bootId: string;
  /** What the kernel enforced before the agent was started. */
  readonly active: Active | undefined;
  /** The node's own addresses at the last commit. */
  readonly formerOwn: readonly Uint8Array[];
}

/** Starts from the last good bundle where that is what was enforced last; gives what the agent then has. */
export async function resume(agent: Agent, facts: ResumeFacts, log: Log): Promise<Desired> {
  const { stored, bootId, active, formerOwn } = facts;
  // After a reboot pods have other addresses: another pod's could be among the stored ones.
  if (stored === undefined || stored.bootId !== bootId) return new Desired();
  // The file is written a moment after the commit; what the kernel enforces must not step back to it.
  if (active && !active.damaged && !equalDigest(active.digest, stored.bundle.digest)) return new Desired();
  try {
    await agent.resume(stored.bundle, formerOwn);
    return stored.bundle;
  } catch (error) {
    log.error('last good bundle can not be enforced', { error: String(error) });
    return new Desired();
  }
}
