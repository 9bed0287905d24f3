import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { runCommand } from '../lab/command.ts';
import { readManifests, repository } from './judge.ts';
import { type Container, podOf } from './pod-template.ts';

describe('command lines in config/', () => {
  const container = (file: string, kind: string): Container => {
    const [manifest] = readManifests(file).filter((one) => one.kind === kind);
    assert.ok(manifest);
    const [found] = podOf(manifest).containers;
    assert.ok(found);
    return found;
  };
  const help = async (program: string, command: string): Promise<string> => {
    const main = join(repository, program, 'src/main.ts');
    return (await runCommand([process.execPath, main, command, '--help'])).stdout;
  };

  it('has only flags that the operator knows', async () => {
    const [command = '', ...flags] = container('config/base/operator.yaml', 'Deployment').args;
    const known = await help('operator', command);
    for (const flag of flags) assert.match(known, new RegExp(`${flag.replace(/=.*/, '')}\\b`));
  });

  it('has only variables that the agent knows', async () => {
    const { args, env } = container('config/base/agent.yaml', 'DaemonSet');
    const known = await help('node-agent', args[0] ?? '');
    assert.ok(env.length > 4);
    for (const { name } of env) assert.match(known, new RegExp(`env:\\s+${name}\\b`));
  });
});
