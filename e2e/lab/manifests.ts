import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { LabError } from './errors.ts';

export type LabProtocol = 'TCP' | 'UDP' | 'SCTP';

/** A Node manifest, as far as the lab needs it. */
export interface NodeManifest {
  readonly name: string;
  /** status.addresses of the types InternalIP and ExternalIP. */
  readonly addresses: readonly string[];
  /** spec.podCIDRs, or spec.podCIDR alone. */
  readonly podCidrs: readonly string[];
}

/** A Pod manifest, as far as the lab needs it. */
export interface PodManifest {
  /** "namespace/name". */
  readonly key: string;
  /** undefined: the lab chooses. */
  readonly node: string | undefined;
  readonly hostNetwork: boolean;
  /** Succeeded or Failed: nothing runs any more. */
  readonly finished: boolean;
  /** status.podIPs, or status.podIP alone. */
  readonly addresses: readonly string[];
  readonly ports: readonly { readonly protocol: LabProtocol; readonly port: number }[];
}

/** What a lab is made of. */
export interface LabManifests {
  readonly nodes: readonly NodeManifest[];
  readonly pods: readonly PodManifest[];
}

export interface ReadManifests extends LabManifests {
  /** Files that are no valid YAML; what they hold is not known. */
  readonly broken: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const object = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];

/** Paths of all manifest files under a folder, relative to it, in a fixed order. */
export function manifestFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name) && !entry.name.startsWith('.'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort();
  } catch (error) {
    throw new LabError('manifest-invalid', `cannot read the folder ${folder}`, error);
  }
}

/** The objects of one manifest file; a List counts as its items. What is no YAML counts as empty. */
export function objectsIn(content: string): readonly Json[] {
  return parseAllDocuments(content)
    .filter((document) => 'errors' in document && document.errors.length === 0)
    .map((document) => object(document.toJS()))
    .flatMap((value) => (text(value.kind)?.endsWith('List') ? list(value.items) : [value]));
}

const isBroken = (content: string): boolean =>
  parseAllDocuments(content).some((document) => document.errors.length > 0);

/**
 * Nodes and pods of a folder of manifests. Other kinds are left to the operator, as are files with errors.
 * @throws LabError manifest-invalid
 */
export function readLabManifests(folder: string): ReadManifests {
  const files = manifestFiles(folder).map((file) => ({
    file,
    content: readFileSync(join(folder, file), 'utf8'),
  }));
  const objects = files.flatMap(({ content }) => objectsIn(content));
  const nodes = objects.filter((value) => value.kind === 'Node').map(readNode);
  const pods = objects.filter((value) => value.kind === 'Pod').map(readPod);
  if (nodes.length === 0) throw new LabError('manifest-invalid', `${folder} has no Node manifest`);
  const names = [...nodes.map((node) => `Node ${node.name}`), ...pods.map((pod) => `Pod ${pod.key}`)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new LabError('manifest-invalid', `${twice} occurs more than once`);
  return { nodes, pods, broken: files.filter(({ content }) => isBroken(content)).map(({ file }) => file) };
}

function nameOf(value: Json): string {
  const name = text(object(value.metadata).name);
  if (name === undefined) throw new LabError('manifest-invalid', `a ${value.kind} has no metadata.name`);
  return name;
}

function readNode(value: Json): NodeManifest {
  const spec = object(value.spec);
  const single = text(spec.podCIDR);
  const cidrs = texts(spec.podCIDRs);
  return {
    name: nameOf(value),
    addresses: list(object(value.status).addresses)
      .filter((entry) => entry.type === 'InternalIP' || entry.type === 'ExternalIP')
      .flatMap((entry) => text(entry.address) ?? []),
    podCidrs: cidrs.length > 0 || single === undefined ? cidrs : [single],
  };
}

/** "namespace/name" of a Pod manifest. */
export function podKeyOf(value: Json): string {
  return `${text(object(value.metadata).namespace) ?? 'default'}/${nameOf(value)}`;
}

function readPod(value: Json): PodManifest {
  const spec = object(value.spec);
  const status = object(value.status);
  const single = text(status.podIP);
  const addresses = list(status.podIPs).flatMap((entry) => text(entry.ip) ?? []);
  const key = podKeyOf(value);
  return {
    key,
    node: text(spec.nodeName),
    hostNetwork: spec.hostNetwork === true,
    finished: status.phase === 'Succeeded' || status.phase === 'Failed',
    addresses: addresses.length > 0 || single === undefined ? addresses : [single],
    ports: list(spec.containers).flatMap((container) =>
      list(container.ports).map((port) => readPort(key, port)),
    ),
  };
}

function readPort(key: string, value: Json): { protocol: LabProtocol; port: number } {
  const protocol = value.protocol ?? 'TCP';
  const port = value.containerPort;
  if (protocol !== 'TCP' && protocol !== 'UDP' && protocol !== 'SCTP') {
    throw new LabError(
      'manifest-invalid',
      `Pod ${key}: ports[].protocol ${protocol} is not TCP, UDP or SCTP`,
    );
  }
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65535) {
    throw new LabError('manifest-invalid', `Pod ${key}: ports[].containerPort ${port} is not 1 to 65535`);
  }
  return { protocol, port };
}
