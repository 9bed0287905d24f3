/** A verdict that an agent has logged. */
export interface LoggedFlow {
  readonly message: 'flow allowed' | 'flow denied' | 'flow would be denied';
  /** The pod that it was judged for, "namespace/name". */
  readonly endpoint: string;
  readonly direction: 'egress' | 'ingress';
  readonly peer: string | undefined;
  readonly source: string;
  readonly destination: string;
  readonly protocol: string | undefined;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** "allow", "deny", "default deny", or why no rule was asked. */
  readonly verdict: string | undefined;
  /** "CiliumNetworkPolicy shop/api spec.ingress[0]" */
  readonly rules: readonly string[] | undefined;
  readonly revision: number | undefined;
  readonly commit: number;
}

/** The verdicts in an agent's log, oldest first. Lines that are no JSON (a crash) are left out. */
export function loggedFlows(log: string): readonly LoggedFlow[] {
  return log
    .split('\n')
    .filter((line) => line.includes('"flow '))
    .flatMap((line) => parse(line) ?? []);
}

function parse(line: string): LoggedFlow | undefined {
  try {
    return JSON.parse(line) as LoggedFlow;
  } catch {
    return undefined;
  }
}
