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
  /** From the bundle's arrival to its commit. */
  readonly applyMs: number;
  readonly endpoints: number;
}

/** What an agent writes into its state folder. */
export interface AgentStatus {
  readonly revision: number;
  readonly digest: string;
  /** Number of the commit that is active. */
  readonly commit: number;
  readonly endpoints: number;
  /** Interfaces with programs. */
  readonly attached: number;
  /** Interfaces that are about to get them. */
  readonly attaching: number;
  /** Interfaces whose pods have gone. */
  readonly closed: number;
  readonly sinceStart: { readonly commits: number; readonly wordsWritten: number };
}
