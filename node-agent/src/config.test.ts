import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type AgentConfig, agentCommand, type RemoveOptions } from './config.ts';

/** What `weir-agent` does with these arguments, or what it says against them. */
async function parse(...args: readonly string[]): Promise<AgentConfig | RemoveOptions | string> {
  let told: AgentConfig | RemoveOptions | undefined;
  let said = '';
  const program = agentCommand(
    {
      run: async (config) => {
        told = config;
      },
      remove: async (options) => {
        told = options;
      },
    },
    '1',
    false,
  );
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({
      writeErr: (text) => {
        said += text;
      },
    });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch {
    return said;
  }
  return told ?? assert.fail('nothing was called');
}

const run = ['run', '--node=node-1', '--operator=127.0.0.1:1'] as const;

describe('weir-agent', () => {
  it('goes to operators at addresses, not to a variable that kubelet did not know', async () => {
    const operator = async (text: string) => {
      const config = await parse('run', '--node=node-1', `--operator=${text}`);
      return typeof config === 'object' && 'operator' in config ? config.operator : config;
    };
    for (const text of ['10.0.0.1:9443', '[fd00::1]:9443', 'a.example:1,b.example:2'])
      assert.equal(await operator(text), text);
    for (const text of ['$(WEIR_OPERATOR_SERVICE_HOST):$(WEIR_OPERATOR_SERVICE_PORT)', 'a', 'a:1,', ''])
      assert.match(String(await operator(text)), /"host:port", or several with commas between/, text);
  });

  const credentials = async (...args: readonly string[]) => {
    const config = await parse(...run, ...args);
    return typeof config === 'object' && 'credentials' in config ? config.credentials : config;
  };

  it('proves its node by a certificate, or by a token with an authority', async () => {
    assert.deepEqual(await credentials(), { kind: 'certificate', folder: '/etc/weir/tls' });
    assert.deepEqual(await credentials('--tls=/tls'), { kind: 'certificate', folder: '/tls' });
    assert.deepEqual(await credentials('--token=/t', '--ca=/c'), { kind: 'token', token: '/t', ca: '/c' });
    assert.match(String(await credentials('--token=/t')), /--token and --ca go together/);
    assert.match(String(await credentials('--ca=/c')), /--token and --ca go together/);
  });

  it('removes from the places of `run`', async () => {
    assert.deepEqual(await parse('remove'), { pins: '/sys/fs/bpf/weir', state: '/var/lib/weir/agent' });
    assert.deepEqual(await parse('remove', '--pins=/p', '--state=/s'), { pins: '/p', state: '/s' });
  });
});
