/** Every code of OperatorError and what it means; docs/errors.md says what to do. */
export const operatorErrors = {
  certificate: 'A certificate or key in the state folder is unreadable, expired or does not fit.',
  listen: 'The address for agents can not be listened on.',
} as const;

export type OperatorErrorCode = keyof typeof operatorErrors;

/** The operator's only error class; `code` is stable, the message is for people, `fields` go to the log. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly code: OperatorErrorCode;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    code: OperatorErrorCode,
    message: string,
    fields: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(`${code}: ${message}`, cause === undefined ? {} : { cause });
    this.code = code;
    this.fields = fields;
  }

  /** Whatever was thrown, as an error of this class. */
  static from(thrown: unknown, code: OperatorErrorCode): OperatorError {
    if (thrown instanceof OperatorError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new OperatorError(code, message, {}, thrown);
  }
}
