import type { ClusterObject } from '@weir/operator/src/model/event.ts';
import { defaultSettings } from '@weir/operator/src/model/settings.ts';
import { decodeObject } from '@weir/operator/src/source/decode/decode-object.ts';
import { randomNumbers } from './synthetic-bundle.ts';

export const size = { namespaces: 25_000, podsOfNamespace: 4, policiesOfNamespace: 3, nodes: 1_000 };

const apps = ['web', 'api', 'db', 'job'] as const;
/** The first namespace serves names to all others. */
const dnsNamespace = 'kube-system';
/** Of so many namespaces one has a label that a policy looks at. */
const monitoredEvery = 100;

/** The object of a manifest. Throws where it is refused. */
export function decodeManifest(manifest: unknown): ClusterObject {
  const decoded = decodeObject(manifest, defaultSettings);
  if (decoded.kind === 'object' && decoded.object.kind !== 'RefusedPolicy') return decoded.object;
  const { problems } =
    decoded.kind === 'object' && decoded.object.kind === 'RefusedPolicy'
      ? decoded.object
      : { problems: [], ...decoded };
  throw new Error(problems.map(({ path, message }) => `${path} ${message}`).join('; '));
}

export const namespaceName = (index: number): string => (index === 0 ? dnsNamespace : `team-${index}`);
const nodeName = (index: number): string => `node-${index}`;

/** The cluster's manifests, in the order in which they are to be read; from the seed alone. */
export function* largeCluster(seed: number): Generator<unknown> {
  const random = randomNumbers(seed);
  for (let index = 0; index < size.nodes; index++) yield node(index);
  for (let index = 0; index < size.namespaces; index++) {
    yield namespace(index, index % monitoredEvery === 1 ? { monitored: 'yes' } : {});
    for (const [at, app] of apps.entries())
      yield pod({ index, app: index === 0 ? 'dns' : app, number: index * apps.length + at, random });
    yield* policiesOf(index);
  }
}

const node = (index: number): unknown => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: nodeName(index), labels: { 'kubernetes.io/hostname': nodeName(index), pool: 'general' } },
  status: { addresses: [{ type: 'InternalIP', address: `192.168.${index >> 8}.${index & 255}` }] },
});

export function namespace(index: number, labels: Readonly<Record<string, string>>): unknown {
  const name = namespaceName(index);
  const env = index % 3 === 0 ? 'dev' : 'prod';
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, env, ...labels } },
  };
}

export interface PodFacts {
  /** Of its namespace. */
  readonly index: number;
  readonly app: string;
  /** Of the cluster's pods: its address and its name follow from it. */
  readonly number: number;
  readonly random: () => number;
}

/** As an API server gives a pod of a Deployment, with all that policies don't look at. */
export function pod({ index, app, number, random }: PodFacts): unknown {
  const hash = random().toString(36).padStart(7, '0');
  const ip = `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  const uid = [8, 4, 4, 4, 12].map((digits) => hexadecimal(random, digits)).join('-');
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${app}-${hash}-${number.toString(36)}`,
      namespace: namespaceName(index),
      uid,
      resourceVersion: String(number + 1_000_000),
      creationTimestamp: '2026-11-24T12:00:00Z',
      labels: { app, version: `v${random() % 5}`, 'pod-template-hash': hash },
      annotations: { 'example.com/config-checksum': hexadecimal(random, 64) },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${app}-${hash}`, uid, controller: true },
      ],
      managedFields: managedFields(uid),
    },
    spec: {
      nodeName: nodeName(random() % size.nodes),
      serviceAccountName: app,
      containers: [container(app), container('proxy')],
      volumes: [{ name: 'data', emptyDir: {} }],
      tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }],
    },
    status: {
      phase: 'Running',
      conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
        type,
        status: 'True',
        lastTransitionTime: '2026-11-24T12:00:05Z',
      })),
      hostIP: '192.168.0.1',
      podIP: ip,
      podIPs: [{ ip }],
    },
  };
}

function hexadecimal(random: () => number, digits: number): string {
  let text = '';
  while (text.length < digits) text += random().toString(16).padStart(8, '0');
  return text.slice(0, digits);
}

const container = (name: string): unknown => ({
  name,
  image: `registry.example.com/team/${name}:1.2.3`,
  ports: [{ name: `${name}-http`, containerPort: 8080, protocol: 'TCP' }],
  env: ['DATABASE_URL', 'LOG_LEVEL', 'REGION', 'FEATURES'].map((variable) => ({
    name: variable,
    value: `the value of ${variable} for ${name}`,
  })),
  resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
});

const managedFields = (uid: string): unknown =>
  ['kube-controller-manager', 'kubelet'].map((manager) => ({
    manager,
    operation: 'Update',
    apiVersion: 'v1',
    time: '2026-11-24T12:00:00Z',
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:metadata': {
        'f:labels': { '.': {}, 'f:app': {}, 'f:version': {}, 'f:pod-template-hash': {} },
        'f:ownerReferences': { '.': {}, [`k:{"uid":"${uid}"}`]: {} },
      },
      'f:spec': {
        'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:image': {}, 'f:name': {}, 'f:env': {} } },
      },
      'f:status': { 'f:conditions': { '.': {} }, 'f:podIP': {}, 'f:podIPs': { '.': {} } },
    },
  }));

const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
const app = (name: string) => ({ matchLabels: { app: name } });
const tcp = (port: number) => [{ protocol: 'TCP', port }];

/** Everything is isolated; web is reached from everywhere, api from web and from job, db from api. */
function* policiesOf(index: number): Generator<unknown> {
  const dns = { namespaceSelector: inNamespace(dnsNamespace), podSelector: app('dns') };
  const dnsPorts = [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ];
  yield networkPolicy(index, 'deny', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    egress: [{ to: [dns], ports: dnsPorts }],
  });
  if (index === 0) {
    const monitored = { namespaceSelector: { matchLabels: { monitored: 'yes' } } };
    const ingress = [{ from: [monitored], ports: tcp(9153) }, { ports: dnsPorts }];
    yield networkPolicy(index, 'web', { podSelector: app('dns'), policyTypes: ['Ingress'], ingress });
  } else {
    yield networkPolicy(index, 'web', {
      podSelector: app('web'),
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: tcp(80) }],
      egress: [{ to: [{ podSelector: app('api') }], ports: tcp(8080) }],
    });
  }
  yield networkPolicy(index, 'api', {
    podSelector: app('api'),
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector: app('web') }, { podSelector: app('job') }], ports: tcp(8080) }],
    egress: [{ to: [{ podSelector: app('db') }], ports: tcp(5432) }],
  });
}

export const networkPolicy = (index: number, name: string, spec: unknown): unknown => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: {
    name,
    namespace: namespaceName(index),
    uid: `policy-${index}-${name}`,
    resourceVersion: '1',
    generation: 1,
    managedFields: managedFields(name),
  },
  spec,
});
