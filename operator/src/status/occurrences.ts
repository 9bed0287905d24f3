import type { GroupObject, NodeObject, PolicyObject } from '../source/kube/object-facts.ts';
import type { Occurrence } from './event-recorder.ts';
import { problemsText } from './policy-findings.ts';
import { policyApiVersion } from './policy-kinds.ts';

/** That a policy's newest version is refused. */
export function policyRefused({ ref, uid, refused }: PolicyObject): Occurrence {
  const { kind, namespace, name } = ref;
  return {
    regarding: { apiVersion: policyApiVersion(kind), kind, namespace, name, uid },
    type: 'Warning',
    reason: 'PolicyRefused',
    action: 'Validate',
    note: problemsText(refused),
  };
}

/** That a CiliumCIDRGroup's newest version is refused. */
export const groupRefused = (name: string, { uid, refused }: GroupObject): Occurrence => ({
  regarding: { apiVersion: 'cilium.io/v2', kind: 'CiliumCIDRGroup', namespace: '', name, uid },
  type: 'Warning',
  reason: 'CIDRGroupRefused',
  action: 'Validate',
  note: problemsText(refused),
});

/** That a node's agent could not apply a revision. */
export const policyNotApplied = (node: string, { uid }: NodeObject, error: string): Occurrence => ({
  regarding: { apiVersion: 'v1', kind: 'Node', namespace: '', name: node, uid },
  type: 'Warning',
  reason: 'PolicyNotApplied',
  action: 'Apply',
  note: error,
});
