import { AgentError } from '../errors.ts';

/** An item of the bundle can't be made into words; `key` is a latin1 text. */
export const invalid = (message: string, key: string): AgentError =>
  new AgentError('image-invalid', message, { key: Buffer.from(key, 'latin1').toString('hex') });

/** A node's share is more than an image can hold. */
export const overLimit = (what: string, count: number, limit: number): AgentError =>
  new AgentError('over-limit', `${count} ${what}, at most ${limit}`, { what, count, limit });
