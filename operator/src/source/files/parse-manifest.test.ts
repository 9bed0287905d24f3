import assert from 'node:assert/strict';
import { keyText } from '../../model/object-key.ts';
import { defaultSettings } from '../../model/settings.ts';
import { type Manifest, parseManifest } from './parse-manifest.ts';

const parse = (text: string): Promise<Manifest> => parseManifest('a.yaml', text, defaultSettings);
const keys = ({ entries }: Manifest): readonly string[] => entries.map(({ key }) => keyText(key));

/** "line:column object path: message" */
const problems = (manifest: Manifest): readonly string[] =>
  manifest.problems.map(
    ({ place: { line, column }, object, path, message }) =>
      `${line}:${column} ${object === undefined ? '?' : keyText(object)} ${path}: ${message}`,
  );

const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`;

const broken = `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata:
  name: p
  namespace: shop
spec:
  endpointSelector: {}
  ingress:
    - fromCIDRSet:
        - cidr: 10.0.0.0/8
          except:
            - 10.1.0.0/16
            - 11.0.0.0/16
      toPorts:
        - ports:
            - port: "80"
              protocol: tcp
            - endPort: 80
`;

describe('parseManifest', () => {
  it('reads documents, empty ones left out, each with its place', async () => {
    const manifest = await parse(
      `# shop\n---\n${namespace('a')}---\n---\n# nothing\n---\n${namespace('b')}...\n`,
    );
    assert.deepEqual(keys(manifest), ['Namespace//a', 'Namespace//b']);
    assert.deepEqual(
      manifest.entries.map(({ line }) => line),
      [3, 10],
    );
    assert.deepEqual(manifest.problems, []);
  });

  it('reads files with nothing in them', async () => {
    for (const text of ['', '\n', '# nothing\n', '---\n', '\uFEFF'])
      assert.deepEqual((await parse(text)).problems, []);
  });

  it('reads a byte order mark, CRLF and a missing last line end', async () => {
    const manifest = await parse(
      `\uFEFF${namespace('a').replaceAll('\n', '\r\n')}---\r\n${namespace('b').trimEnd()}`,
    );
    assert.deepEqual(keys(manifest), ['Namespace//a', 'Namespace//b']);
  });

  it('reads JSON with tabs, anchors and merge keys', async () => {
    const json = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }, null, '\t');
    assert.deepEqual(keys(await parse(json)), ['Namespace//a']);
    const yaml = `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels:\n    <<: &l {x: "1"}\n    y: "2"\n  annotations: *l\n`;
    const [entry] = (await parse(yaml)).entries;
    assert.ok(entry?.object.kind === 'Namespace');
    assert.deepEqual([...entry.object.labels.keys()], ['x', 'y', 'kubernetes.io/metadata.name']);
  });

  it('counts what is not read, in a List too', async () => {
    const deployment = 'apiVersion: apps/v1\n  kind: Deployment';
    const manifest = await parse(`kind: List\napiVersion: v1\nitems:\n- ${deployment}\n- ${deployment}\n`);
    assert.deepEqual([...manifest.foreign], [['Deployment', 2]]);
    assert.deepEqual([manifest.entries, manifest.problems], [[], []]);
  });

  it('unfolds a List', async () => {
    const pod = 'apiVersion: v1\n  kind: Pod\n  metadata: {name: x}\n  status: {podIP: no}';
    const manifest = await parse(
      `kind: List\napiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Namespace\n  metadata: {name: a}\n- ${pod}\n-\n`,
    );
    assert.deepEqual(keys(manifest), ['Namespace//a']);
    assert.deepEqual(problems(manifest), [
      '10:12 Pod/default/x status.podIP: "no" is no IP address',
      '11:2 ? : must be an object, is null',
    ]);
  });

  it('points at the field of each problem, or at what lacks it', async () => {
    const at = 'spec.ingress[0].toPorts[0].ports';
    const shop = 'CiliumNetworkPolicy/shop/p';
    const manifest = await parse(broken);
    assert.deepEqual(problems(manifest), [
      `17:15 ${shop} ${at}[0].protocol: must be one of TCP, UDP, SCTP, VRRP, IGMP, GRE, IPIP, IPV6, ESP, AH, ANY, is "tcp"`,
      `18:15 ${shop} ${at}[1].port: a port must be given; "0" means every port`,
      `13:15 ${shop} spec.ingress[0].fromCIDRSet[0].except[1]: 11.0.0.0/16 must lie inside the cidr 10.0.0.0/8`,
    ]);
    assert.deepEqual(keys(manifest), [shop]);
    assert.equal(manifest.entries[0]?.object.kind, 'RefusedPolicy');
  });

  it('points into what an alias names', async () => {
    const manifest = await parse(`x: &m\n  name: a\n  labels: {v: 1}\n---\n`);
    assert.equal(manifest.problems.length, 2);
    const aliased = await parse(
      `metadata: &m\n  name: a\n  labels:\n    v: 1\nkind: Namespace\napiVersion: v1\nspec: *m\n`,
    );
    assert.deepEqual(problems(aliased), [
      '4:5 Namespace//a metadata.labels.v: must be a string, is 1; put it in quotes',
    ]);
  });

  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefg'].map((line, at, all) => {
    const former = String.fromCharCode('a'.charCodeAt(0) + at - 1);
    return at === 0 ? line : `${all[at]}: &${all[at]} [${Array(9).fill(`*${former}`).join(',')}]`;
  });
  const unreadable: readonly [name: string, text: string, line: number, message: RegExp][] = [
    ['a tab', 'kind: Pod\n\tmetadata: {}\n', 2, /Tabs are not allowed as indentation/],
    ['a key twice', 'kind: Pod\nmetadata: {name: a, name: b}\n', 2, /Map keys must be unique/],
    ['an open bracket', 'kind: Pod\nspec: [', 3, /must be sufficiently indented and end with a \]/],
    ['an unknown tag', 'kind: !pod Pod\n', 1, /Unresolved tag: !pod/],
    ['an unknown alias', 'kind: *pod\n', 1, /Unresolved alias/],
    ['a bomb of aliases', bomb.join('\n'), 1, /Excessive alias count/],
    ['deep nesting', '['.repeat(20_000), 1, /is nested more than 200 deep/],
  ];
  for (const [name, text, line, message] of unreadable)
    it(`refuses ${name}, and reads the other documents`, async () => {
      const manifest = await parse(`${text}\n---\n${namespace('b')}`);
      assert.equal(manifest.problems.length, 1, problems(manifest).join('\n'));
      assert.match(manifest.problems[0]?.message ?? '', message);
      assert.equal(manifest.problems[0]?.place.line, line);
      assert.deepEqual(keys(manifest), ['Namespace//b']);
      assert.ok(manifest.mayHide({ kind: 'Pod', namespace: 'any', name: 'any' }));
    });

  it('knows what an object that can’t be read may be', async () => {
    const pod = { kind: 'Pod', namespace: 'default', name: 'x' } as const;
    const namedPod = await parse('apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nstatus: {podIP: no}\n');
    assert.deepEqual([namedPod.mayHide(pod), namedPod.mayHide({ ...pod, name: 'y' })], [true, false]);
    const mistyped = await parse('apiVersion: v1\nkind: Pot\nmetadata: {name: x}\n');
    assert.deepEqual([mistyped.mayHide(pod), mistyped.mayHide({ ...pod, name: 'y' })], [true, false]);
    const nameless = await parse('apiVersion: v1\nkind: Pod\nmetadata: {nam: x}\n');
    assert.ok(nameless.mayHide(pod));
    const foreign = await parse('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n');
    assert.ok(!foreign.mayHide(pod));
    const good = await parse(namespace('x'));
    assert.ok(!good.mayHide({ kind: 'Namespace', namespace: '', name: 'x' }));
  });
});
