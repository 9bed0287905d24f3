/** What a ServiceAccount token says of itself; nothing of it is proved. */
export interface TokenClaims {
  readonly audiences: readonly string[];
  /** Milliseconds since 1970; undefined: it says none. */
  readonly expires: number | undefined;
}

/** Undefined where the text is no JSON Web Token (RFC 7519). */
export function readClaims(token: string): TokenClaims | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (typeof claims !== 'object' || claims === null) return undefined;
    const { aud, exp } = claims as Readonly<Record<string, unknown>>;
    const audiences = (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string');
    return { audiences, expires: typeof exp === 'number' ? exp * 1000 : undefined };
  } catch {
    return undefined;
  }
}
