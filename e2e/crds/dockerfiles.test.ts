import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { repository } from './judge.ts';

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** Without comments; lines that are continued are one. */
function read(file: string): readonly Instruction[] {
  const text = readFileSync(join(repository, file), 'utf8').replaceAll(/^#.*\n/gm, '');
  return text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
      return { name, rest };
    });
}

const known = ['ARG', 'FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'ENTRYPOINT', 'CMD'];

/** No Docker engine runs where the tests do: this reads the files, and builds nothing. */
for (const file of ['operator/Dockerfile', 'node-agent/Dockerfile'])
  describe(file, () => {
    const instructions = read(file);
    const all = (name: string): readonly string[] =>
      instructions.filter((one) => one.name === name).map(({ rest }) => rest);

    it('has only instructions that are known, and begins with what it builds on', () => {
      assert.deepEqual(
        instructions.filter(({ name }) => !known.includes(name)),
        [],
      );
      assert.equal(instructions[0]?.name, 'ARG');
      assert.equal(instructions[1]?.name, 'FROM');
    });

    it('builds on one image, of one version', () => {
      assert.match(all('ARG')[0] ?? '', /^NODE_IMAGE=node:\d+\.\d+\.\d+-bookworm-slim$/);
      for (const from of all('FROM'))
        assert.match(from, /^(--platform=\$BUILDPLATFORM )?\$\{NODE_IMAGE\}( AS [a-z]+)?$/);
      const { engines } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
        engines: object;
      };
      assert.ok('node' in engines);
    });

    it('leaves the tools of earlier stages behind', () => {
      assert.ok(all('FROM').length >= 2);
      assert.match(all('FROM').at(-1) ?? '', /^\$\{NODE_IMAGE\}$/);
      for (const run of all('RUN').filter((text) => text.includes('apt-get'))) {
        assert.match(run, /--no-install-recommends/);
        assert.match(run, /rm -rf \/var\/lib\/apt\/lists\/\*/);
      }
    });

    it('copies what is there, from stages that are there', () => {
      const stages = all('FROM').map((from) => / AS ([a-z]+)$/.exec(from)?.[1]);
      for (const copy of all('COPY')) {
        const words = copy.split(/\s+/);
        const stage = words[0]?.startsWith('--from=') ? words.shift()?.slice('--from='.length) : undefined;
        if (stage !== undefined) assert.ok(stages.includes(stage), copy);
        else for (const source of words.slice(0, -1)) assert.ok(existsSync(join(repository, source)), copy);
      }
    });

    it('starts a program that is there', () => {
      const [entry = '[]'] = all('ENTRYPOINT');
      const [program, main = ''] = JSON.parse(entry) as readonly string[];
      assert.equal(program, 'node');
      assert.ok(existsSync(join(repository, main)), main);
      assert.ok(
        all('COPY').some((copy) => main.startsWith(`${copy.split(/\s+/).at(-1)?.replace(/\/$/, '')}/`)),
      );
    });
  });

describe('node-agent/Dockerfile, for two architectures', () => {
  it('builds the programs once, where the build runs', () => {
    const text = readFileSync(join(repository, 'node-agent/Dockerfile'), 'utf8');
    assert.match(text, /FROM --platform=\$BUILDPLATFORM \S+ AS programs/);
    assert.match(text, /COPY --from=programs \/weir\/build\/bpf build\/bpf\//);
  });
});
