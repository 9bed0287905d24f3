import type { ClusterObject } from '../model/event.ts';
import * as make from './objects.ts';
import type { ShownBundle } from './show-bundle.ts';

/** A cluster and what its node n1 must have. */
export interface State {
  readonly name: string;
  readonly objects: readonly ClusterObject[];
  /** Parts that are left out are not compared. */
  readonly expected: Partial<ShownBundle>;
}

const web = make.pod('a/web', {
  labels: { app: 'web', 'pod-template-hash': '1' },
  addresses: ['10.0.0.1'],
  ports: [make.namedPort('http', 8080)],
});
const client = make.pod('a/client', { labels: { app: 'client' }, addresses: ['10.0.0.2'], node: 'n2' });
const other = make.pod('b/other', {
  labels: { app: 'client' },
  addresses: ['10.0.0.3'],
  node: 'n2',
  ports: [make.namedPort('http', 80)],
});
export const cluster: readonly ClusterObject[] = [
  make.node('n1', '192.168.0.1'),
  make.node('n2', '192.168.0.2'),
  make.namespace('a', { env: 'prod' }),
  make.namespace('b', { env: 'dev' }),
  web,
  client,
  other,
];
export const podPrefixes = ['10.0.0.1/32 []', '10.0.0.2/32 []', '10.0.0.3/32 []'];
const nodePrefixes = ['192.168.0.1/32 host', '192.168.0.2/32 remote-node'];
export const subject = make.labelsIn('a', { app: 'web' });
export const localhost = 'host *: allow by allow-localhost';

/** One policy a/x that governs a/web. */
export const withPolicy = (options: Omit<make.RuleOptions, 'subject'>): readonly ClusterObject[] => [
  ...cluster,
  make.policy('a/x', { subject, ...options }),
];

/** Of the language's core. */
export const states: readonly State[] = [
  { name: 'nothing', objects: [], expected: {} },
  {
    name: 'no policy',
    objects: cluster,
    expected: {
      endpoints: { 'a/web': {} },
      members: {},
      prefixes: [...podPrefixes, ...nodePrefixes],
    },
  },
  {
    name: 'isolation alone',
    objects: withPolicy({ ingress: {} }),
    expected: {
      endpoints: { 'a/web': { ingress: [localhost, 'default deny by a/x spec'] } },
      members: { host: ['host'] },
    },
  },
  {
    name: 'peers of the namespace on a port',
    objects: withPolicy({
      ingress: {
        allow: [{ peers: [make.endpoints(make.labelsIn('a', { app: 'client' }))], ports: [make.port(80)] }],
      },
    }),
    expected: {
      endpoints: {
        'a/web': {
          ingress: [
            'pods app=client, io.kubernetes.pod.namespace=a 6/80: allow by a/x spec.ingress[0]',
            localhost,
            'default deny by a/x spec',
          ],
        },
      },
      members: {
        host: ['host'],
        'pods app=client, io.kubernetes.pod.namespace=a': [
          '[k8s:app=client k8s:io.kubernetes.pod.namespace=a]',
        ],
      },
      prefixes: [
        '10.0.0.1/32 [k8s:app=web k8s:io.kubernetes.pod.namespace=a]',
        '10.0.0.2/32 [k8s:app=client k8s:io.kubernetes.pod.namespace=a]',
        ...nodePrefixes,
      ],
    },
  },
  {
    name: 'deny before allow, without isolation',
    objects: withPolicy({
      egress: { allow: [{}], deny: [{ peers: [make.entity('world')] }], defaultDeny: false },
    }),
    expected: {
      endpoints: {
        'a/web': {
          egress: [
            'world *: deny by a/x spec.egressDeny[0]',
            'all *: allow by a/x spec.egress[0]',
            'allow by a/x spec',
          ],
        },
      },
      members: { world: [] },
      prefixes: [...podPrefixes, ...nodePrefixes],
    },
  },
  {
    name: 'named port on ingress is the own number',
    objects: withPolicy({ ingress: { allow: [{ ports: [make.portNamed('http')] }] } }),
    expected: {
      endpoints: {
        'a/web': {
          ingress: ['all 6/8080: allow by a/x spec.ingress[0]', localhost, 'default deny by a/x spec'],
        },
      },
    },
  },
  {
    name: 'named port on egress is the number of each peer',
    objects: withPolicy({
      egress: {
        allow: [
          {
            peers: [
              make.endpoints({ requirements: [make.requirement('io.kubernetes.pod.namespace', 'Exists')] }),
            ],
            ports: [make.portNamed('http')],
          },
        ],
      },
    }),
    expected: {
      endpoints: {
        'a/web': {
          egress: [
            'pods port TCP/http=80, io.kubernetes.pod.namespace 6/80: allow by a/x spec.egress[0]',
            'pods port TCP/http=8080, io.kubernetes.pod.namespace 6/8080: allow by a/x spec.egress[0]',
            'default deny by a/x spec',
          ],
        },
      },
      members: {
        'pods port TCP/http=80, io.kubernetes.pod.namespace': [
          '[gen:port.TCP.http=80 k8s:io.kubernetes.pod.namespace=b]',
        ],
        'pods port TCP/http=8080, io.kubernetes.pod.namespace': [
          '[gen:port.TCP.http=8080 k8s:io.kubernetes.pod.namespace=a]',
        ],
      },
    },
  },
  {
    name: 'blocks, whose node must know every pod',
    objects: withPolicy({
      egress: {
        allow: [{ peers: [make.cidr('10.0.0.0/8', ['10.1.0.0/16']), make.cidr('1.0.0.0/8')] }],
      },
    }),
    expected: {
      endpoints: {
        'a/web': {
          egress: [
            '1.0.0.0/8 | 10.0.0.0/8 except 10.1.0.0/16 *: allow by a/x spec.egress[0]',
            'default deny by a/x spec',
          ],
        },
      },
      members: { '1.0.0.0/8 | 10.0.0.0/8 except 10.1.0.0/16': [] },
      prefixes: [...podPrefixes, ...nodePrefixes],
    },
  },
  {
    name: 'entities in one selector, cluster with its nodes',
    objects: withPolicy({ ingress: { allow: [{ peers: [make.entity('cluster'), make.entity('none')] }] } }),
    expected: {
      endpoints: {
        'a/web': {
          ingress: [
            'host | remote-node | kube-apiserver | health | ingress | init | unmanaged | pods io.cilium.k8s.policy.cluster=default *: allow by a/x spec.ingress[0]',
            localhost,
            'default deny by a/x spec',
          ],
        },
      },
      members: {
        host: ['host'],
        'host | remote-node | kube-apiserver | health | ingress | init | unmanaged | pods io.cilium.k8s.policy.cluster=default':
          ['[k8s:io.cilium.k8s.policy.cluster=default]', 'host', 'remote-node'],
      },
    },
  },
  {
    name: 'rules that say the same are one line with all origins',
    objects: [
      ...withPolicy({ ingress: { allow: [{ ports: [make.port(80)] }] } }),
      make.policy('a/y', {
        subject: make.labelsIn('a'),
        ingress: { allow: [{ ports: [make.port(80), make.port(80)] }], defaultDeny: false },
      }),
    ],
    expected: {
      endpoints: {
        'a/web': {
          ingress: [
            'all 6/80: allow by a/x spec.ingress[0], a/y spec.ingress[0]',
            localhost,
            'default deny by a/x spec',
          ],
        },
      },
    },
  },
  {
    name: 'pods without an address of their own',
    objects: [
      ...cluster,
      make.pod('a/later', { addresses: ['10.0.0.2'], started: 5 }),
      make.pod('a/last', { addresses: ['10.0.0.2'], started: 9, terminating: true }),
      make.pod('a/done', { addresses: ['10.0.0.9'], finished: true }),
      make.pod('a/agent', { addresses: ['192.168.0.1'], hostNetwork: true }),
      make.pod('a/liar', { addresses: ['192.168.0.2'] }),
    ],
    expected: {
      endpoints: { 'a/later': {}, 'a/web': {} },
      prefixes: [...podPrefixes, ...nodePrefixes],
    },
  },
];
