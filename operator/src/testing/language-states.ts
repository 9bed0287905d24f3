import type { BlockScope, CidrGroupPeer, Peer } from '../model/policy.ts';
import * as make from './objects.ts';
import { cluster, podPrefixes, type State, subject, withPolicy } from './states.ts';

/** Of the rest of the language. */
export const languageStates: readonly State[] = [
  {
    name: 'tiers around the rules of a pod that nothing isolates',
    objects: [
      ...withPolicy({ ingress: { deny: [{ ports: [make.port(1)] }], defaultDeny: false } }),
      make.tiered('second', {
        priority: 2,
        subject,
        ingress: [{ action: 'accept', peers: [make.entity('host')] }],
      }),
      make.tiered('first', {
        priority: 1,
        subject,
        ingress: [
          { action: 'pass', ports: [make.portNamed('http', 'TCP', 9000)] },
          { action: 'deny', peers: [make.endpoints(make.labelsIn('b'))] },
        ],
      }),
      make.tiered('base', {
        tier: 'baseline',
        subject,
        ingress: [{ action: 'deny', ports: [{ kind: 'icmp', family: 4, type: 8 }] }],
      }),
    ],
    expected: {
      endpoints: {
        'a/web': {
          ingress: [
            'tier 0 all 6/8080-9000: pass by first spec.ingress[0]',
            'tier 0 pods io.kubernetes.pod.namespace=b *: deny by first spec.ingress[1]',
            'tier 0 host *: allow by second spec.ingress[0]',
            'all 6/1: deny by a/x spec.ingressDeny[0]',
            'tier 2 all 1/8: deny by base spec.ingress[0]',
            'allow by a/x spec',
          ],
        },
      },
    },
  },
  {
    name: 'a baseline that an isolated pod does not come to, and what rules want to be told',
    objects: [
      ...withPolicy({ log: 'audited', egress: { allow: [{ ports: [{ kind: 'protocol', protocol: 47 }] }] } }),
      make.tiered('base', { tier: 'baseline', subject, egress: [{ action: 'accept' }] }),
    ],
    expected: {
      endpoints: {
        'a/web': {
          egress: [
            'all 47/0-65535: allow by a/x spec.egress[0] (audited)',
            'default deny by a/x spec (audited)',
          ],
        },
      },
    },
  },
  {
    name: 'nodes by their labels, the own one only where it is meant',
    objects: [
      make.labelledNode('n1', { zone: 'x', unused: '1' }, '192.168.0.1'),
      make.labelledNode('n2', { zone: 'x' }, '192.168.0.2'),
      make.node('n3', '192.168.0.3'),
      ...cluster.slice(2),
      make.policy('a/x', {
        subject,
        egress: {
          allow: [true, false].map((includeLocal) => ({
            peers: [
              {
                kind: 'nodes',
                selector: { requirements: [make.requirement('zone', 'In', ['x'], 'node')] },
                includeLocal,
              },
            ],
            ports: [make.port(includeLocal ? 1 : 2)],
          })),
        },
      }),
    ],
    expected: {
      members: {
        'nodes zone=x': ['host node:zone=x', 'remote-node node:zone=x'],
        'other nodes zone=x': ['remote-node node:zone=x'],
      },
      prefixes: [
        ...podPrefixes,
        '192.168.0.1/32 host node:zone=x',
        '192.168.0.2/32 remote-node node:zone=x',
        '192.168.0.3/32 remote-node',
      ],
    },
  },
  {
    name: 'the API server on a node and outside, and addresses of neither pods nor nodes',
    objects: [
      ...withPolicy({
        egress: { allow: [{ peers: [make.entity('kube-apiserver'), make.entity('health')] }] },
      }),
      make.slice('default/kubernetes', {
        service: 'kubernetes',
        endpoints: [{ addresses: ['192.168.0.2', '198.51.100.1'], ready: false }],
      }),
      make.special('probe', 'health', '198.51.100.2'),
      make.special('other', 'init', '10.0.0.1'),
    ],
    expected: {
      members: {
        'kube-apiserver | health': ['health', 'kube-apiserver', 'remote-node reserved:kube-apiserver'],
      },
      prefixes: [
        ...podPrefixes,
        '192.168.0.1/32 host',
        '192.168.0.2/32 remote-node reserved:kube-apiserver',
        '198.51.100.1/32 kube-apiserver',
        '198.51.100.2/32 health',
      ],
    },
  },
  {
    name: 'groups of blocks, each scope in a selector of its own',
    objects: [
      ...withPolicy({
        egress: {
          allow: [
            {
              peers: [
                groupPeer({ kind: 'name', name: 'one' }, { pods: true, nodes: false }),
                groupPeer(
                  {
                    kind: 'selector',
                    selector: {
                      requirements: [
                        make.requirement('kind', 'Exists', [], 'cidrgroup'),
                        make.requirement('closed', 'DoesNotExist', [], 'cidrgroup'),
                      ],
                    },
                  },
                  { pods: false, nodes: false },
                ),
                groupPeer({ kind: 'name', name: 'nobody' }, { pods: false, nodes: false }),
              ],
            },
          ],
        },
      }),
      make.cidrGroup('one', { kind: 'x' }, '10.0.0.0/8', '192.0.2.0/24'),
      make.cidrGroup('two', { closed: '' }, '10.1.0.0/16', '192.0.0.0/16'),
    ],
    expected: {
      endpoints: {
        'a/web': {
          egress: [
            '10.0.0.0/8 except 10.1.0.0/16 except 10.2.0.0/16 *: allow by a/x spec.egress[0]',
            '10.0.0.0/8 except 10.2.0.0/16 of world and pods | 192.0.2.0/24 of world and pods *: allow by a/x spec.egress[0]',
            'default deny by a/x spec',
          ],
        },
      },
    },
  },
  {
    name: 'services as peers and as addresses',
    objects: [
      ...withPolicy({
        egress: {
          allow: [
            {
              peers: [
                { kind: 'services', service: { kind: 'name', name: 'web' }, namespace: 'a' },
                { kind: 'services', service: { kind: 'name', name: 'outside' }, namespace: '' },
              ],
            },
          ],
        },
      }),
      make.service('a/web', {
        selector: { app: 'client' },
        addresses: ['10.96.0.1'],
        ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 'http', nodePort: 30080 }],
      }),
      make.slice('a/web-1', {
        service: 'web',
        ports: [{ name: 'http', protocol: 'TCP', port: 8080 }],
        endpoints: [
          { addresses: ['10.0.0.2'], node: 'n2' },
          { addresses: ['10.0.0.3'], ready: false },
        ],
      }),
      make.service('b/outside', { ports: [] }),
      make.slice('b/outside-1', { service: 'outside', endpoints: [{ addresses: ['192.0.2.1'] }] }),
      make.service('b/local', {
        addresses: ['10.96.0.2'],
        internalTrafficLocal: true,
        ports: [{ name: '', protocol: 'UDP', port: 53, targetPort: 5353, nodePort: 0 }],
      }),
      make.slice('b/local-1', {
        service: 'local',
        ports: [{ name: '', protocol: 'UDP', port: 0 }],
        endpoints: [
          { addresses: ['10.0.0.3'], node: 'n1' },
          { addresses: ['10.0.0.2'], node: 'n2' },
        ],
      }),
      make.service('b/entry', {
        addresses: ['10.96.0.3'],
        externalAddresses: ['203.0.113.3'],
        externalTrafficLocal: true,
        ports: [{ name: '', protocol: 'TCP', port: 80, targetPort: 8080, nodePort: 30081 }],
      }),
      make.slice('b/entry-1', {
        service: 'entry',
        ports: [{ name: '', protocol: 'TCP', port: 8080 }],
        endpoints: [
          { addresses: ['10.0.0.2'], ready: false, serving: true, terminating: true, node: 'n2' },
          { addresses: ['10.0.0.3'], node: 'n1' },
        ],
      }),
    ],
    expected: {
      endpoints: {
        'a/web': {
          egress: [
            'pods app=client, io.kubernetes.pod.namespace=a | 192.0.2.1/32 *: allow by a/x spec.egress[0]',
            'default deny by a/x spec',
          ],
        },
      },
      services: {
        'a/web': ['node 30080 10.96.0.1 6/80 → 10.0.0.2:8080'],
        'b/entry': ['10.96.0.3 6/80 → 10.0.0.3:8080'],
        'b/entry external': ['node 30081 203.0.113.3 6/80 → 10.0.0.2:8080, 10.0.0.3:8080'],
        'b/local': ['10.96.0.2 17/53 → 10.0.0.3:5353'],
      },
    },
  },
];

function groupPeer(group: CidrGroupPeer['group'], scope: BlockScope): Peer {
  return { kind: 'cidr-group', group, except: [make.prefix('10.2.0.0/16')], scope };
}
