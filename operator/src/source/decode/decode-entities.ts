import { type EntityPeer, entities } from '../../model/policy.ts';
import { describe, type Field } from './field.ts';

/** One entry of fromEntities or toEntities. */
export function decodeEntity(field: Field): EntityPeer | undefined {
  const text = field.string();
  if (text === undefined) return undefined;
  const entity = entities.find((name) => name === text);
  if (entity !== undefined) return { kind: 'entity', entity };
  return field.refuse(`must be one of ${entities.join(', ')}, is ${describe(text)}`);
}
