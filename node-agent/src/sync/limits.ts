/** What the agent takes from an operator at most; far above what an image can hold, so that it only stops nonsense. */
export const limits = {
  /** Items of a bundle. */
  items: 4_000_000,
  /** Encoded bytes of a snapshot or delta, all chunks. */
  bytes: 1024 * 1024 * 1024,
  /** Bytes of a uid, name or text. */
  text: 4_096,
  /** Characters of an outcome's log, which has a text of each policy that decides. */
  log: 1_000_000,
  /** Labels of an identity. */
  labels: 1_024,
  /** Entries, outcomes or selectors of a table, origins of an outcome, blocks of a selector, excepts of a block, ports and addresses of a service. */
  list: 1_000_000,
  /** Snapshots and deltas that wait for their turn; an operator that waits for Applied sends none ahead. */
  queue: 16,
} as const;
