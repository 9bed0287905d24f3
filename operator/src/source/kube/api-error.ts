import { OperatorError } from '../../errors.ts';

/**
 * A request that the API server refused (`api-refused`) or did not answer as it should (`api-unreachable`: no
 * connection, a timeout, a cut, bytes that are no JSON).
 */
export class ApiError extends OperatorError {
  /** HTTP status; 0 where there was none. */
  readonly status: number;
  /** metav1.Status.reason ("Conflict", "Expired", …); empty where there was none. */
  readonly reason: string;
  /** How long the API server asks to wait. */
  readonly retryAfterMs: number | undefined;

  private constructor(
    code: 'api-refused' | 'api-unreachable',
    message: string,
    { status, reason, retryAfterMs }: Pick<ApiError, 'status' | 'reason' | 'retryAfterMs'>,
    cause?: unknown,
  ) {
    super(code, message, cause);
    this.name = 'ApiError';
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }

  static unreachable(what: string, cause: unknown): ApiError {
    const why = cause instanceof Error ? cause.message : String(cause);
    const none = { status: 0, reason: '', retryAfterMs: undefined };
    return new ApiError('api-unreachable', `${what}: ${why}`, none, cause);
  }

  /**
   * @param status HTTP status, or code of the Status object of a watch's ERROR event
   * @param body metav1.Status, or whatever else came
   */
  static refused(what: string, status: number, body: unknown, retryAfterMs?: number): ApiError {
    const { reason, message } = statusOf(body);
    const why = message === '' ? `HTTP status ${status}` : message;
    return new ApiError('api-refused', `${what}: ${why}`, { status, reason, retryAfterMs });
  }

  /** The asked resource version or continue token is older than what the API server still has. */
  get expired(): boolean {
    return this.status === 410 || this.reason === 'Expired' || this.reason === 'Gone';
  }

  /** Nobody is served now, or not as much as is asked for; the request itself may be right. */
  get away(): boolean {
    return [0, 429, 503, 504].includes(this.status);
  }

  get conflict(): boolean {
    return this.status === 409;
  }

  get notFound(): boolean {
    return this.status === 404;
  }
}

function statusOf(body: unknown): { readonly reason: string; readonly message: string } {
  if (typeof body !== 'object' || body === null) return { reason: '', message: shorten(String(body ?? '')) };
  const reason = 'reason' in body && typeof body.reason === 'string' ? body.reason : '';
  const message = 'message' in body && typeof body.message === 'string' ? body.message : '';
  return { reason, message: shorten(message) };
}

const shorten = (text: string): string => (text.length > 500 ? `${text.slice(0, 499)}…` : text);
