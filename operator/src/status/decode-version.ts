import type { CidrGroup } from '../model/cidr-group.ts';
import type { Policy } from '../model/policy.ts';
import type { Settings } from '../model/settings.ts';
import { decodeObject } from '../source/decode/decode-object.ts';
import { versionedApiVersion, versionedKindName } from './policy-kinds.ts';
import type { VersionOwner } from './version-owner.ts';

/** What a stored version's content says; undefined: this operator would refuse it. */
export function decodeVersion(
  { kind, namespace, name }: VersionOwner,
  content: string,
  settings: Settings,
): Policy | CidrGroup | undefined {
  const { labels, ...said } = JSON.parse(content);
  const metadata = { name, ...(namespace !== '' && { namespace }), ...(labels && { labels }) };
  const value = { apiVersion: versionedApiVersion(kind), kind: versionedKindName(kind), metadata, ...said };
  const decoded = decodeObject(value, settings);
  if (decoded.kind !== 'object') return undefined;
  const { object } = decoded;
  const isAccepted =
    object.kind === 'Policy' || object.kind === 'TieredPolicy' || object.kind === 'CidrGroup';
  return isAccepted ? object : undefined;
}
