import type { ClusterObject } from '@weir/operator/src/model/event.ts';
import { parsePrefix } from '@weir/operator/src/source/decode/parse-prefix.ts';
import fc from 'fast-check';
import { parseAddress } from './address.ts';

const backends = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '8.8.8.8', 'fd00::1', 'fd00::2'].map(parseAddress);
/** As kube-proxy tells endpoints apart: ready, terminating and serving still, neither. */
const conditions = [
  { ready: true, serving: true, terminating: false },
  { ready: false, serving: true, terminating: true },
  { ready: false, serving: false, terminating: true },
] as const;

const blocks = ['10.0.0.0/31', '10.0.0.2/31', '0.0.0.0/0'].flatMap((text) => parsePrefix(text) ?? []);
const blocks6 = ['fd00::/127', 'fd00::2/127'].flatMap((text) => parsePrefix(text) ?? []);

/** A service with backends, and a policy that lets everybody reach some of them at one port. */
export const arbitraryServed: fc.Arbitrary<readonly ClusterObject[]> = fc
  .record({
    backends: fc.subarray(backends, { minLength: 1 }),
    conditions: fc.tuple(...backends.map(() => fc.constantFrom(...conditions))),
    nodes: fc.tuple(...backends.map(() => fc.constantFrom('n1', 'n2'))),
    internalTrafficLocal: fc.boolean(),
    externalTrafficLocal: fc.boolean(),
    backendPort: fc.constantFrom(0, 80, 8080),
    blocks: fc.tuple(fc.constantFrom(...blocks), fc.constantFrom(...blocks6)),
    allowedPort: fc.constantFrom(80, 8080),
  })
  .map((of) => {
    const served = { namespace: 'b', name: 'served' };
    const port = { name: '', protocol: 'TCP' } as const;
    const scope = { pods: true, nodes: true };
    const allowed = { kind: 'range', protocol: 'TCP', first: of.allowedPort, last: of.allowedPort } as const;
    const silent = { defaultDeny: false, allow: [], deny: [] };
    return [
      {
        ...served,
        kind: 'Service',
        labels: new Map(),
        selector: undefined,
        type: 'ClusterIP',
        addresses: ['172.20.0.9', 'fd10::9'].map(parseAddress),
        externalAddresses: ['172.21.0.9', 'fd11::9'].map(parseAddress),
        ports: [{ ...port, port: 80, targetPort: 8080, nodePort: 0 }],
        internalTrafficLocal: of.internalTrafficLocal,
        externalTrafficLocal: of.externalTrafficLocal,
      },
      {
        ...served,
        kind: 'EndpointSlice',
        service: served.name,
        ports: [{ ...port, port: of.backendPort }],
        endpoints: of.backends.map((address, at) => ({
          addresses: [address],
          ...(of.conditions[at] ?? conditions[0]),
          node: of.nodes[at] ?? '',
        })),
      },
      {
        kind: 'Policy',
        ref: { kind: 'CiliumClusterwideNetworkPolicy', namespace: '', name: 'served' },
        rules: [
          {
            path: 'spec',
            subject: { requirements: [] },
            ingress: silent,
            egress: {
              defaultDeny: true,
              allow: [
                {
                  path: 'spec.egress[0]',
                  peers: {
                    kind: 'list',
                    peers: of.blocks.map((block) => ({ kind: 'cidr', block, except: [], scope })),
                  },
                  ports: { kind: 'list', ports: [allowed] },
                },
              ],
              deny: [],
            },
            log: '',
          },
        ],
      },
    ];
  });
