import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Case } from '../conformance/case.ts';
import { readCases } from '../conformance/read-cases.ts';
import { isJudged, Judge, type Manifest } from './judge.ts';

/** A case, and what the API server says to each of its objects. */
interface Judged {
  readonly file: string;
  readonly name: string;
  readonly invalid: boolean;
  readonly rejectedBy: readonly string[];
  readonly objects: readonly { readonly kind: string; readonly refusal: string | undefined }[];
}

/** Refused there by the engine alone, and only the operator can tell here. */
const leftToOperator: readonly string[] = [];
const notSupported = /is not supported by this version of Weir|labels of source \w+ are not supported/;
/** Kubernetes validates its own kind itself, which the program that made the cases did not ask. */
const byKubernetes = /NetworkPolicy.networking.k8s.io .*must not have bits set beyond the prefix length/;
const folder = join(import.meta.dirname, '../conformance/cases');

async function readAll(): Promise<readonly { readonly file: string; readonly of: Case }[]> {
  const all: { file: string; of: Case }[] = [];
  for (const file of readdirSync(folder))
    for await (const of of readCases(join(folder, file))) all.push({ file, of });
  return all;
}

const objectsOf = ({ objects }: Case): readonly Manifest[] =>
  ((objects ?? []) as readonly Manifest[]).filter(({ kind }) => isJudged(kind));

async function judgeAll(judge: Judge): Promise<readonly Judged[]> {
  const cases = await readAll();
  const objects = cases.flatMap(({ of }) => objectsOf(of));
  const namespaces = new Set(objects.map(({ metadata }) => metadata.namespace ?? 'default'));
  for (const namespace of namespaces)
    await judge.plane.apply(`{ apiVersion: v1, kind: Namespace, metadata: { name: "${namespace}" } }`);
  const refusals = await judge.refusals(objects);
  const answers = new Map(objects.map((object, at) => [object, refusals[at]]));
  return cases.map(({ file, of }) => ({
    file: file.replace('.jsonl.gz', ''),
    name: of.name,
    invalid: of.invalid ?? false,
    rejectedBy: 'rejectedBy' in of && Array.isArray(of.rejectedBy) ? of.rejectedBy : [],
    objects: objectsOf(of).map((object) => ({ kind: object.kind, refusal: answers.get(object) })),
  }));
}

const isRefused = ({ objects }: Judged): boolean => objects.some(({ refusal }) => refusal !== undefined);
const nameOf = ({ file, name }: Judged): string => `${file} ${name}`;

describe('objects of the conformance cases, on a real API server', function () {
  this.timeout(1_200_000);
  let judge: Judge;
  let cases: readonly Judged[];

  before(async () => {
    judge = await Judge.up();
    cases = await judgeAll(judge);
  });
  after(() => judge?.down());

  it('are more than 3,000, of every kind', () => {
    const count = new Map<string, number>();
    for (const { kind } of cases.flatMap(({ objects }) => objects))
      count.set(kind, (count.get(kind) ?? 0) + 1);
    const least = {
      CiliumNetworkPolicy: 1_200,
      CiliumClusterwideNetworkPolicy: 250,
      CiliumCIDRGroup: 250,
      NetworkPolicy: 1_000,
      ClusterNetworkPolicy: 700,
    };
    for (const [kind, number] of Object.entries(least)) assert.ok((count.get(kind) ?? 0) >= number, kind);
  });

  it('are refused where a schema of Cilium refuses them', () => {
    const bySchema = cases.filter(({ rejectedBy }) => rejectedBy.includes('crd'));
    assert.ok(bySchema.length >= 35, `${bySchema.length}`);
    assert.deepEqual(bySchema.filter((one) => !isRefused(one)).map(nameOf), []);
  });

  it('are refused where Cilium refuses them later, but for what only the operator can tell', () => {
    const later = cases.filter(({ invalid, rejectedBy }) => invalid && !rejectedBy.includes('crd'));
    assert.ok(later.length >= 25, `${later.length}`);
    assert.deepEqual(later.filter((one) => !isRefused(one)).map(nameOf), leftToOperator);
  });

  it('are accepted where they are valid, but for what is not supported', () => {
    const valid = cases.filter(({ file, invalid }) => !invalid && file !== 'cilium-choices');
    const refusals = valid.flatMap((one) =>
      one.objects.flatMap(({ refusal }) => (refusal === undefined ? [] : [`${nameOf(one)}: ${refusal}`])),
    );
    assert.deepEqual(
      refusals.filter((text) => !notSupported.test(text) && !byKubernetes.test(text)),
      [],
    );
    assert.equal(refusals.filter((text) => byKubernetes.test(text)).length, 14);
    assert.deepEqual(
      refusals.filter((text) => notSupported.test(text)).map((text) => text.replace(/: .*/s, '')),
      ['cilium-features ccnp-nodeselector-leaves-pods-alone'],
    );
  });

  it('are refused where Cilium drops a field, naming it', () => {
    const refused = cases
      .filter(({ file }) => file === 'cilium-choices')
      .flatMap((one) =>
        one.objects.map(({ refusal }) => [one.name, refusal?.replace(/^.*denied request: /s, '')]),
      )
      .filter(([, refusal]) => refusal !== undefined);
    assert.deepEqual(refused, [
      ['ingress-deny-pruned-l7', "spec.ingressDeny[0].toPorts[0].rules: rules can't be in a deny rule"],
      ['egress-deny-pruned-fqdns', "spec.egressDeny[0].toFQDNs: toFQDNs can't be in a deny rule"],
    ]);
  });
});
