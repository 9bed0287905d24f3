import type { Manifest } from './judge.ts';

/** Of a Deployment or DaemonSet. */
export interface PodTemplate {
  readonly hostNetwork: boolean;
  readonly priorityClassName: string;
  readonly automountServiceAccountToken?: boolean;
  readonly containers: readonly Container[];
}

export interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string }[];
  readonly securityContext: object;
}

export const podOf = (manifest: Manifest): PodTemplate =>
  (manifest.spec as { readonly template: { readonly spec: PodTemplate } }).template.spec;
