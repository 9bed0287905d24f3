import type { Labels } from '../../model/labels.ts';
import { describe, type Field } from './field.ts';
import { isDnsLabel, isDnsSubdomain } from './names.ts';
import { SharedValues, sharedText } from './shared-values.ts';

/** What of an object's metadata means something here. */
export interface Metadata {
  readonly name: string;
  /** Empty for objects of cluster scope. */
  readonly namespace: string;
}

/** Undefined, with a problem added, where the object can't be told from others. */
export function decodeMetadata(field: Field, scope: 'namespace' | 'cluster'): Metadata | undefined {
  if (!field.object()) return undefined;
  const name = readName(field.get('name'));
  const namespace = scope === 'namespace' ? readNamespace(field.get('namespace')) : '';
  if (scope === 'cluster' && (field.get('namespace').value ?? '') !== '')
    field.get('namespace').refuse('must be absent: the kind is of cluster scope');
  return name === undefined || namespace === undefined
    ? undefined
    : { name, namespace: sharedText(namespace) };
}

function readName(field: Field): string | undefined {
  const name = field.string();
  if (name === undefined || isDnsSubdomain(name)) return name;
  return field.refuse(`${describe(name)} is no DNS name (lower-case letters, digits, '-' and '.')`);
}

function readNamespace(field: Field): string | undefined {
  if (!field.present || field.value === '') return 'default';
  const name = field.string();
  if (name === undefined || isDnsLabel(name)) return name;
  return field.refuse(`${describe(name)} is no namespace (at most 63 lower-case letters, digits and '-')`);
}

const labelSets = new SharedValues<Labels>(2048);

/** The pods of a workload have the same ones. */
export function decodeLabels(metadata: Field): Labels {
  const labels = metadata.get('labels').stringMap();
  return labelSets.share(JSON.stringify([...labels]), labels);
}
