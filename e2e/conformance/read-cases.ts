import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Case } from './case.ts';

/** Cases of a .jsonl or .jsonl.gz file, one at a time. Throws an Error that names the file and the line. */
export async function* readCases(path: string): AsyncGenerator<Case> {
  let line = 0;
  for await (const text of readLines(path)) {
    line++;
    if (text.trim() !== '') yield parseCase(text, `${path}:${line}`);
  }
}

async function* readLines(path: string): AsyncGenerator<string> {
  try {
    yield* splitLines(path.endsWith('.gz') ? unzipped(path) : createReadStream(path));
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function unzipped(path: string): Readable {
  const file = createReadStream(path);
  const gunzip = createGunzip();
  // pipe does not hand errors on, and a reader of lines would wait for ever.
  file.on('error', (error) => gunzip.destroy(error));
  return file.pipe(gunzip);
}

async function* splitLines(file: Readable): AsyncGenerator<string> {
  file.setEncoding('utf8');
  let rest = '';
  for await (const chunk of file) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function parseCase(text: string, place: string): Case {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${place}: not JSON`, { cause });
  }
  if (!isCase(value)) throw new Error(`${place}: not a case: it needs "name" and "queries" or "invalid"`);
  return value;
}

function isCase(value: unknown): value is Case {
  if (typeof value !== 'object' || value === null) return false;
  const hasName = 'name' in value && typeof value.name === 'string';
  const hasQueries = 'queries' in value && Array.isArray(value.queries);
  return hasName && (hasQueries || ('invalid' in value && value.invalid === true));
}
