import type { Log } from '@weir/log/log.ts';
import type { AgentConfig } from './config.ts';
import type { Clock } from './kernel/clock.ts';

/** What a running agent is given from outside. */
export interface RunParts {
  readonly config: AgentConfig;
  readonly version: string;
  readonly log: Log;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Ends the run. */
  readonly signal: AbortSignal;
}
