/** What can go wrong in a test cluster, by code. */
export const clusterErrors = {
  'build-failed':
    'A program of the control plane could not be built; the message has what the compiler said.',
  'command-failed': 'A command of the system or kubectl failed; the message has its output.',
  'component-ended': 'A component of the control plane ended early; the message has the end of its log.',
  'component-not-ready': 'A component of the control plane did not become ready in time.',
  'option-invalid': 'An option says what a test cluster cannot be.',
  'pod-unknown': 'A pod was named that the cluster does not have, or that has no network yet.',
  'timed-out': 'What the cluster waited for did not happen in time.',
} as const;

export type ClusterErrorCode = keyof typeof clusterErrors;

/** The only error that the test cluster throws on purpose; `code` is stable. */
export class ClusterError extends Error {
  readonly code: ClusterErrorCode;

  constructor(code: ClusterErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ClusterError';
    this.code = code;
  }
}
