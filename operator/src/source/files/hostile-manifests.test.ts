import assert from 'node:assert/strict';
import { defaultSettings } from '../../model/settings.ts';
import { longestDocument } from './document-limits.ts';
import { type Manifest, parseManifest } from './parse-manifest.ts';

const parse = (text: string): Promise<Manifest> => parseManifest('a.yaml', text, defaultSettings);

/** Seconds of a processor, however many share it. */
const soon = 20;

/** In characters: what needs time in the square of it takes minutes. */
const length = 300_000;
const filled = (piece: string): string => piece.repeat(length / piece.length);
function numbered(piece: (n: number) => string): string {
  let text = '';
  for (let n = 0; text.length < length; n++) text += piece(n);
  return text;
}

const policy = (name: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
  - from:
    - podSelector: {matchLabels: {app: client}}
    ports: [{port: 80}]
`;

describe('a hostile manifest', function () {
  this.timeout(180_000);

  const texts: Readonly<Record<string, string>> = {
    'open brackets': filled('['),
    'closing brackets': filled(']'),
    'open maps': filled('{a: '),
    'lists in lists': filled('- '),
    'lists that grow inwards': numbered((n) => `${' '.repeat(n)}-\n`),
    'keys of keys': filled('? '),
    'values of values': filled('a: '),
    'many keys': numbered((n) => `k${n}: 1\n`),
    'many keys in braces': `{${numbered((n) => `k${n}, `)}}`,
    'many anchors, each used': numbered((n) => `- &a${n} x\n- *a${n}\n`),
    'an anchor used often': `- &a x\n${filled('- *a\n')}`,
    'a map merged often': `a: &a {x: 1}\n${numbered((n) => `k${n}: {<<: *a}\n`)}`,
    tags: numbered((n) => `- !t${n} x\n`),
    commas: `[${filled(', ')}`,
    'open quotes': `"${filled('a\\n')}`,
    'nothing but document marks': filled('---\n'),
    'nothing but line ends': filled('\n'),
    'nothing but tabs': filled('\t'),
    'nothing but zeros': filled('\0'),
    'half characters': filled('\ud800'),
    'an entry in each document': numbered((n) => `a: ${n}\n---\n`),
    'a policy of many wrong peers': `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: p, namespace: shop}
spec:
  endpointSelector: {matchLabels: {${numbered((n) => `k${n}: 1,`)}}}
  ingress: [{fromCIDR: [${filled('x, ')}]}]
`,
  };
  for (const [name, text] of Object.entries(texts))
    it(`${name}: is read or refused soon, with few problems`, async () => {
      const before = process.cpuUsage();
      const { entries, problems } = await parse(text);
      const { user, system } = process.cpuUsage(before);
      assert.ok((user + system) / 1e6 < soon, `${(user + system) / 1e6} s`);
      assert.ok(problems.length <= 1001);
      assert.ok(entries.every(({ object }) => object.kind === 'RefusedPolicy'));
    });

  it('lets others run while 10,000 documents are read', async () => {
    const text = Array.from({ length: 10_000 }, (_, n) => policy(`p${n}`)).join('---\n');
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const { entries, problems } = await parse(text);
    clearInterval(timer);
    assert.equal(entries.length, 10_000);
    assert.deepEqual(problems, []);
    assert.ok(turns > 50, `${turns}`);
  });

  it('reads the documents around one that is too long, with their places', async () => {
    const long = `# ${'x'.repeat(longestDocument)}\na: [1\n`;
    const { entries, problems } = await parse(`${policy('a')}---\n${long}---\n${policy('b')}`);
    assert.deepEqual(
      entries.map(({ key, line }) => [key.name, line]),
      [
        ['a', 1],
        ['b', 14],
      ],
    );
    assert.match(problems[0]?.message ?? '', /has more than 4194304 characters/);
    assert.equal(problems.length, 1);
  });

  it('reads the document before one that exhausts the stack', async () => {
    const { entries, problems } = await parse(
      `${policy('a')}---\n${'- '.repeat(100_000)}\n---\n${policy('b')}`,
    );
    assert.deepEqual(
      entries.map(({ key }) => key.name),
      ['a', 'b'],
    );
    assert.equal(problems.length, 1);
  });

  it('counts the problems that it does not tell', async () => {
    const { problems } = await parse(filled('a: 1\n---\n'));
    assert.match(problems.at(-1)?.message ?? '', /^has \d+ more problems$/);
    assert.equal(problems.length, 1001);
  });
});
