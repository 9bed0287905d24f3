import { type Command, Option } from 'commander';
import type { KubeAccess } from '../source/kube/connection.ts';

export interface AccessFlags {
  readonly kubeconfig?: string;
  readonly inCluster?: true;
}

export const accessMissing = 'error: one of --kubeconfig, $KUBECONFIG and --in-cluster is needed';

/** Of commands that people run, with what kubectl uses too. */
export const withAccess = (command: Command): Command =>
  command
    .addOption(
      new Option('--kubeconfig <file>', 'API server that its current context names').env('KUBECONFIG'),
    )
    .addOption(new Option('--in-cluster', "API server of the pod's cluster").conflicts('kubeconfig'));

/** Undefined where neither is told. */
export function accessOf({ kubeconfig, inCluster }: AccessFlags): KubeAccess | undefined {
  if (inCluster) return { kind: 'in-cluster' };
  return kubeconfig ? { kind: 'kubeconfig', file: kubeconfig } : undefined;
}
