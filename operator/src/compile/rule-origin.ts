import type { PolicyRef } from '../model/policy.ts';
import type { RuleOrigin } from './table-content.ts';

/** `log`: what the rule wants to be told with its verdicts; empty: nothing. */
export const originOf = (ref: PolicyRef, rule: string, log: string): RuleOrigin => new Origin(ref, rule, log);

type OriginRef = Pick<RuleOrigin, 'kind' | 'namespace' | 'name'>;

/** Origins outlive the compilation of their tables, so what can be told from the policy again is not kept. */
class Origin implements RuleOrigin {
  readonly #ref: OriginRef;
  readonly rule: string;
  readonly log: string;

  constructor(ref: OriginRef, rule: string, log: string) {
    this.#ref = ref;
    this.rule = rule;
    this.log = log;
  }

  get kind(): string {
    return this.#ref.kind;
  }

  get namespace(): string {
    return this.#ref.namespace;
  }

  get name(): string {
    return this.#ref.name;
  }

  get text(): string {
    const { kind, namespace, name } = this.#ref;
    return JSON.stringify([kind, namespace, name, this.rule]);
  }
}

/** A node reaches its own pods in spite of default deny (setting allow-localhost). */
export const localhostOrigin = new Origin({ kind: 'Weir', namespace: '', name: 'allow-localhost' }, '', '');

/** Everything is isolated (setting enable-policy: always). */
export const alwaysOrigin = new Origin({ kind: 'Weir', namespace: '', name: 'enable-policy' }, '', '');
