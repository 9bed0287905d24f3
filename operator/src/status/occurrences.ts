import type { Problem } from '../model/event.ts';
import type { GroupObject, NodeObject, PolicyObject } from '../source/kube/object-facts.ts';
import type { Occurrence } from './event-recorder.ts';
import { problemsText } from './policy-findings.ts';
import { versionedApiVersion, versionedKindName } from './policy-kinds.ts';

/** That a policy's newest version is refused, or withheld. */
export function policyRefused({ ref, uid }: PolicyObject, problems: readonly Problem[]): Occurrence {
  const { kind, namespace, name } = ref;
  return {
    regarding: { apiVersion: versionedApiVersion(kind), kind, namespace, name, uid },
    type: 'Warning',
    reason: 'PolicyRefused',
    action: 'Validate',
    note: problemsText(problems),
  };
}

/** That a CiliumCIDRGroup's newest version is refused. */
export const groupRefused = ({ ref: { kind, name }, uid, refused }: GroupObject): Occurrence => ({
  regarding: {
    ...{ apiVersion: versionedApiVersion(kind), kind: versionedKindName(kind) },
    ...{ namespace: '', name, uid },
  },
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
