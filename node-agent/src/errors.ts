/** Every code of AgentError and what it means; docs/errors.md says what to do. */
export const agentErrors = {
  config: 'A flag or the environment is wrong.',
  credentials: 'A file with the token, certificate or authority can not be used; the agent tries again.',
  netlink: 'The kernel refused a netlink request.',
  kernel: 'The kernel or libbpf refused a request about programs, maps, links or pins.',
  object: 'The object file of the programs is missing, damaged, or not of the layout that this agent writes.',
  verifier: "The kernel's verifier refused the programs.",
  attach: 'The programs could not be attached to an interface.',
  locked: 'Another agent holds the pin directory.',
  'image-invalid': 'An item of the bundle can not be made into words; the last image stays in force.',
  'over-limit': 'An image does not fit what the programs can index; the last one stays in force.',
  'read-back': 'What was written is not what the maps hold; the last generation stays in force.',
  busy: 'A commit was asked for while another one was running.',
  'sync-violation':
    'The operator sent what does not follow from what the agent has; a snapshot is asked for.',
  'last-good-damaged': 'The file with the last good bundle can not be used, or not be written.',
} as const;

export type AgentErrorCode = keyof typeof agentErrors;

/** The agent's only error class; `code` is stable, the message is for people, `fields` go to the log. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: AgentErrorCode;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    code: AgentErrorCode,
    message: string,
    fields: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(`${code}: ${message}`, cause === undefined ? {} : { cause });
    this.code = code;
    this.fields = fields;
  }

  /** Whatever was thrown, as an error of this class. */
  static from(thrown: unknown, code: AgentErrorCode): AgentError {
    if (thrown instanceof AgentError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new AgentError(code, message, {}, thrown);
  }
}
