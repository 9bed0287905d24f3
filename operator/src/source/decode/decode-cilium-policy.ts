import type { Directions } from '../../model/isolation.ts';
import type { PolicyRef, PolicyRule, RuleItem } from '../../model/policy.ts';
import type { Settings } from '../../model/settings.ts';
import { type Direction, decodeCiliumItem, type ItemContext } from './decode-cilium-item.ts';
import { decodeSelector } from './decode-selector.ts';
import type { Field } from './field.ts';
import { draftPolicy, draftRule, type PolicyDraft, type RuleDraft } from './policy-draft.ts';
import { overwrittenLabel, scopeCiliumSubject, scopeOf } from './scope-selector.ts';
import { ciliumKey } from './selector-keys.ts';

const lists = ['ingress', 'ingressDeny', 'egress', 'egressDeny'] as const;
const longestLog = 32;

type RuleContext = Omit<ItemContext, 'direction' | 'deny'>;

/** CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy; the draft is valid if no problem was added. */
export function decodeCiliumPolicy(root: Field, ref: PolicyRef, settings: Settings): PolicyDraft {
  root.object({ known: ['apiVersion', 'kind', 'metadata', 'spec', 'specs', 'status'] });
  const specs = [...(root.get('spec').present ? [root.get('spec')] : []), ...root.get('specs').items()];
  if (specs.length === 0) root.refuse('must have spec or specs, and specs at least one entry');
  const context: RuleContext = {
    scope: scopeOf(ref.namespace, settings),
    blocks: settings.policyCidrMatchMode,
    clusterName: settings.clusterName,
    nodeSelectors: settings.enableNodeSelectorLabels,
    extendedProtocols: settings.enableExtendedIpProtocols,
  };
  const drafts = specs.map((spec) => decodeRule(spec, ref, context));
  return draftPolicy(
    ref,
    drafts.filter((draft) => draft !== undefined),
  );
}

function decodeRule(field: Field, ref: PolicyRef, ofPolicy: RuleContext): RuleDraft | undefined {
  if (!field.object()) return undefined;
  const clear = field.object({
    known: ['endpointSelector', ...lists, 'labels', 'description', 'enableDefaultDeny', 'log'],
    unsupported: ['nodeSelector'],
  });
  field.get('labels').items();
  if (field.get('description').present) field.get('description').string();
  const subject = decodeSubject(field, ref, ofPolicy);
  const ofInit =
    subject?.requirements.some(({ source, key }) => source === 'reserved' && key === 'init') ?? false;
  const context: RuleContext = { ...ofPolicy, scope: { ...ofPolicy.scope, ofInit } };
  const deny = field.get('enableDefaultDeny');
  if (deny.present) deny.object({ known: ['ingress', 'egress'] });
  const ingress = decodeDirection(field, 'ingress', context);
  const egress = decodeDirection(field, 'egress', context);
  if (!lists.some((list) => hasEntries(field.get(list))))
    field.refuse(`must have at least one entry in ${lists.join(', ')}`);
  const log = decodeLog(field.get('log'));
  return (
    subject && draftRule({ path: field.path, subject, ingress, egress, log }, namedDirections(field, clear))
  );
}

const hasEntries = ({ value }: Field): boolean => Array.isArray(value) && value.length > 0;

function namedDirections(field: Field, clear: boolean): Directions {
  const names = (direction: Direction): boolean =>
    field.get(direction).value !== undefined || field.get(`${direction}Deny`).value !== undefined;
  const [ingress, egress] = [names('ingress'), names('egress')];
  // The name of the direction itself may be what is mistyped.
  const mistyped = !clear && !ingress && !egress;
  const isolates = (direction: Direction, named: boolean): boolean =>
    (named && !addsOnly(field, direction)) || mistyped;
  return { ingress: isolates('ingress', ingress), egress: isolates('egress', egress) };
}

/** Whether the rule isolates nobody in the direction and forbids nothing, so that leaving it out opens nothing. */
const addsOnly = (field: Field, direction: Direction): boolean =>
  field.get('enableDefaultDeny').get(direction).value === false &&
  field.get(`${direction}Deny`).value === undefined;

function decodeSubject(
  field: Field,
  { namespace }: PolicyRef,
  { scope }: RuleContext,
): PolicyRule['subject'] | undefined {
  const selector = field.get('endpointSelector');
  const hasNodeSelector = field.get('nodeSelector').present;
  if (hasNodeSelector && namespace !== '')
    field.refuse('must not have a nodeSelector: only a CiliumClusterwideNetworkPolicy may');
  if (!selector.present) return hasNodeSelector ? undefined : field.refuse('must have an endpointSelector');
  if (hasNodeSelector) field.refuse('must not have both endpointSelector and nodeSelector');
  const requirements = decodeSelector(selector, ciliumKey, namespace === '' ? undefined : overwrittenLabel);
  return requirements && scopeCiliumSubject(requirements, scope);
}

function decodeDirection(field: Field, direction: Direction, context: RuleContext): PolicyRule['ingress'] {
  const decode = (list: Field, deny: boolean): readonly RuleItem[] =>
    list
      .items()
      .map((item) => decodeCiliumItem(item, { ...context, direction, deny }))
      .filter((item) => item !== undefined);
  const allow = decode(field.get(direction), false);
  const deny = decode(field.get(`${direction}Deny`), true);
  const wanted = field.get('enableDefaultDeny').get(direction);
  const isolates = wanted.present ? wanted.boolean() : true;
  return { defaultDeny: isolates && allow.length + deny.length > 0, allow, deny };
}

/** Text that is told with each verdict of the rule. */
function decodeLog(field: Field): string {
  if (!field.present || !field.object()) return '';
  field.object({ known: ['value'] });
  const value = field.get('value');
  const text = value.present ? value.string() : '';
  if (text === undefined) return '';
  if ([...text].length > longestLog) value.refuse(`must have at most ${longestLog} characters`);
  if (!/^\P{C}*$/u.test(text)) value.refuse('must have printable characters only');
  return text;
}
