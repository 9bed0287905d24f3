import type { FlowVerdict } from '../evaluate/evaluate-flow.ts';
import type { Origin, Reason, Verdict } from '../evaluate/verdict.ts';

/** What `explain` answers, as JSON has it. */
export interface Explanation {
  readonly from: string;
  readonly to: string;
  /** "80/TCP". */
  readonly port: string;
  readonly verdict: 'allow' | 'deny';
  readonly egress: ExplainedHalf;
  readonly ingress: ExplainedHalf;
  /** Where the flow is for a service. */
  readonly service?: { readonly name: string; readonly backends: readonly string[] };
}

export interface ExplainedHalf {
  readonly verdict: 'allow' | 'deny';
  readonly reason: Reason;
  readonly rules: readonly ExplainedRule[];
}

export interface ExplainedRule {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly rule: string;
  /** `spec.log.value`; empty: none. */
  readonly log: string;
}

export function explanationOf(
  asked: Pick<Explanation, 'from' | 'to' | 'port'>,
  { verdict, egress, ingress, service }: FlowVerdict,
): Explanation {
  const { from, to, port } = asked;
  const halves = { verdict, egress: halfOf(egress), ingress: halfOf(ingress) };
  if (!service) return { from, to, port, ...halves };
  const name = [service.service.namespace, service.service.name].join('/');
  const backends = service.backends.map(({ address, port: number }) => {
    const text = address.text.slice(0, address.text.indexOf('/'));
    return address.family === 6 ? `[${text}]:${number}` : `${text}:${number}`;
  });
  return { from, to, port, ...halves, service: { name, backends } };
}

const halfOf = ({ verdict, reason, origins }: Verdict): ExplainedHalf => ({
  verdict,
  reason,
  rules: origins.map(ruleOf),
});

const ruleOf = ({ ref: { kind, namespace, name }, path, log }: Origin): ExplainedRule => ({
  kind,
  namespace,
  name,
  rule: path,
  log,
});

const reasons: Readonly<Record<Reason, string>> = {
  rule: 'by',
  default: 'no rule allows it; isolated by',
  'not-isolated': 'no policy isolates the pod',
  localhost: 'a node reaches its own pods (allow-localhost)',
  self: 'a pod reaches itself',
  'no-backends': 'the service has no backend that serves',
  'not-governed': 'no policy governs this end',
  disabled: 'the cluster enforces no policy (enable-policy: never)',
};

/** For people: the verdict, then both halves with the policies and rules that decide. */
export function explanationLines(explanation: Explanation): readonly string[] {
  const { from, to, port, verdict, egress, ingress, service } = explanation;
  return [
    `${verdict}: ${from} -> ${to} ${port}`,
    ...(service ? [`  service ${service.name}, backends: ${service.backends.join(', ') || 'none'}`] : []),
    ...halfLines('egress', egress),
    ...halfLines('ingress', ingress),
  ];
}

function halfLines(direction: string, { verdict, reason, rules }: ExplainedHalf): readonly string[] {
  // With enable-policy: always a pod is isolated and no policy is to blame.
  const why = reason === 'default' && rules.length === 0 ? 'no rule allows it' : reasons[reason];
  return [
    `  ${direction} ${verdict}: ${why}`,
    ...rules.map(({ kind, namespace, name, rule, log }) => {
      const policy = [namespace, name].filter(Boolean).join('/');
      return `    ${kind} ${policy} ${rule}${log === '' ? '' : ` (log: ${log})`}`;
    }),
  ];
}
