import type { PolicyRef } from '../model/policy.ts';
import type { RuleOrigin } from './table-content.ts';

export const originOf = ({ kind, namespace, name }: PolicyRef, rule: string): RuleOrigin =>
  origin(kind, namespace, name, rule);

function origin(kind: string, namespace: string, name: string, rule: string): RuleOrigin {
  return { kind, namespace, name, rule, text: JSON.stringify([kind, namespace, name, rule]) };
}

/** A node reaches its own pods in spite of default deny (setting allow-localhost). */
export const localhostOrigin = origin('Weir', '', 'allow-localhost', '');

/** Everything is isolated (setting enable-policy: always). */
export const alwaysOrigin = origin('Weir', '', 'enable-policy', '');
