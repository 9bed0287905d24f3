import type { ClusterObject, ObjectKey, Problem } from '../../model/event.ts';
import type { PolicyKind, PolicyRef } from '../../model/policy.ts';
import type { Settings } from '../../model/settings.ts';
import { decodeCiliumPolicy } from './decode-cilium-policy.ts';
import { decodeMetadata, type Metadata } from './decode-metadata.ts';
import { decodeNamespace } from './decode-namespace.ts';
import { decodeNetworkPolicy } from './decode-network-policy.ts';
import { decodeNode } from './decode-node.ts';
import { decodePod } from './decode-pod.ts';
import { describe, Field } from './field.ts';
import type { PolicyDraft } from './policy-draft.ts';

/**
 * An object of the model; a policy that can't be honoured is a RefusedPolicy. `invalid`: no object can be made of
 * it; `key` is known where kind and name could be read.
 */
export type Decoded =
  | { readonly kind: 'object'; readonly object: ClusterObject }
  | {
      readonly kind: 'invalid';
      readonly key: ObjectKey | undefined;
      readonly problems: readonly Problem[];
    };

interface Kind {
  readonly apiVersion: string;
  readonly scope: 'namespace' | 'cluster';
}

const kinds: Record<ObjectKey['kind'], Kind> = {
  Namespace: { apiVersion: 'v1', scope: 'cluster' },
  Node: { apiVersion: 'v1', scope: 'cluster' },
  Pod: { apiVersion: 'v1', scope: 'namespace' },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', scope: 'namespace' },
  CiliumNetworkPolicy: { apiVersion: 'cilium.io/v2', scope: 'namespace' },
  CiliumClusterwideNetworkPolicy: { apiVersion: 'cilium.io/v2', scope: 'cluster' },
};

/** Decodes one Kubernetes object, as JSON or YAML gives it. Never throws, whatever the value is. */
export function decodeObject(value: unknown, settings: Settings): Decoded {
  const problems: Problem[] = [];
  const root = new Field(value, 'absent', problems);
  const kind = root.object() ? decodeKind(root) : undefined;
  const metadata = kind && decodeMetadata(root.get('metadata'), kinds[kind].scope);
  if (kind === undefined || metadata === undefined) return { kind: 'invalid', key: undefined, problems };
  switch (kind) {
    case 'Namespace':
      return plain(decodeNamespace(root, metadata), { kind, ...metadata }, problems);
    case 'Node':
      return plain(decodeNode(root, metadata), { kind, ...metadata }, problems);
    case 'Pod':
      return plain(decodePod(root, metadata), { kind, ...metadata }, problems);
    case 'NetworkPolicy':
      return policy(decodeNetworkPolicy(root, ref(kind, metadata), settings), problems);
    case 'CiliumNetworkPolicy':
    case 'CiliumClusterwideNetworkPolicy': {
      const strict = new Field(value, 'refused', problems);
      return policy(decodeCiliumPolicy(strict, ref(kind, metadata), settings), problems);
    }
  }
}

const ref = (kind: PolicyKind, { namespace, name }: Metadata): PolicyRef => ({ kind, namespace, name });

function decodeKind(root: Field): ObjectKey['kind'] | undefined {
  const kind = root.get('kind').string();
  const apiVersion = root.get('apiVersion').string();
  if (kind === undefined || apiVersion === undefined) return undefined;
  if (!isKind(kind))
    return root
      .get('kind')
      .refuse(`kind ${describe(kind)} of ${describe(apiVersion)} is not supported; ${known}`);
  if (kinds[kind].apiVersion === apiVersion) return kind;
  return root
    .get('apiVersion')
    .refuse(`${kind} of ${describe(apiVersion)} is not supported; supported is ${kinds[kind].apiVersion}`);
}

const isKind = (text: string): text is ObjectKey['kind'] => Object.hasOwn(kinds, text);
const known = `supported are ${Object.keys(kinds).join(', ')}`;

function plain(object: ClusterObject, key: ObjectKey, problems: readonly Problem[]): Decoded {
  return problems.length === 0 ? { kind: 'object', object } : { kind: 'invalid', key, problems };
}

function policy({ policy: valid, isolation }: PolicyDraft, problems: readonly Problem[]): Decoded {
  if (problems.length === 0) return { kind: 'object', object: valid };
  return { kind: 'object', object: { kind: 'RefusedPolicy', ref: valid.ref, problems, isolation } };
}
