import type { ClusterObject, ObjectKey } from './event.ts';

export function keyOf(object: ClusterObject): ObjectKey {
  switch (object.kind) {
    case 'Namespace':
    case 'Node':
    case 'CidrGroup':
    case 'SpecialAddress':
      return { kind: object.kind, namespace: '', name: object.name };
    case 'RefusedCidrGroup':
      return { kind: 'CidrGroup', namespace: '', name: object.name };
    case 'Pod':
    case 'Service':
    case 'EndpointSlice':
      return { kind: object.kind, namespace: object.namespace, name: object.name };
    case 'Policy':
    case 'TieredPolicy':
    case 'RefusedPolicy':
      return object.ref;
  }
}

/** Unique among all objects. */
export const keyText = ({ kind, namespace, name }: ObjectKey): string => `${kind}/${namespace}/${name}`;
