import { isolate } from '../../model/isolation.ts';
import type { LabelSelector } from '../../model/labels.ts';
import type { PolicyRef, TieredPolicy, TieredRule } from '../../model/policy.ts';
import type { Settings } from '../../model/settings.ts';
import { ipBlockScope } from './block-scope.ts';
import { selectPods, selectPodsOfNamespaces } from './decode-namespaced-pods.ts';
import { decodeTieredRule, type TieredContext } from './decode-tiered-rule.ts';
import { describe, type Field } from './field.ts';
import type { PolicyDraft } from './policy-draft.ts';
import { scopeOf } from './scope-selector.ts';

const greatestPriority = 1000;
const mostRules = 25;

/** policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy; the draft is valid if no problem was added. */
export function decodeClusterNetworkPolicy(root: Field, ref: PolicyRef, settings: Settings): PolicyDraft {
  root.object({ known: ['apiVersion', 'kind', 'metadata', 'spec', 'status'] });
  const spec = root.get('spec');
  spec.object({ known: ['tier', 'priority', 'subject', 'ingress', 'egress'] });
  const context = { scope: scopeOf('', settings), blocks: ipBlockScope(settings) };
  const tier = decodeTier(spec.get('tier'));
  const priority = spec.get('priority').integer(0, greatestPriority);
  const subject = decodeSubject(spec.get('subject'));
  const ingress = decodeRules(spec.get('ingress'), { ...context, direction: 'ingress' });
  const egress = decodeRules(spec.get('egress'), { ...context, direction: 'egress' });
  const policy: TieredPolicy = {
    kind: 'TieredPolicy',
    ref,
    tier: tier ?? 'admin',
    priority: priority ?? 0,
    subject: subject ?? { requirements: [] },
    ingress,
    egress,
  };
  const directions = { ingress: mayDeny(spec.get('ingress')), egress: mayDeny(spec.get('egress')) };
  const rules = subject === undefined ? [] : [isolate({ path: spec.path, subject }, directions)];
  return { policy, isolation: { kind: 'Policy', ref, rules } };
}

function decodeTier(field: Field): TieredPolicy['tier'] | undefined {
  if (field.value === 'Admin') return 'admin';
  if (field.value === 'Baseline') return 'baseline';
  return field.refuse(`must be Admin or Baseline, is ${describe(field.value)}`);
}

function decodeSubject(field: Field): LabelSelector | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['namespaces', 'pods'] });
  const [namespaces, pods] = [field.get('namespaces'), field.get('pods')];
  if (namespaces.present === pods.present) return field.refuse('must have one of namespaces, pods');
  return namespaces.present ? selectPodsOfNamespaces(namespaces, undefined) : selectPods(pods, undefined);
}

function decodeRules(field: Field, context: TieredContext): readonly TieredRule[] {
  const items = field.items();
  if (items.length > mostRules) field.refuse(`has ${items.length} rules; at most ${mostRules} are allowed`);
  return items.map((item) => decodeTieredRule(item, context)).filter((rule) => rule !== undefined);
}

/** Whether a rule of the list, as far as it can be read, forbids something: rules that only accept open nothing if left out. */
function mayDeny(field: Field): boolean {
  if (!field.present) return false;
  if (!Array.isArray(field.value)) return true;
  return field.items().some((item) => item.get('action').value !== 'Accept');
}
