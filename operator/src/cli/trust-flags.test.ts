import assert from 'node:assert/strict';
import { Command } from 'commander';
import { describe, it } from 'mocha';
import { type FlagSettings, settingsOf, withSettings } from './setting-flags.ts';
import { type TrustFlags, trustOf, withTrust } from './trust-flags.ts';

/** The flags, or what is said against them. */
function parse<Flags>(command: Command, args: readonly string[]): Flags | string {
  let said = '';
  command.exitOverride().configureOutput({
    writeErr: (text) => {
      said += text;
    },
  });
  try {
    return command.parse([...args], { from: 'user' }).opts() as Flags;
  } catch {
    return said;
  }
}

describe('flags of the operator', () => {
  it('trust certificates unless told, and the ServiceAccount of the installation', () => {
    const trust = (...args: readonly string[]) => {
      const flags = parse<TrustFlags>(withTrust(new Command()), args);
      return typeof flags === 'string' ? flags : trustOf(flags);
    };
    assert.deepEqual(trust(), { kind: 'certificates' });
    assert.deepEqual(trust('--agent-trust=tokens'), {
      kind: 'tokens',
      serviceAccount: { namespace: undefined, name: 'weir-agent' },
    });
    assert.deepEqual(trust('--agent-trust=tokens', '--agent-service-account=net/agent'), {
      kind: 'tokens',
      serviceAccount: { namespace: 'net', name: 'agent' },
    });
    assert.match(String(trust('--agent-trust=nobody')), /Allowed choices are certificates, tokens/);
  });

  it('observe all nodes, some, or none', () => {
    const observed = (...args: readonly string[]) => {
      const flags = parse<FlagSettings>(withSettings(new Command()), args);
      return typeof flags === 'string' ? flags : settingsOf(flags).observe;
    };
    assert.deepEqual(observed(), []);
    assert.equal(observed('--observe'), 'all');
    assert.deepEqual(observed('--observe-node', 'node-1', 'node-2'), ['node-1', 'node-2']);
    assert.match(String(observed('--observe', '--observe-node', 'node-1')), /cannot be used with/);
  });
});
