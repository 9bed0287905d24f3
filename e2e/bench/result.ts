/** One number of bench-results.json. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
}

/** What must be reached, by name of the number. */
export const thresholds: Readonly<Record<string, number>> = {
  verdict_ratio_10k: 6,
  verdict_ratio_50k: 8,
  search_v6_ratio_50k: 4,
  search_v6_ratio_50k_pods: 2.5,
  bytes_per_prefix_50k: 180,
  established_ns: 120,
  agent_rss_mb: 120,
  agent_restart_ms: 1000,
  agent_restart_misjudged: 0,
  first_compile_s: 6,
  first_compile_mb: 1600,
  one_pod_delta_p99_ms: 2,
  ...Object.fromEntries(
    ['apply', 'delete', 'pod_created', 'pod_relabelled'].flatMap((change) => [
      [`${change}_to_enforced_p50_ms`, 60],
      [`${change}_to_enforced_p99_ms`, 200],
    ]),
  ),
};

/** One line of the table: name, value, and whether the threshold is reached. */
export function formatResult({ name, value, unit, better }: Result): string {
  const line = `${name.padEnd(34)} ${format(value).padStart(10)} ${unit.padEnd(8)}`;
  const threshold = thresholds[name];
  if (threshold === undefined) return line.trimEnd();
  const reached = better === 'higher' ? value >= threshold : value <= threshold;
  return `${line} ${better === 'higher' ? '≥' : '≤'} ${threshold}: ${reached ? 'ok' : 'not reached'}`;
}

const format = (value: number): string => {
  if (value >= 1000) return value.toFixed(0);
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
};
