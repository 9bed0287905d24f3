import type { CidrGroup } from '../../model/cidr-group.ts';
import type { ClusterObject, ObjectKey, Problem } from '../../model/event.ts';
import type { PolicyKind, PolicyRef } from '../../model/policy.ts';
import type { Settings } from '../../model/settings.ts';
import { decodeCidrGroup } from './decode-cidr-group.ts';
import { decodeCiliumPolicy } from './decode-cilium-policy.ts';
import { decodeClusterNetworkPolicy } from './decode-cluster-network-policy.ts';
import { decodeEndpointSlice } from './decode-endpoint-slice.ts';
import { decodeMetadata, type Metadata } from './decode-metadata.ts';
import { decodeNamespace } from './decode-namespace.ts';
import { decodeNetworkPolicy } from './decode-network-policy.ts';
import { decodeNode } from './decode-node.ts';
import { decodePod } from './decode-pod.ts';
import { decodeService } from './decode-service.ts';
import { describe, Field } from './field.ts';
import { isKind, type KindName, kinds } from './kinds.ts';
import type { PolicyDraft } from './policy-draft.ts';

/**
 * An object of the model; a policy or CiliumCIDRGroup that can't be honoured is a refused one. `invalid`: no object can
 * be made of it; `key` is known where kind and name could be read.
 */
export type Decoded =
  | { readonly kind: 'object'; readonly object: ClusterObject }
  | {
      readonly kind: 'invalid';
      readonly key: ObjectKey | undefined;
      readonly problems: readonly Problem[];
    };

/** What is wrong with it, in the order of its fields. */
export function problemsOf(decoded: Decoded): readonly Problem[] {
  if (decoded.kind === 'invalid') return decoded.problems;
  return 'problems' in decoded.object ? decoded.object.problems : [];
}

/** Decodes one Kubernetes object, as JSON or YAML gives it. Never throws, whatever the value is. */
export function decodeObject(value: unknown, settings: Settings): Decoded {
  const problems: Problem[] = [];
  const root = new Field(value, 'absent', problems);
  const kind = root.object() ? decodeKind(root) : undefined;
  const metadata = kind && decodeMetadata(root.get('metadata'), kinds[kind].scope);
  if (kind === undefined || metadata === undefined) return { kind: 'invalid', key: undefined, problems };
  return decodeAs(
    kind,
    metadata,
    { root, strict: new Field(value, 'refused', problems), problems },
    settings,
  );
}

interface Reading {
  /** As Kubernetes' built-in kinds are read. */
  readonly root: Field;
  /** As custom resources are. */
  readonly strict: Field;
  readonly problems: readonly Problem[];
}

function decodeAs(
  kind: KindName,
  metadata: Metadata,
  { root, strict, problems }: Reading,
  settings: Settings,
): Decoded {
  switch (kind) {
    case 'Namespace':
      return plain(decodeNamespace(root, metadata), { kind, ...metadata }, problems);
    case 'Node':
      return plain(decodeNode(root, metadata), { kind, ...metadata }, problems);
    case 'Pod':
      return plain(decodePod(root, metadata), { kind, ...metadata }, problems);
    case 'Service':
      return plain(decodeService(root, metadata), { kind, ...metadata }, problems);
    case 'EndpointSlice':
      return plain(decodeEndpointSlice(root, metadata), { kind, ...metadata }, problems);
    case 'CiliumCIDRGroup':
      return group(decodeCidrGroup(strict, metadata), problems);
    case 'NetworkPolicy':
      return policy(decodeNetworkPolicy(root, ref(kind, metadata), settings), problems);
    case 'CiliumNetworkPolicy':
    case 'CiliumClusterwideNetworkPolicy':
      return policy(decodeCiliumPolicy(strict, ref(kind, metadata), settings), problems);
    case 'ClusterNetworkPolicy':
      return policy(decodeClusterNetworkPolicy(strict, ref(kind, metadata), settings), problems);
  }
}

const ref = (kind: PolicyKind, { namespace, name }: Metadata): PolicyRef => ({ kind, namespace, name });

function decodeKind(root: Field): KindName | undefined {
  const kind = root.get('kind').string();
  const apiVersion = root.get('apiVersion').string();
  if (kind === undefined || apiVersion === undefined) return undefined;
  if (!isKind(kind))
    return root
      .get('kind')
      .refuse(`kind ${describe(kind)} of ${describe(apiVersion)} is not supported; ${known}`);
  const { apiVersions } = kinds[kind];
  if (apiVersions.includes(apiVersion)) return kind;
  return root
    .get('apiVersion')
    .refuse(`${kind} of ${describe(apiVersion)} is not supported; supported is ${apiVersions.join(', ')}`);
}

const known = `supported are ${Object.keys(kinds).join(', ')}`;

function plain(object: ClusterObject, key: ObjectKey, problems: readonly Problem[]): Decoded {
  return problems.length === 0 ? { kind: 'object', object } : { kind: 'invalid', key, problems };
}

function group(valid: CidrGroup, problems: readonly Problem[]): Decoded {
  if (problems.length === 0) return { kind: 'object', object: valid };
  const { name, labels } = valid;
  return { kind: 'object', object: { kind: 'RefusedCidrGroup', name, labels, problems } };
}

function policy({ policy: valid, isolation }: PolicyDraft, problems: readonly Problem[]): Decoded {
  if (problems.length === 0) return { kind: 'object', object: valid };
  return { kind: 'object', object: { kind: 'RefusedPolicy', ref: valid.ref, problems, isolation } };
}
