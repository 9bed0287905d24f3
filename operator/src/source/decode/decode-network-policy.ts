import type { BlockScope, DirectionRules, Peer, Peers, PolicyRef, RuleItem } from '../../model/policy.ts';
import type { Settings } from '../../model/settings.ts';
import { ipBlockScope } from './block-scope.ts';
import { decodeIpBlock } from './decode-cidr.ts';
import { decodePolicyPorts } from './decode-ports.ts';
import { decodeSelector } from './decode-selector.ts';
import { defined } from './defined.ts';
import { describe, type Field } from './field.ts';
import { draftPolicy, draftRule, type PolicyDraft } from './policy-draft.ts';
import { type Scope, scopeOf, scopePeer, scopeSubject } from './scope-selector.ts';
import { namespaceKey, podKey } from './selector-keys.ts';
import { sharedText } from './shared-values.ts';

/** What a peer means beyond its own fields. */
interface Context {
  readonly scope: Scope;
  readonly blocks: BlockScope;
}

/** networking.k8s.io/v1 NetworkPolicy; the draft is valid if no problem was added. */
export function decodeNetworkPolicy(root: Field, ref: PolicyRef, settings: Settings): PolicyDraft {
  const spec = root.get('spec');
  const clear = [
    root.object({ known: ['apiVersion', 'kind', 'metadata', 'spec', 'status'] }),
    !spec.present || spec.object({ known: ['podSelector', 'policyTypes', 'ingress', 'egress'] }),
  ].every(Boolean);
  const scope = scopeOf(ref.namespace, settings);
  const context = { scope, blocks: ipBlockScope(settings) };
  const podSelector = spec.get('podSelector');
  // Absent, it selects every pod; but beside a field that is unknown it may be that field, mistyped.
  const pods = podSelector.present || clear ? optionalSelector(podSelector) : undefined;
  const types = decodeTypes(spec);
  const rules = {
    ingress: decodeDirection(spec.get('ingress'), 'from', types.ingress, context),
    egress: decodeDirection(spec.get('egress'), 'to', types.egress, context),
  };
  return draftPolicy(
    ref,
    pods === undefined
      ? []
      : [draftRule({ path: spec.path, subject: scopeSubject(pods, scope), ...rules, log: '' }, types)],
  );
}

const optionalSelector = (field: Field): ReturnType<typeof decodeSelector> =>
  field.present ? decodeSelector(field, podKey) : [];

/** Absent or empty: Ingress, and Egress where there are egress rules (Kubernetes' defaulting). */
function decodeTypes(spec: Field): Record<'ingress' | 'egress', boolean> {
  const field = spec.get('policyTypes');
  const items = field.items();
  if (items.length > 2) field.refuse('must have at most two entries');
  if (items.length === 0) {
    const { present, value } = spec.get('egress');
    return { ingress: true, egress: Array.isArray(value) ? value.length > 0 : present };
  }
  const types = items.map(readType);
  // What can't be read isolates in both directions: a typo must not open a pod.
  const unreadable = types.includes(undefined);
  return {
    ingress: unreadable || types.includes('Ingress'),
    egress: unreadable || types.includes('Egress'),
  };
}

function readType(field: Field): 'Ingress' | 'Egress' | undefined {
  if (field.value === 'Ingress' || field.value === 'Egress') return field.value;
  return field.refuse(`must be Ingress or Egress, is ${describe(field.value)}`);
}

const none: readonly never[] = [];

/** Rules of a direction that policyTypes leaves out are checked and then ignored. */
function decodeDirection(
  field: Field,
  peers: 'from' | 'to',
  named: boolean,
  context: Context,
): DirectionRules {
  const items = field.items().map((item) => decodeItem(item, peers, context));
  const allow = named ? defined(items) : none;
  return { defaultDeny: named, allow, deny: none };
}

function decodeItem(field: Field, peers: 'from' | 'to', context: Context): RuleItem | undefined {
  if (!field.object()) return undefined;
  field.object({ known: [peers, 'ports'] });
  return {
    path: sharedText(field.path),
    peers: decodePeers(field.get(peers), context),
    ports: decodePolicyPorts(field.get('ports')),
  };
}

function decodePeers(field: Field, context: Context): Peers {
  const items = field.items();
  if (items.length === 0) return { kind: 'any' };
  const peers = items.map((item) => decodePeer(item, context));
  return { kind: 'list', peers: defined(peers) };
}

function decodePeer(field: Field, context: Context): Peer | undefined {
  if (!field.object()) return undefined;
  field.object({ known: ['podSelector', 'namespaceSelector', 'ipBlock'] });
  const [pods, namespaces, block] = ['podSelector', 'namespaceSelector', 'ipBlock'].map((name) =>
    field.get(name),
  );
  if (pods === undefined || namespaces === undefined || block === undefined) return undefined;
  if (block.present) {
    if (pods.present || namespaces.present)
      field.refuse('must not combine ipBlock with podSelector or namespaceSelector');
    return decodeIpBlock(block, context.blocks);
  }
  if (!pods.present && !namespaces.present)
    return field.refuse('must have a podSelector, a namespaceSelector or an ipBlock');
  const own = optionalSelector(pods);
  const where = namespaces.present ? decodeSelector(namespaces, namespaceKey) : undefined;
  if (own === undefined || (namespaces.present && where === undefined)) return undefined;
  return { kind: 'endpoints', selector: scopePeer(own, where, context.scope) };
}
