/** What can go wrong in the lab, by code. */
export const labErrors = {
  ManifestInvalid:
    'The manifests do not describe a cluster that the lab can build; the message names the object.',
  LabNotUp: 'No lab of this name is up.',
  LabBusy: 'Another process is bringing a lab of this name up or down.',
  TargetUnknown: 'A pod, node or address was named that the lab does not have.',
  TargetInvalid: 'A probe target is not written as POD[:PORT[/PROTOCOL]].',
  CommandFailed: 'A command of the system (ip, mount, a Weir program) failed; the message has its output.',
  SystemCallFailed: 'The kernel refused a system call.',
  NoRoute: 'The source has no route to the target, so a probe says nothing about policies.',
  ProcessEnded: 'A process of the lab ended early; the message has the end of its log.',
  Interrupted: 'A signal ended it; what was made has been removed.',
  TimedOut: 'What the lab waited for did not happen in time.',
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
