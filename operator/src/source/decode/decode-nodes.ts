import type { Requirement } from '../../model/labels.ts';
import type { EntityPeer, NodesPeer } from '../../model/policy.ts';
import { decodeSelector, type ReadKey } from './decode-selector.ts';
import { describe, type Field } from './field.ts';
import { podClusterKey } from './label-keys.ts';
import { selectorOf } from './scope-selector.ts';
import { nodeKey } from './selector-keys.ts';

/** A requirement on the cluster that a node is of, which is known beforehand. */
const isOfCluster = ({ source, key }: Requirement): boolean => source === 'k8s' && key === podClusterKey;

/** One entry of fromNodes or toNodes: other nodes by their labels. */
export function decodeNodes(
  field: Field,
  { clusterName, nodeSelectors }: { readonly clusterName: string; readonly nodeSelectors: boolean },
): NodesPeer | EntityPeer | undefined {
  if (!nodeSelectors)
    return field.refuse('nodes can only be selected with the setting enable-node-selector-labels');
  const requirements = decodeSelector(field, readKey);
  if (requirements === undefined) return undefined;
  if (!requirements.filter(isOfCluster).every((one) => holds(one, clusterName)))
    return { kind: 'entity', entity: 'none' };
  const selector = selectorOf(requirements.filter((one) => !isOfCluster(one)));
  return { kind: 'nodes', selector, includeLocal: false };
}

const readKey: ReadKey = (text, field) => {
  const [source, key] = text.includes(':') ? text.split(/:(.*)/s) : ['node', text];
  if (key === podClusterKey && source !== 'node') return { source: 'k8s', key };
  if (source !== 'any' && source !== 'node')
    return field.refuse(`${describe(text)}: nodes have labels of source node only`);
  return nodeKey(key ?? '', field);
};

function holds({ operator, values }: Requirement, value: string): boolean {
  switch (operator) {
    case 'In':
      return values.includes(value);
    case 'NotIn':
      return !values.includes(value);
    case 'Exists':
      return true;
    case 'DoesNotExist':
      return false;
  }
}
