import { getSystemErrorMap } from 'node:util';
import { AgentError, type AgentErrorCode } from '../errors.ts';

/** `ENOENT (2)` for 2 or -2. */
export function errnoText(number: number): string {
  const name = getSystemErrorMap().get(-Math.abs(number))?.[0] ?? 'errno';
  return `${name} (${Math.abs(number)})`;
}

/** The result of a libbpf call; what is negative becomes an AgentError that names the call. */
export function check(
  what: string,
  result: number,
  code: AgentErrorCode = 'kernel',
  fields: Readonly<Record<string, unknown>> = {},
): number {
  if (result >= 0) return result;
  throw new AgentError(code, `${what}: ${errnoText(result)}`, { ...fields, errno: -result });
}
