import type { Prefix } from '../../model/address.ts';
import type { NamedPort, Pod } from '../../model/endpoint.ts';
import { decodeLabels, type Metadata } from './decode-metadata.ts';
import { greatestPort, protocols } from './decode-ports.ts';
import { defined } from './defined.ts';
import { describe, type Field } from './field.ts';
import { parseAddress } from './parse-prefix.ts';
import { SharedValues, sharedText } from './shared-values.ts';

export function decodePod(root: Field, { name, namespace }: Metadata): Pod {
  const [metadata, spec, status] = [root.get('metadata'), root.get('spec'), root.get('status')];
  const phase = optionalString(status.get('phase'), '');
  return {
    kind: 'Pod',
    namespace,
    name,
    // A manifest that was never in an API server has no uid; the name is as good where nothing else made one.
    uid: optionalString(metadata.get('uid'), `${namespace}/${name}`),
    labels: decodeLabels(metadata),
    serviceAccount: sharedText(optionalString(spec.get('serviceAccountName'), 'default')),
    node: sharedText(optionalString(spec.get('nodeName'), '')),
    addresses: decodeAddresses(status),
    ports: decodePorts([...spec.get('initContainers').items(), ...spec.get('containers').items()]),
    hostNetwork: spec.get('hostNetwork').boolean(),
    finished: phase === 'Succeeded' || phase === 'Failed',
    terminating: metadata.get('deletionTimestamp').present,
    started: decodeTime(status.get('startTime')) || decodeTime(metadata.get('creationTimestamp')),
    cluster: undefined,
  };
}

function optionalString(field: Field, byDefault: string): string {
  const text = field.present ? field.string() : undefined;
  return text === undefined || text === '' ? byDefault : text;
}

/** status.podIPs, or status.podIP where that is all there is: at most one address of each family. */
function decodeAddresses(status: Field): readonly Prefix[] {
  const list = status.get('podIPs').items();
  const fields = list.length > 0 ? list.map((item) => item.get('ip')) : [status.get('podIP')];
  const found = fields.filter(({ present }) => present).map(decodeAddress);
  const addresses = defined(found);
  const families = new Set(addresses.map(({ family }) => family));
  if (families.size < addresses.length) status.get('podIPs').refuse('has two addresses of one family');
  return addresses;
}

function decodeAddress(field: Field): Prefix | undefined {
  const text = optionalString(field, '');
  if (text === '') return undefined;
  return parseAddress(text) ?? field.refuse(`${describe(text)} is no IP address`);
}

const portLists = new SharedValues<readonly NamedPort[]>(1024);

function decodePorts(containers: readonly Field[]): readonly NamedPort[] {
  const ports = containers.flatMap(portsOf).slice();
  return portLists.share(JSON.stringify(ports), ports);
}

/** Only ports with a name: the others mean nothing to a policy. */
function portsOf(container: Field): readonly NamedPort[] {
  return container
    .get('ports')
    .items()
    .flatMap((field): readonly NamedPort[] => {
      const name = optionalString(field.get('name'), '');
      if (name === '') return [];
      const text = optionalString(field.get('protocol'), 'TCP');
      const protocol = protocols.find((known) => known === text);
      const port = field.get('containerPort').integer(1, greatestPort);
      if (protocol === undefined)
        field.get('protocol').refuse(`must be one of ${protocols.join(', ')}, is ${describe(text)}`);
      return protocol === undefined || port === undefined ? [] : [{ name, protocol, port }];
    });
}

function decodeTime(field: Field): number {
  const text = optionalString(field, '');
  const time = text === '' ? 0 : Date.parse(text);
  if (!Number.isNaN(time)) return time;
  field.refuse(`${describe(text)} is no time (RFC 3339)`);
  return 0;
}
