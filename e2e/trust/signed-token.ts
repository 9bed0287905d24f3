import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane } from '../cluster/control-plane.ts';

type Claims = Readonly<Record<string, unknown>>;

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = (part: string | undefined): Claims =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Claims;

/** The token with other claims, signed with the API server's own key: what no TokenRequest would give in a test's time. */
export function withClaims(plane: ControlPlane, token: string, change: (claims: Claims) => Claims): string {
  const [header = '', payload] = token.split('.');
  const content = `${header}.${encode(change(decode(payload)))}`;
  const key = createPrivateKey(readFileSync(join(plane.directory, 'tokens.key')));
  const rsa = key.asymmetricKeyType === 'rsa';
  const signature = sign('sha256', Buffer.from(content), rsa ? key : { key, dsaEncoding: 'ieee-p1363' });
  return `${content}.${signature.toString('base64url')}`;
}

/** As if it had been issued so long ago that it ends in so many seconds; negative: it has ended. */
export const endingIn = (plane: ControlPlane, token: string, seconds: number): string =>
  withClaims(plane, token, (claims) => {
    const now = Math.floor(Date.now() / 1000);
    return { ...claims, iat: now - 3600, nbf: now - 3600, exp: now + seconds };
  });

/** As API servers before 1.30 issue it. */
export const withoutNode = (plane: ControlPlane, token: string): string =>
  withClaims(plane, token, (claims) => {
    const { node: _, ...bound } = claims['kubernetes.io'] as Claims;
    return { ...claims, 'kubernetes.io': bound };
  });
