import { readFileSync } from 'node:fs';

/** What the operator writes into its state folder. */
export interface OperatorStatus {
  readonly nodes: Readonly<Record<string, NodeStatus>>;
  readonly problems: readonly unknown[];
}

export interface NodeStatus {
  readonly connected: boolean;
  readonly revision: number;
  readonly enforced: number;
  readonly digest: string;
  readonly error?: string | null;
  readonly endpoints: number;
}

/** What an agent writes into its state folder. */
export interface AgentStatus {
  readonly revision: number;
  readonly digest: string;
  readonly endpoints: number;
  readonly commit: unknown;
  readonly attached: unknown;
}

/** undefined while there is no such file. */
export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
