import type { BlockScope } from '../model/policy.ts';
import type { PeerIdentity } from './identify.ts';

/** Whether blocks match such a peer's address at all. What is neither a pod nor a node nor outside goes with the pods. */
export function isInScope(scope: BlockScope, { kind }: PeerIdentity): boolean {
  switch (kind) {
    case 'world':
      return true;
    case 'node':
      return scope.nodes;
    case 'pod':
    case 'special':
      return scope.pods;
  }
}
