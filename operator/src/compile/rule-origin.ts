import type { PolicyRef } from '../model/policy.ts';
import type { RuleOrigin } from './table-content.ts';

/** `log`: what the rule wants to be told with its verdicts; empty: nothing. */
export const originOf = ({ kind, namespace, name }: PolicyRef, rule: string, log: string): RuleOrigin =>
  origin(kind, namespace, name, rule, log);

function origin(kind: string, namespace: string, name: string, rule: string, log: string): RuleOrigin {
  return { kind, namespace, name, rule, log, text: JSON.stringify([kind, namespace, name, rule]) };
}

/** A node reaches its own pods in spite of default deny (setting allow-localhost). */
export const localhostOrigin = origin('Weir', '', 'allow-localhost', '', '');

/** Everything is isolated (setting enable-policy: always). */
export const alwaysOrigin = origin('Weir', '', 'enable-policy', '', '');
