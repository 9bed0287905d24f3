import type { ClusterEvent } from '../model/event.ts';
import type { Settings } from '../model/settings.ts';
import { FilesSource } from '../source/files/files-source.ts';
import type { ApiClient } from '../source/kube/api-client.ts';
import type { KubeSourceOptions, ResourceStatus } from '../source/kube/kube-source.ts';
import type { SourceProblem } from '../source/source-problem.ts';

/** Where objects come from. */
export type SourceChoice =
  | { readonly kind: 'files'; readonly directory: string }
  | { readonly kind: 'kubeconfig'; readonly file: string }
  | { readonly kind: 'in-cluster' };

export interface SourceParts {
  readonly choice: SourceChoice;
  readonly settings: Settings;
  readonly onEvents: (events: readonly ClusterEvent[]) => void;
  readonly onProblems: (problems: readonly SourceProblem[]) => void;
  /** Of a folder: what it has besides and is not read. */
  readonly onForeign: (text: string) => void;
  readonly onReflector: (resource: string, what: string) => void;
  readonly onPolicyObject: NonNullable<KubeSourceOptions['onPolicyObject']>;
  readonly onNodeObject: NonNullable<KubeSourceOptions['onNodeObject']>;
  readonly onGroupObject: NonNullable<KubeSourceOptions['onGroupObject']>;
  readonly random: () => number;
  /** Milliseconds, monotonic. */
  readonly monotonic: () => number;
}

export interface Source {
  /** Resolves when everything has been delivered once. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether everything has been delivered once. */
  readonly synced: () => boolean;
  /** Of an API server. */
  readonly resources: () => readonly ResourceStatus[];
  /** Undefined for a folder. */
  readonly client: ApiClient | undefined;
}

/** Throws an OperatorError `kubeconfig-unusable`. */
export async function openSource(parts: SourceParts): Promise<Source> {
  const { choice, settings, onEvents, onProblems, onForeign } = parts;
  if (choice.kind === 'files') {
    let synced = false;
    const { directory } = choice;
    const files = new FilesSource({ directory, settings, onEvents, onProblems, onForeign });
    return {
      start: async () => {
        await files.start();
        synced = true;
      },
      synced: () => synced,
      stop: () => files.stop(),
      resources: () => [],
      client: undefined,
    };
  }
  return openKubeSource(parts, choice);
}

async function openKubeSource(
  parts: SourceParts,
  access: Exclude<SourceChoice, { kind: 'files' }>,
): Promise<Source> {
  const { settings, onEvents, onProblems, onReflector, random, monotonic } = parts;
  const { onPolicyObject, onNodeObject, onGroupObject } = parts;
  // The Kubernetes client takes half a second and 80 MB, which whoever reads a folder need not pay.
  const { ApiClient } = await import('../source/kube/api-client.ts');
  const { KubeSource } = await import('../source/kube/kube-source.ts');
  const client = ApiClient.open(access);
  const source = new KubeSource({
    client,
    settings,
    onEvents,
    onProblems,
    onReflector,
    onPolicyObject,
    onNodeObject,
    onGroupObject,
    random,
    clock: monotonic,
  });
  return {
    start: () => source.start(),
    synced: () => source.synced,
    stop: () => source.stop(),
    resources: () => source.resources,
    client,
  };
}
