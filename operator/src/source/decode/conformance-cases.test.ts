import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Problem } from '../../model/event.ts';
import { defaultSettings } from '../../model/settings.ts';
import { decodeObject, problemsOf } from './decode-object.ts';

interface Case {
  readonly name: string;
  readonly invalid?: boolean;
  readonly objects: readonly unknown[] | null;
}

const folder = new URL('../../../../e2e/conformance/cases/', import.meta.url);

function readCases(file: string): readonly Case[] {
  const text = gunzipSync(readFileSync(new URL(`${file}.jsonl.gz`, folder))).toString();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

const problemsIn = (value: unknown): readonly Problem[] => problemsOf(decodeObject(value, defaultSettings));

describe('decodeObject on the conformance cases', () => {
  /** How many cases use nothing that is not supported; a field that becomes supported raises the number. */
  const understood = {
    'cilium-features': 663,
    'cilium-random': 300,
    'cnp-conformance': 96,
    'cnp-matrix': 60,
    'cnp-random': 240,
    'np-cyclonus': 271,
    'np-e2e': 65,
  };

  for (const [file, least] of Object.entries(understood)) {
    const cases = readCases(file).map(({ name, invalid = false, objects }) => ({
      name,
      invalid,
      problems: (objects ?? []).flatMap(problemsIn),
    }));

    it(`${file}: refuses every invalid case`, () => {
      const accepted = cases.filter(({ invalid, problems }) => invalid && problems.length === 0);
      assert.deepEqual(
        accepted.map(({ name }) => name),
        [],
      );
    });

    it(`${file}: refuses in valid cases only what is not supported`, () => {
      const wrong = cases
        .filter(({ invalid }) => !invalid)
        .flatMap(({ name, problems }) => problems.map((problem) => ({ name, ...problem })))
        .filter(({ message }) => !message.includes('not supported'));
      assert.deepEqual(wrong, []);
    });

    it(`${file}: understands at least ${least} cases`, () => {
      const valid = cases.filter(({ invalid, problems }) => !invalid && problems.length === 0);
      assert.ok(valid.length >= least, `${valid.length}`);
    });
  }
});
