import type { Prefix } from '../../model/address.ts';
import type { Service, ServicePort } from '../../model/service.ts';
import { decodeAddress, uniqueAddresses } from './decode-address.ts';
import { decodeLabels, type Metadata } from './decode-metadata.ts';
import { decodeProtocol, greatestPort } from './decode-ports.ts';
import { describe, type Field } from './field.ts';
import { isPortName } from './names.ts';

const types = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] as const;
const headless = 'None';

export function decodeService(root: Field, { name, namespace }: Metadata): Service {
  const spec = root.get('spec');
  const type = decodeType(spec.get('type'));
  const selector = spec.get('selector').stringMap();
  return {
    kind: 'Service',
    namespace,
    name,
    labels: decodeLabels(root.get('metadata')),
    selector: selector.size === 0 ? undefined : selector,
    type,
    ...(type === 'ExternalName' ? { addresses: [], externalAddresses: [] } : decodeAddresses(root)),
    ports: spec
      .get('ports')
      .items()
      .map(decodePort)
      .filter((port) => port !== undefined),
    internalTrafficLocal: spec.get('internalTrafficPolicy').value === 'Local',
    externalTrafficLocal: spec.get('externalTrafficPolicy').value === 'Local',
  };
}

function decodeType(field: Field): Service['type'] {
  const { value } = field;
  if (!field.present || value === '') return 'ClusterIP';
  const type = types.find((name) => name === value);
  if (type === undefined) field.refuse(`must be one of ${types.join(', ')}, is ${describe(value)}`);
  return type ?? 'ClusterIP';
}

/** Of every kind, but not those of a load balancer that delivers by itself (`ipMode: Proxy`). */
function decodeAddresses(root: Field): Pick<Service, 'addresses' | 'externalAddresses'> {
  const spec = root.get('spec');
  const list = spec.get('clusterIPs').items();
  const cluster = list.length > 0 ? list : [spec.get('clusterIP')];
  const balancer = root
    .get('status')
    .get('loadBalancer')
    .get('ingress')
    .items()
    .filter((item) => item.get('ipMode').value !== 'Proxy')
    .map((item) => item.get('ip'));
  const addresses = wholeAddresses(cluster);
  const external = wholeAddresses([...spec.get('externalIPs').items(), ...balancer]);
  const own = new Set(addresses.map(({ text }) => text));
  return { addresses, externalAddresses: external.filter(({ text }) => !own.has(text)) };
}

const wholeAddresses = (fields: readonly Field[]): readonly Prefix[] =>
  uniqueAddresses(
    fields.filter(({ present, value }) => present && value !== '' && value !== headless).map(decodeAddress),
  );

function decodePort(field: Field): ServicePort | undefined {
  if (!field.object()) return undefined;
  const name = field.get('name').present ? field.get('name').string() : '';
  const protocol = decodeProtocol(field.get('protocol'));
  const port = field.get('port').integer(1, greatestPort);
  const targetPort = port === undefined ? undefined : readTarget(field.get('targetPort'), port);
  const node = field.get('nodePort');
  const nodePort = node.present ? node.integer(0, greatestPort) : 0;
  if (name === undefined || protocol === undefined || port === undefined) return undefined;
  if (targetPort === undefined || nodePort === undefined) return undefined;
  return { name, protocol, port, targetPort, nodePort };
}

/** Absent it is the service's own port. */
function readTarget(field: Field, port: number): ServicePort['targetPort'] | undefined {
  const { value } = field;
  if (!field.present || value === 0 || value === '') return port;
  if (typeof value === 'number') return field.integer(1, greatestPort);
  if (typeof value === 'string' && isPortName(value)) return value;
  return field.refuse(
    `must be a number from 1 to ${greatestPort} or the name of a container port, is ${describe(value)}`,
  );
}
