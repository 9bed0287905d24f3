import type { Log } from '@weir/log/log.ts';
import type { ControllerMetrics } from '../controller/controller.ts';
import type { ApiClient, ApiRequest } from '../source/kube/api-client.ts';
import type { WriteGate } from './write-gate.ts';

/** What is written. */
export type WriteKind = 'bundle' | 'policy' | 'version' | 'event';

/** What everything that writes status has in common. */
export interface Writing {
  /** For reading. */
  readonly client: ApiClient;
  /** For writing: ends with this operator's stop, since the API server may be away then. Throws ApiErrors. */
  readonly write: (kind: WriteKind, request: ApiRequest) => Promise<unknown>;
  /** How many writes the API server has answered, well or not. */
  readonly answers: () => number;
  readonly gate: WriteGate;
  /** Whether this operator may write. */
  readonly leading: () => boolean;
  /** Milliseconds since 1970: only told, and compared with what push tells. */
  readonly clock: () => number;
  /** Milliseconds, monotonic. */
  readonly monotonic: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly metrics: (controller: string) => ControllerMetrics | undefined;
}

export const mergePatch = 'application/merge-patch+json';
