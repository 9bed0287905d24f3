import type { Entity, EntityPeer } from '../../model/policy.ts';
import { describe, type Field } from './field.ts';

const supported = [
  'all',
  'world',
  'host',
  'remote-node',
  'cluster',
  'none',
] as const satisfies readonly Entity[];
const unsupported: ReadonlySet<string> = new Set([
  'cluster-mesh',
  'kube-apiserver',
  'ingress',
  'init',
  'health',
  'unmanaged',
]);

/** One entry of fromEntities or toEntities. */
export function decodeEntity(field: Field): EntityPeer | undefined {
  const text = field.string();
  if (text === undefined) return undefined;
  const entity = supported.find((name) => name === text);
  if (entity !== undefined) return { kind: 'entity', entity };
  if (unsupported.has(text)) return field.refuse(`entity ${text} is not supported by this version of Weir`);
  return field.refuse(`must be one of ${supported.join(', ')}, is ${describe(text)}`);
}
