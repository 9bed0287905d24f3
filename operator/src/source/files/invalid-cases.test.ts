import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import type { Problem } from '../../model/event.ts';
import { defaultSettings } from '../../model/settings.ts';
import { decodeObject, problemsOf } from '../decode/decode-object.ts';
import { parseManifest } from './parse-manifest.ts';

interface Case {
  readonly name: string;
  readonly invalid?: boolean;
  readonly objects: readonly unknown[] | null;
}

const file = new URL('../../../../e2e/conformance/cases/cilium-features.jsonl.gz', import.meta.url);

const invalidCases = (): readonly Case[] =>
  gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Case => JSON.parse(line))
    .filter(({ invalid }) => invalid === true);

const problemsIn = (value: unknown): readonly Problem[] => problemsOf(decodeObject(value, defaultSettings));

describe('parseManifest on the invalid conformance cases', () => {
  for (const { name, objects } of invalidCases())
    it(`refuses ${name}, in YAML and in JSON, at the same fields for the same reasons`, async () => {
      const expected = (objects ?? []).flatMap(problemsIn).map(({ path, message }) => `${path}: ${message}`);
      assert.notDeepEqual(expected, []);
      const yaml = (objects ?? []).map((object) => stringify(object)).join('---\n');
      const json = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }, null, 2);
      for (const text of [yaml, json]) {
        const { problems } = await parseManifest('a.yaml', text, defaultSettings);
        assert.deepEqual(
          problems.map(({ path, message }) => `${path}: ${message}`),
          expected,
        );
      }
    });
});
