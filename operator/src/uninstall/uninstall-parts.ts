import type { ApiClient } from '../source/kube/api-client.ts';

export interface UninstallParts {
  readonly client: ApiClient;
  readonly namespace: string;
  /** false: only says what it would do. */
  readonly yes: boolean;
  readonly timeoutMs: number;
  /** Milliseconds, monotonic. */
  readonly monotonic: () => number;
  readonly write: (line: string) => void;
  readonly signal: AbortSignal;
}
