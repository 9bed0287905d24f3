import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'mocha';
import { thresholds } from './result.ts';

describe('docs/performance.md', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/performance.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));

  it('names every threshold with its value', () => {
    for (const [name, value] of Object.entries(thresholds)) {
      const [stem = name] = /^.*_to_enforced|^.*_ratio|^.*/.exec(name) ?? [];
      const row = rows.find((line) => line.includes(stem));
      assert.ok(row, `${name} is missing`);
      assert.ok(row.split('|').at(-2)?.includes(String(value)), `${name}: ${value} is not in: ${row}`);
    }
  });
});
