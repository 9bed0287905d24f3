/** Every code of AgentError and what it means; docs/errors.md says what to do. */
export const agentErrors = {
  config: 'A flag or the environment is wrong.',
  netlink: 'The kernel refused a netlink request.',
} as const;

export type AgentErrorCode = keyof typeof agentErrors;

/** The agent's only error class; `code` is stable, the message is for people, `fields` go to the log. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly code: AgentErrorCode;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: AgentErrorCode, message: string, fields: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
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
