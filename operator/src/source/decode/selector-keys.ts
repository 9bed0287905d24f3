import type { LabelSource } from '../../model/labels.ts';
import type { ReadKey } from './decode-selector.ts';
import { describe } from './field.ts';
import { namespaceLabelsPrefix } from './label-keys.ts';
import { isLabelKey } from './names.ts';

const keyRule = "letters, digits, '-', '_' and '.', at most 63, after an optional DNS name and '/'";

/** Sources whose labels peers can have: those of pods and entities, and those that nothing in Kubernetes carries. */
const sources: ReadonlySet<string> = new Set<LabelSource>([
  'any',
  'k8s',
  'reserved',
  'container',
  'cni',
  'unspec',
  'directory',
]);
const unsupportedSources: ReadonlySet<string> = new Set<LabelSource>([
  'cidr',
  'cidrgroup',
  'fqdn',
  'node',
  'gen',
]);

const isSource = (text: string): text is LabelSource => sources.has(text);

/** A key of Cilium's kinds: `source:key`, or a bare key, which is of any source. */
export const ciliumKey: ReadKey = (text, field) => {
  const colon = text.indexOf(':');
  const source = colon < 0 ? 'any' : text.slice(0, colon);
  const key = text.slice(colon + 1);
  if (unsupportedSources.has(source))
    return field.refuse(`labels of source ${source} are not supported in selectors`);
  if (!isSource(source))
    return field.refuse(`unknown label source ${describe(source)}; known: ${[...sources].join(', ')}`);
  const name = key.startsWith(namespaceLabelsPrefix) ? key.slice(namespaceLabelsPrefix.length) : key;
  if (!isLabelKey(name)) return field.refuse(`${describe(key)} can't be the key of a label: ${keyRule}`);
  return { source, key };
};

/** A key without a source, which is meant to be of this one. */
const keyOf =
  (source: LabelSource): ReadKey =>
  (key, field) =>
    isLabelKey(key)
      ? { source, key }
      : field.refuse(`${describe(key)} can't be the key of a label: ${keyRule}`);

/** A key of NetworkPolicy's podSelector: a label of the pod itself. */
export const podKey = keyOf('k8s');

/** A key that selects nodes. */
export const nodeKey = keyOf('node');

/** A key that selects CiliumCIDRGroups. */
export const groupKey = keyOf('cidrgroup');

/** A key of NetworkPolicy's namespaceSelector: a label of the pod's namespace. */
export const namespaceKey: ReadKey = (text, field) => {
  const key = podKey(text, field);
  return key && { source: 'k8s', key: namespaceLabelsPrefix + key.key };
};
