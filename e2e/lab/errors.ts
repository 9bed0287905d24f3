/** What can go wrong in the lab, by code. */
export const labErrors = {
  'manifest-invalid':
    'The manifests do not describe a cluster that the lab can build; the message names the object.',
  'lab-not-up': 'No lab of this name is up.',
  'lab-busy': 'Another process is bringing a lab of this name up or down.',
  'target-unknown': 'A pod, node or address was named that the lab does not have.',
  'target-invalid': 'A probe target is not written as POD[:PORT[/PROTOCOL]].',
  'command-failed': 'A command of the system (ip, mount, a Weir program) failed; the message has its output.',
  'system-call-failed': 'The kernel refused a system call.',
  'no-route': 'The source has no route to the target, so a probe says nothing about policies.',
  'process-ended': 'A process of the lab ended early; the message has the end of its log.',
  interrupted: 'A signal ended it; what was made has been removed.',
  'timed-out': 'What the lab waited for did not happen in time.',
} as const;

export type LabErrorCode = keyof typeof labErrors;

/** The only error that the lab throws on purpose; `code` is stable. */
export class LabError extends Error {
  readonly code: LabErrorCode;

  constructor(code: LabErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LabError';
    this.code = code;
  }
}
