import { createHash } from 'node:crypto';
import type { Document } from 'yaml';
import { isMap, isSeq, parseAllDocuments } from 'yaml';
import { podKeyOf } from './manifests.ts';
import type { LabNode, LabPlan, LabPod } from './plan.ts';

type Path = readonly (string | number)[];

/**
 * A manifest file with what an API server and kubelets would have added: where pods run, the addresses of pods and
 * nodes. What the file says itself stays. Files without pods and nodes, and files with errors, stay as they are, so
 * that lines and columns in messages are those of the user's file.
 */
export function completeManifests(content: string, plan: LabPlan): string {
  const documents = parseAllDocuments(content);
  if (!Array.isArray(documents) || documents.some((document) => document.errors.length > 0)) return content;
  let changed = false;
  for (const document of documents) {
    for (const path of objectPaths(document)) {
      changed = completeObject(document, path, plan) || changed;
    }
  }
  return changed ? documents.map((document) => String(document)).join('') : content;
}

/** Where the objects of a document are: the document itself or the items of a List. */
function objectPaths(document: Document): readonly Path[] {
  const items = document.get('items');
  return isSeq(items) ? items.items.map((_, index) => ['items', index]) : [[]];
}

function completeObject(document: Document, path: Path, plan: LabPlan): boolean {
  const value: unknown = document.getIn(path);
  if (!isMap(value) && path.length > 0) return false;
  const json = (path.length === 0 ? document.toJS() : isMap(value) && value.toJS(document)) as Record<
    string,
    unknown
  >;
  const additions = additionsFor(json, plan);
  let changed = false;
  for (const [place, addition] of additions) {
    const full = [...path, ...place];
    if (document.getIn(full) !== undefined) continue;
    document.setIn(full, document.createNode(addition));
    changed = true;
  }
  return changed;
}

type Additions = readonly (readonly [path: Path, value: unknown])[];

function additionsFor(json: Record<string, unknown> | null, plan: LabPlan): Additions {
  if (json?.kind === 'Pod') {
    const key = podKeyOf(json);
    const pod = plan.pods.find((candidate) => candidate.key === key);
    return pod === undefined ? [] : podAdditions(pod, plan);
  }
  if (json?.kind === 'Node') {
    const name = (json.metadata as { name?: unknown } | undefined)?.name;
    const node = plan.nodes.find((candidate) => candidate.name === name);
    return node === undefined ? [] : nodeAdditions(node);
  }
  return [];
}

function podAdditions(pod: LabPod, plan: LabPlan): Additions {
  const node = plan.nodes.find(({ name }) => name === pod.node);
  return [
    [['metadata', 'uid'], uidOf(pod.key)],
    [['spec', 'nodeName'], pod.node],
    [['status', 'phase'], 'Running'],
    [['status', 'hostIP'], node?.addresses[0] ?? ''],
    [['status', 'podIP'], pod.addresses[0] ?? ''],
    [['status', 'podIPs'], pod.addresses.map((ip) => ({ ip }))],
  ];
}

const nodeAdditions = (node: LabNode): Additions => [
  [['metadata', 'uid'], uidOf(node.name)],
  [['spec', 'podCIDR'], node.podCidrs[0] ?? ''],
  [['spec', 'podCIDRs'], node.podCidrs],
  [['status', 'addresses'], node.addresses.map((address) => ({ type: 'InternalIP', address }))],
];

/** The same for the same name, in the form of a UUID. */
function uidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
