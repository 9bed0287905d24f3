import type { EndpointSlice } from '../../model/service.ts';
import { decodeAddress, uniqueAddresses } from './decode-address.ts';
import type { Metadata } from './decode-metadata.ts';
import { decodeProtocol, greatestPort } from './decode-ports.ts';
import type { Field } from './field.ts';

const serviceLabel = 'kubernetes.io/service-name';

/** discovery.k8s.io/v1. A slice of names (`addressType: FQDN`) has no addresses. */
export function decodeEndpointSlice(root: Field, { name, namespace }: Metadata): EndpointSlice {
  const service = root.get('metadata').get('labels').get(serviceLabel);
  const hasNames = root.get('addressType').value === 'FQDN';
  return {
    kind: 'EndpointSlice',
    namespace,
    name,
    service: service.present ? (service.string() ?? '') : '',
    ports: root
      .get('ports')
      .items()
      .map(decodePort)
      .filter((port) => port !== undefined),
    endpoints: root
      .get('endpoints')
      .items()
      .map((item) => decodeEndpoint(item, hasNames)),
  };
}

function decodePort(field: Field): EndpointSlice['ports'][number] | undefined {
  if (!field.object()) return undefined;
  const name = field.get('name').present ? field.get('name').string() : '';
  const protocol = decodeProtocol(field.get('protocol'));
  const port = field.get('port').present ? field.get('port').integer(0, greatestPort) : 0;
  if (name === undefined || protocol === undefined || port === undefined) return undefined;
  return { name, protocol, port };
}

function decodeEndpoint(field: Field, hasNames: boolean): EndpointSlice['endpoints'][number] {
  const addresses = hasNames ? [] : field.get('addresses').items().map(decodeAddress);
  const conditions = field.get('conditions');
  const condition = (name: string, untold: boolean): boolean => {
    const told = conditions.get(name);
    return told.present ? told.boolean() : untold;
  };
  const node = field.get('nodeName');
  return {
    addresses: uniqueAddresses(addresses),
    // What is not told is as kube-proxy has it.
    ready: condition('ready', true),
    serving: condition('serving', true),
    terminating: condition('terminating', false),
    node: node.present ? (node.string() ?? '') : '',
  };
}
