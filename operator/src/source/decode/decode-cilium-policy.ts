import type { PolicyRef, PolicyRule, RuleItem } from '../../model/policy.ts';
import type { Settings } from '../../model/settings.ts';
import { type Direction, decodeCiliumItem } from './decode-cilium-item.ts';
import { decodeSelector } from './decode-selector.ts';
import type { Field } from './field.ts';
import { draftPolicy, draftRule, type PolicyDraft, type RuleDraft } from './policy-draft.ts';
import { overwrittenLabel, type Scope, scopeCiliumSubject, scopeOf } from './scope-selector.ts';
import { ciliumKey } from './selector-keys.ts';

const lists = ['ingress', 'ingressDeny', 'egress', 'egressDeny'] as const;

/** CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy; the draft is valid if no problem was added. */
export function decodeCiliumPolicy(root: Field, ref: PolicyRef, settings: Settings): PolicyDraft {
  root.object({ known: ['apiVersion', 'kind', 'metadata', 'spec', 'specs', 'status'] });
  const specs = [...(root.get('spec').present ? [root.get('spec')] : []), ...root.get('specs').items()];
  if (specs.length === 0) root.refuse('must have spec or specs, and specs at least one entry');
  const scope = scopeOf(ref.namespace, settings);
  const drafts = specs.map((spec) => decodeRule(spec, ref, scope));
  return draftPolicy(
    ref,
    drafts.filter((draft) => draft !== undefined),
  );
}

function decodeRule(field: Field, ref: PolicyRef, scope: Scope): RuleDraft | undefined {
  if (!field.object()) return undefined;
  const clear = field.object({
    known: ['endpointSelector', ...lists, 'labels', 'description'],
    unsupported: ['nodeSelector', 'enableDefaultDeny', 'log'],
  });
  field.get('labels').items();
  if (field.get('description').present) field.get('description').string();
  const subject = decodeSubject(field, ref, scope);
  const ingress = decodeDirection(field, 'ingress', scope);
  const egress = decodeDirection(field, 'egress', scope);
  if (!ingress.defaultDeny && !egress.defaultDeny)
    field.refuse(`must have at least one entry in ${lists.join(', ')}`);
  return subject && draftRule(field.path, subject, { ingress, egress }, namedDirections(field, clear));
}

function namedDirections(field: Field, clear: boolean): Record<Direction, boolean> {
  const names = (direction: Direction): boolean =>
    field.get(direction).value !== undefined || field.get(`${direction}Deny`).value !== undefined;
  const [ingress, egress] = [names('ingress'), names('egress')];
  // The name of the direction itself may be what is mistyped.
  const mistyped = !clear && !ingress && !egress;
  return { ingress: ingress || mistyped, egress: egress || mistyped };
}

function decodeSubject(
  field: Field,
  { namespace }: PolicyRef,
  scope: Scope,
): PolicyRule['subject'] | undefined {
  const selector = field.get('endpointSelector');
  const hasNodeSelector = field.get('nodeSelector').present;
  if (!selector.present) return hasNodeSelector ? undefined : field.refuse('must have an endpointSelector');
  if (hasNodeSelector) field.refuse('must not have both endpointSelector and nodeSelector');
  const requirements = decodeSelector(selector, ciliumKey, namespace === '' ? undefined : overwrittenLabel);
  return requirements && scopeCiliumSubject(requirements, scope);
}

function decodeDirection(field: Field, direction: Direction, scope: Scope): PolicyRule['ingress'] {
  const decode = (list: Field): readonly RuleItem[] =>
    list
      .items()
      .map((item) => decodeCiliumItem(item, direction, scope))
      .filter((item) => item !== undefined);
  const allow = decode(field.get(direction));
  const deny = decode(field.get(`${direction}Deny`));
  return { defaultDeny: allow.length > 0 || deny.length > 0, allow, deny };
}
