import type { Manifest } from './judge.ts';

/** Of a Deployment, DaemonSet or Job. */
export interface PodTemplate {
  readonly hostNetwork: boolean;
  readonly priorityClassName: string;
  readonly automountServiceAccountToken?: boolean;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly securityContext?: SecurityContext;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string }[];
  readonly securityContext: SecurityContext;
  readonly resources: Readonly<
    Record<'requests' | 'limits', { readonly cpu?: string; readonly memory?: string }>
  >;
}

export interface SecurityContext {
  readonly privileged?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly seccompProfile?: { readonly type: string };
  readonly capabilities?: { readonly drop?: readonly string[]; readonly add?: readonly string[] };
}

export const podOf = (manifest: Manifest): PodTemplate =>
  (manifest.spec as { readonly template: { readonly spec: PodTemplate } }).template.spec;

export const hasPods = ({ kind }: Manifest): boolean => ['Deployment', 'DaemonSet', 'Job'].includes(kind);

/** All containers of a pod, those that run first too. */
export const containersOf = ({ initContainers = [], containers }: PodTemplate): readonly Container[] => [
  ...initContainers,
  ...containers,
];
