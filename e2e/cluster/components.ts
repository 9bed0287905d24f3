import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';

export const componentNames = ['etcd', 'apiserver', 'controller-manager', 'scheduler'] as const;
export type ComponentName = (typeof componentNames)[number];

/** ClusterIPs, one block of each family. */
const serviceBlocks = ['10.96.0.0/16', 'fd00:96::/112'] as const;
const serviceIssuer = 'https://kubernetes.default.svc';

export interface ComponentSetup {
  readonly binaries: Binaries;
  readonly place: Place;
  /** Flags that come after our own: "--flag=value". */
  readonly apiserverFlags: readonly string[];
  readonly controllerManagerFlags: readonly string[];
  /** false: no controllers run, so nothing makes ServiceAccounts for pods. */
  readonly controllers: boolean;
}

export function componentCommand(name: ComponentName, setup: ComponentSetup): readonly string[] {
  switch (name) {
    case 'etcd':
      return etcd(setup);
    case 'apiserver':
      return apiserver(setup);
    case 'controller-manager':
      return controllerManager(setup);
    case 'scheduler':
      return scheduler(setup);
  }
}

function etcd({ binaries, place }: ComponentSetup): readonly string[] {
  const client = `http://${place.loopback}:${place.etcdPort}`;
  const peer = `http://${place.loopback}:${place.etcdPeerPort}`;
  return [
    binaries.etcd,
    '--name=weir',
    `--data-dir=${join(place.directory, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=weir=${peer}`,
    // A crash of the machine ends the test too.
    '--unsafe-no-fsync',
    '--quota-backend-bytes=4294967296',
    '--log-level=warn',
  ];
}

function apiserver({ binaries, place, controllers, apiserverFlags }: ComponentSetup): readonly string[] {
  const file = (name: string): string => join(place.directory, name);
  const loopback = place.namespace === undefined;
  return [
    binaries.apiserver,
    `--etcd-servers=http://${place.loopback}:${place.etcdPort}`,
    `--bind-address=${loopback ? place.address : '0.0.0.0'}`,
    `--advertise-address=${place.address}`,
    `--secure-port=${place.apiPort}`,
    // The Service "kubernetes" may not have a loopback address as its endpoint.
    `--endpoint-reconciler-type=${loopback ? 'none' : 'lease'}`,
    `--tls-cert-file=${file('apiserver.crt')}`,
    `--tls-private-key-file=${file('apiserver.key')}`,
    `--client-ca-file=${file('ca.crt')}`,
    `--token-auth-file=${file('tokens.csv')}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    ...(controllers ? [] : ['--disable-admission-plugins=ServiceAccount']),
    `--service-account-issuer=${serviceIssuer}`,
    `--service-account-signing-key-file=${file('tokens.key')}`,
    `--service-account-key-file=${file('tokens.pub')}`,
    `--service-cluster-ip-range=${serviceBlocks.join(',')}`,
    `--kubelet-client-certificate=${file('kubelet-client.crt')}`,
    `--kubelet-client-key=${file('kubelet-client.key')}`,
    `--kubelet-certificate-authority=${file('ca.crt')}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--audit-policy-file=${file('audit-policy.json')}`,
    `--audit-log-path=${file('audit.log')}`,
    // Never rotated: tests count what is in it.
    '--audit-log-maxsize=100000',
    '--allow-privileged',
    '--profiling=false',
    ...apiserverFlags,
  ];
}

/** What workloads, their endpoints, tokens and the end of namespaces and nodes need; all would take seconds more. */
const controllers = [
  'clusterrole-aggregation-controller',
  'cronjob-controller',
  'daemonset-controller',
  'deployment-controller',
  'disruption-controller',
  'endpointslice-controller',
  'endpointslice-mirroring-controller',
  'garbage-collector-controller',
  'job-controller',
  'namespace-controller',
  'node-lifecycle-controller',
  'pod-garbage-collector-controller',
  'replicaset-controller',
  'root-ca-certificate-publisher-controller',
  'serviceaccount-controller',
  'serviceaccount-token-controller',
  'statefulset-controller',
  'taint-eviction-controller',
  'ttl-after-finished-controller',
  'validatingadmissionpolicy-status-controller',
];

function controllerManager({ binaries, place, controllerManagerFlags }: ComponentSetup): readonly string[] {
  const file = (name: string): string => join(place.directory, name);
  return [
    binaries.controllerManager,
    `--kubeconfig=${file('controller-manager.kubeconfig')}`,
    '--leader-elect=false',
    '--secure-port=0',
    `--controllers=${controllers.join(',')}`,
    `--service-account-private-key-file=${file('tokens.key')}`,
    `--root-ca-file=${file('ca.crt')}`,
    `--cluster-signing-cert-file=${file('ca.crt')}`,
    `--cluster-signing-key-file=${file('ca.key')}`,
    '--profiling=false',
    ...controllerManagerFlags,
  ];
}

function scheduler({ binaries, place }: ComponentSetup): readonly string[] {
  return [
    binaries.scheduler,
    `--kubeconfig=${join(place.directory, 'scheduler.kubeconfig')}`,
    '--leader-elect=false',
    '--secure-port=0',
    '--profiling=false',
  ];
}
