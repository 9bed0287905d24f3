import type { ClusterObject } from '@weir/operator/src/model/event.ts';
import { parsePrefix } from '@weir/operator/src/source/decode/parse-prefix.ts';
import fc from 'fast-check';
import { parseAddress } from './address.ts';

const backends = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '8.8.8.8'].map(parseAddress);
const blocks = ['10.0.0.0/31', '10.0.0.2/31', '0.0.0.0/0'].flatMap((text) => parsePrefix(text) ?? []);

/** A service with backends, and a policy that lets everybody reach some of them at one port. */
export const arbitraryServed: fc.Arbitrary<readonly ClusterObject[]> = fc
  .record({
    backends: fc.subarray(backends, { minLength: 1 }),
    backendPort: fc.constantFrom(0, 80, 8080),
    block: fc.constantFrom(...blocks),
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
        addresses: [parseAddress('172.20.0.9')],
        ports: [{ ...port, port: 80, targetPort: 8080, nodePort: 0 }],
        internalTrafficLocal: false,
      },
      {
        ...served,
        kind: 'EndpointSlice',
        service: served.name,
        ports: [{ ...port, port: of.backendPort }],
        endpoints: of.backends.map((address) => ({ addresses: [address], ready: true, node: '' })),
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
                  peers: { kind: 'list', peers: [{ kind: 'cidr', block: of.block, except: [], scope }] },
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
