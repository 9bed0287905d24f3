import type { PolicyRef } from '../model/policy.ts';
import type { RuleOrigin } from './table-content.ts';

export const originOf = ({ kind, namespace, name }: PolicyRef, rule: string): RuleOrigin => ({
  kind,
  namespace,
  name,
  rule,
});

/** A node reaches its own pods in spite of default deny (setting allow-localhost). */
export const localhostOrigin: RuleOrigin = { kind: 'Weir', namespace: '', name: 'allow-localhost', rule: '' };

/** Everything is isolated (setting enable-policy: always). */
export const alwaysOrigin: RuleOrigin = { kind: 'Weir', namespace: '', name: 'enable-policy', rule: '' };

/** Equal texts are equal origins. */
export const originText = ({ kind, namespace, name, rule }: RuleOrigin): string =>
  JSON.stringify([kind, namespace, name, rule]);
