export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a suite's output says of its tests: mocha's closing lines, or the plain line "N passed, N failed". */
export function countTests(output: string): Count | undefined {
  const plain = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?/gm)].at(-1);
  if (plain) return { passed: Number(plain[1]), failed: Number(plain[2]), skipped: Number(plain[3] ?? 0) };
  const passing = last(output, /^\s*(\d+) passing/gm);
  if (passing === undefined) return undefined;
  return {
    passed: passing,
    failed: last(output, /^\s*(\d+) failing/gm) ?? 0,
    skipped: last(output, /^\s*(\d+) pending/gm) ?? 0,
  };
}

function last(output: string, pattern: RegExp): number | undefined {
  const match = [...output.matchAll(pattern)].at(-1);
  return match === undefined ? undefined : Number(match[1]);
}
