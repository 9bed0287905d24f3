import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { defaultSettings, type Settings } from '../../model/settings.ts';
import { decodeObject, problemsOf } from '../decode/decode-object.ts';
import { mutatedManifest } from './mutated-manifest.ts';
import { parseManifest } from './parse-manifest.ts';

const settings: Settings = {
  ...defaultSettings,
  enableNodeSelectorLabels: true,
  enableExtendedIpProtocols: true,
};

/** As many as take some two seconds of a test. */
const runs = { decoded: 16_000, parsed: 1_600, damaged: 3_000 } as const;

describe('the manifest path, on mutated manifests', function () {
  this.timeout(120_000);

  it('never throws, and accepts again what it accepted', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(mutatedManifest, (value) => {
        const first = decodeObject(value, settings);
        const good = problemsOf(first).length === 0;
        if (good) accepted++;
        else refused++;
        // What a policy means must not depend on how it is carried.
        assert.deepEqual(decodeObject(JSON.parse(JSON.stringify(value)), settings), first);
      }),
      { numRuns: runs.decoded },
    );
    // Neither everything nor nothing: otherwise the mutations would miss what they are for.
    assert.ok(accepted > 20 && refused > 20, `${accepted} accepted, ${refused} refused`);
  });

  it('reads YAML as it reads the value that the YAML was written from', async () => {
    await fc.assert(
      fc.asyncProperty(mutatedManifest, async (value) => {
        const direct = decodeObject(value, settings);
        const { entries } = await parseManifest('a.yaml', stringify(value), settings);
        if (direct.kind !== 'object') assert.deepEqual(entries, []);
        else
          assert.ok(
            entries.some(({ object }) => isDeepStrictEqual(object, direct.object)),
            'another object',
          );
      }),
      { numRuns: runs.parsed },
    );
  });

  it('never fails on damaged text', async () => {
    const damaged = fc
      .tuple(
        mutatedManifest,
        fc.boolean(),
        fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.string()), { maxLength: 6 }),
      )
      .map(([value, json, edits]) => damage(json ? JSON.stringify(value) : stringify(value), edits));
    await fc.assert(
      fc.asyncProperty(damaged, async (text) => {
        const { entries, problems } = await parseManifest('a.yaml', text, settings);
        assert.ok(entries.every(({ line, column }) => line > 0 && column > 0));
        assert.ok(problems.every(({ place: { line, column } }) => line > 0 && column > 0));
      }),
      { numRuns: runs.damaged },
    );
  });
});

/** Each edit removes a few characters at a place and puts others there. */
const damage = (text: string, edits: readonly (readonly [number, number, string])[]): string =>
  edits.reduce((changed, [place, removed, added]) => {
    const at = place % (changed.length + 1);
    return changed.slice(0, at) + added + changed.slice(at + removed);
  }, text);
