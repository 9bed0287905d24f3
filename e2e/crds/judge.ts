import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '@weir/operator/src/source/kube/api-client.ts';
import { ApiError } from '@weir/operator/src/source/kube/api-error.ts';
import { parseAllDocuments } from 'yaml';
import { ControlPlane } from '../cluster/control-plane.ts';
import { until } from '../until.ts';

/** An object of Kubernetes, or something that claims to be one. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

export const repository = join(import.meta.dirname, '../..');

/** All documents of a file of the repository. */
export function readManifests(file: string): readonly Manifest[] {
  const documents = parseAllDocuments(readFileSync(join(repository, file), 'utf8'));
  return documents.flatMap((document) => {
    const value: unknown = document.toJS();
    return isManifest(value) ? [value] : [];
  });
}

const isManifest = (value: unknown): value is Manifest =>
  typeof value === 'object' && value !== null && 'kind' in value && 'metadata' in value;

export const crdFiles = [
  'crds/ciliumcidrgroups.yaml',
  'crds/ciliumclusterwidenetworkpolicies.yaml',
  'crds/ciliumnetworkpolicies.yaml',
  'crds/clusternetworkpolicies.yaml',
  'crds/policybundles.yaml',
] as const;

const admissionFiles = [
  'config/admission/cilium-policies.yaml',
  'config/admission/cluster-network-policies.yaml',
  'config/admission/not-supported.yaml',
  'config/admission/settings-off.yaml',
] as const;

const plurals: Readonly<Record<string, string>> = {
  CiliumCIDRGroup: 'ciliumcidrgroups',
  CiliumClusterwideNetworkPolicy: 'ciliumclusterwidenetworkpolicies',
  CiliumNetworkPolicy: 'ciliumnetworkpolicies',
  ClusterNetworkPolicy: 'clusternetworkpolicies',
  NetworkPolicy: 'networkpolicies',
  PolicyBundle: 'policybundles',
};

/** Whether objects of the kind can be judged. */
export const isJudged = (kind: string): boolean => Object.hasOwn(plurals, kind);

/** Where objects of its kind are created. */
export function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const namespace = kind.endsWith('NetworkPolicy') && metadata.namespace;
  return `/apis/${apiVersion}${namespace ? `/namespaces/${namespace}` : ''}/${plurals[kind]}`;
}

/** A change of CRDs or admission policies takes the API server some time. */
const readyMs = 180_000;

/** An API server with our CRDs and admission policies, asked what it makes of objects. */
export class Judge {
  readonly plane: ControlPlane;
  readonly client: ApiClient;

  private constructor(plane: ControlPlane) {
    this.plane = plane;
    this.client = ApiClient.open({ kind: 'kubeconfig', file: plane.kubeconfig });
  }

  static async up(files: readonly string[] = [...crdFiles, ...admissionFiles]): Promise<Judge> {
    const judge = new Judge(await ControlPlane.up({ controllers: false }));
    try {
      for (const file of files) await judge.plane.mustKubectl('apply', '-f', join(repository, file));
      await judge.#served();
      if (files.includes(admissionFiles[0])) await judge.#admits();
      return judge;
    } catch (error) {
      await judge.down();
      throw error;
    }
  }

  async down(): Promise<void> {
    this.client.close();
    await this.plane.down();
  }

  /** Until each CRD's paths answer; discovery comes a moment before. */
  async #served(): Promise<void> {
    const paths = crdFiles.map((file) => readManifests(file)[0]).map((crd) => served(crd));
    await until(
      'CRDs are served',
      async () => {
        const answers = paths.map((path) => this.client.request({ path }).then(Boolean, () => false));
        return (await Promise.all(answers)).every(Boolean);
      },
      readyMs,
    );
  }

  /** Until admission refuses what each of its policies is to refuse. */
  async #admits(): Promise<void> {
    await until(
      'admission policies are in force',
      async () => {
        const answers = await Promise.all(refusedByAdmission.map((object) => this.refusal(object)));
        return answers.every((answer) => answer !== undefined);
      },
      readyMs,
    );
  }

  /** Why the API server would refuse to create it, in the first 500 characters; undefined: it would not. */
  async refusal(object: Manifest): Promise<string | undefined> {
    try {
      // A client that is not strict: the API server drops what it does not know, or keeps it.
      const query = { dryRun: 'All', fieldValidation: 'Ignore' };
      await this.client.request({ method: 'POST', path: pathOf(object), query, body: object });
      return undefined;
    } catch (error) {
      if (error instanceof ApiError && (error.status === 422 || error.status === 400)) return error.message;
      throw error;
    }
  }

  /** As refusal, of many. */
  async refusals(objects: readonly Manifest[]): Promise<readonly (string | undefined)[]> {
    const answers: (string | undefined)[] = [];
    const left = objects.entries();
    const worker = async (): Promise<void> => {
      for (const [at, object] of left) answers[at] = await this.refusal(object);
    };
    await Promise.all(Array.from({ length: 32 }, worker));
    return answers;
  }
}

function served(crd: Manifest | undefined): string {
  const spec = crd?.spec as {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string }[];
  };
  return `/apis/${spec.group}/${spec.versions.at(-1)?.name}/${spec.names.plural}`;
}

export const cilium = (spec: object | undefined, more: object = {}): Manifest => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata: { name: 'p', namespace: 'default' },
  ...(spec && { spec: { endpointSelector: {}, ...spec } }),
  ...more,
});

export const clusterPolicy = (spec: object): Manifest => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'p' },
  spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ...spec },
});

/** One object for each policy of config/admission. */
const refusedByAdmission = [
  cilium({ ingress: [] }),
  cilium({ egress: [{ toFQDNs: [{ matchName: 'weir.dev' }] }] }),
  cilium({ ingress: [{ fromNodes: [{}] }] }),
  cilium({ ingress: [{ toPorts: [{ ports: [{ port: '0', protocol: 'GRE' }] }] }] }),
  clusterPolicy({ egress: [{ action: 'Accept', to: [{ domainNames: ['weir.dev'] }] }] }),
];
