import type { Policy, PolicyRef } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';
import { decodeObject } from '../source/decode/decode-object.ts';
import { policyApiVersion } from './policy-kinds.ts';

/** The policy of a stored version's content; undefined: this operator would refuse it. */
export function decodeVersion(ref: PolicyRef, content: string, settings: Settings): Policy | undefined {
  const { kind, namespace, name } = ref;
  const metadata = { name, ...(namespace !== '' && { namespace }) };
  const value = { apiVersion: policyApiVersion(kind), kind, metadata, ...JSON.parse(content) };
  const decoded = decodeObject(value, settings);
  if (decoded.kind !== 'object') return undefined;
  const { object } = decoded;
  return object.kind === 'Policy' || object.kind === 'TieredPolicy' ? object : undefined;
}
