import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { runCommand } from '../lab/command.ts';
import { readManifests, repository } from './judge.ts';
import { type Container, containersOf, hasPods, podOf } from './pod-template.ts';

/** All files of YAML in config/, from the repository's root. */
const files = readdirSync(join(repository, 'config'), { withFileTypes: true, recursive: true })
  .filter(({ name }) => name.endsWith('.yaml'))
  .map(({ name, parentPath }) => join(parentPath, name).slice(repository.length + 1))
  .filter((file) => !file.includes('/charts/'));

/** Those of our two programs. */
const containers = (program: string): readonly Container[] =>
  files
    .flatMap(readManifests)
    .filter(hasPods)
    .map(podOf)
    .flatMap(containersOf)
    .filter(({ image, args }) => image.includes(program) && args);

describe('command lines in config/', () => {
  const helpOf = async (program: string, command: string): Promise<string> => {
    const main = join(repository, program, 'src/main.ts');
    return (await runCommand([process.execPath, main, command, '--help'])).stdout;
  };

  it('have only flags that the command of the operator knows', async () => {
    const found = containers('weir-operator');
    assert.equal(found.length, 2);
    for (const { args } of found) {
      const [command = '', ...rest] = args;
      const known = await helpOf('operator', command);
      const flags = rest.filter((one) => one.startsWith('--'));
      assert.ok(flags.length > 1, command);
      for (const flag of flags) assert.match(known, new RegExp(`${flag.replace(/=.*/, '')}\\b`));
    }
  });

  it('have only flags in patches that the operator knows', async () => {
    const known = await helpOf('operator', 'serve');
    const patches = files.filter((file) => file.endsWith('kustomization.yaml'));
    const flags = patches.flatMap((file) => {
      const text = readFileSync(join(repository, file), 'utf8').replaceAll(/^#.*$/gm, '');
      return text.match(/--[a-z][a-z-]+/g) ?? [];
    });
    assert.ok(flags.length >= 4, `${flags}`);
    for (const flag of flags) assert.match(known, new RegExp(`${flag}\\b`));
  });

  it('have only variables that the command of the agent knows', async () => {
    const found = containers('weir-agent');
    assert.equal(found.length, 2);
    for (const { args, env } of found) {
      const known = await helpOf('node-agent', args[0] ?? '');
      assert.ok(env.length > 1);
      for (const { name } of env) assert.match(known, new RegExp(`env:\\s+${name}\\b`));
    }
  });
});
