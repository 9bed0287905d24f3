import type { Namespace } from '../../model/endpoint.ts';
import { decodeLabels, type Metadata } from './decode-metadata.ts';
import type { Field } from './field.ts';

/** The label that the API server gives every namespace; a manifest need not name it. */
const nameLabel = 'kubernetes.io/metadata.name';

export function decodeNamespace(root: Field, { name }: Metadata): Namespace {
  return {
    kind: 'Namespace',
    name,
    labels: new Map([...decodeLabels(root.get('metadata')), [nameLabel, name]]),
  };
}
