import { type Command, Option } from 'commander';
import type { SourceChoice } from './open-source.ts';

export interface SourceFlags {
  readonly source?: string;
  readonly kubeconfig?: string;
  readonly inCluster?: true;
}

/** Where objects come from: one of three. */
export const withSource = (command: Command): Command =>
  command
    .addOption(new Option('--source <dir>', 'folder of manifests').conflicts(['kubeconfig', 'inCluster']))
    .addOption(
      new Option('--kubeconfig <file>', 'API server that its current context names').conflicts('inCluster'),
    )
    .addOption(new Option('--in-cluster', "API server of the pod's cluster, by its ServiceAccount"));

/** Undefined where none was named. */
export function sourceOf({ source, kubeconfig, inCluster }: SourceFlags): SourceChoice | undefined {
  if (source !== undefined) return { kind: 'files', directory: source };
  if (kubeconfig !== undefined) return { kind: 'kubeconfig', file: kubeconfig };
  return inCluster ? { kind: 'in-cluster' } : undefined;
}
