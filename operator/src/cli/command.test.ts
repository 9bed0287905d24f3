import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type OperatorCommands, operatorCommand, type ServeOptions } from './command.ts';

/** What `serve` is told by these arguments, or the error. */
async function parse(...args: readonly string[]): Promise<ServeOptions | string> {
  let told: ServeOptions | undefined;
  const commands: OperatorCommands = {
    serve: async (options) => {
      told = options;
    },
    check: async () => undefined,
    certificate: async () => undefined,
    wait: async () => undefined,
    uninstall: async () => undefined,
    explain: async () => undefined,
  };
  let said = '';
  const program = operatorCommand(commands, '1', false);
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({
      writeErr: (text) => {
        said += text;
      },
    });
  try {
    await program.parseAsync(['serve', ...args], { from: 'user' });
  } catch {
    return said.split('\n')[0] ?? '';
  }
  return told ?? assert.fail('serve was not called');
}

describe('weir-operator serve', () => {
  it('takes one source of three', async () => {
    const source = async (...args: readonly string[]) => {
      const options = await parse(...args);
      return typeof options === 'string' ? options : options.source;
    };
    assert.deepEqual(await source('--source', 'x'), { kind: 'files', directory: 'x' });
    assert.deepEqual(await source('--kubeconfig', 'x'), { kind: 'kubeconfig', file: 'x' });
    assert.deepEqual(await source('--in-cluster'), { kind: 'in-cluster' });
    assert.match(String(await source()), /one of --source, --kubeconfig and --in-cluster is needed/);
    assert.match(String(await source('--source', 'x', '--in-cluster')), /cannot be used with/);
    assert.match(String(await source('--kubeconfig', 'x', '--in-cluster')), /cannot be used with/);
  });

  it('elects a leader only where it is told to', async () => {
    const election = async (...args: readonly string[]) => {
      const options = await parse('--in-cluster', ...args);
      return typeof options === 'string' ? options : options.election;
    };
    assert.equal(await election(), undefined);
    assert.deepEqual(await election('--leader-election', '--listen', '10.0.0.1:9443'), {
      namespace: undefined,
      name: 'weir-operator',
      address: '10.0.0.1:9443',
    });
    assert.deepEqual(
      await election('--leader-election', '--lease-namespace=a', '--lease-name=b', '--advertise=c:1'),
      { namespace: 'a', name: 'b', address: 'c:1' },
    );
    assert.match(String(await parse('--source', 'x', '--leader-election')), /cannot be used with/);
  });

  it('serves health and metrics only where it is told to', async () => {
    const none = await parse('--in-cluster');
    assert.ok(typeof none !== 'string');
    assert.deepEqual([none.healthListen, none.metricsListen], [undefined, undefined]);
    const both = await parse('--in-cluster', '--health-listen=:8080', '--metrics-listen=:8081');
    assert.ok(typeof both !== 'string');
    assert.deepEqual([both.healthListen, both.metricsListen], [':8080', ':8081']);
  });
});
