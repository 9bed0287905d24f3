import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { defaultSettings, type Settings } from '../model/settings.ts';
import { type FlagSettings, settingsOf, withSettings } from './setting-flags.ts';

const command = (): Command =>
  withSettings(new Command().exitOverride().configureOutput({ writeErr: () => {} }));

function read(...flags: readonly string[]): Settings {
  const parsed = command().parse(flags, { from: 'user' });
  return settingsOf(parsed.opts<FlagSettings>());
}

describe('the flags for settings', () => {
  it('have the model’s defaults', () => assert.deepEqual(read(), defaultSettings));

  it('set each setting', () => {
    const flags = [
      ...['--enable-policy', 'always', '--allow-localhost', 'policy', '--cluster-name', 'west'],
      ...['--policy-default-local-cluster', 'false', '--network-policy-ip-block', 'external'],
      ...['--policy-cidr-match-mode', 'nodes', 'pods', '--enable-node-selector-labels', 'true'],
      ...['--enable-extended-ip-protocols', 'true', '--observe-node', 'n1', 'n2'],
    ];
    assert.deepEqual(read(...flags), {
      enablePolicy: 'always',
      allowLocalhost: 'policy',
      clusterName: 'west',
      policyDefaultLocalCluster: false,
      networkPolicyIpBlock: 'external',
      policyCidrMatchMode: { pods: true, nodes: true },
      enableNodeSelectorLabels: true,
      enableExtendedIpProtocols: true,
      observe: ['n1', 'n2'],
    });
    assert.equal(read('--observe').observe, 'all');
    assert.deepEqual(read('--policy-cidr-match-mode', 'nodes').policyCidrMatchMode, {
      pods: false,
      nodes: true,
    });
  });

  it('refuse what is no choice', () => {
    assert.throws(() => read('--policy-cidr-match-mode', 'world'), /Allowed choices are nodes, pods/);
    assert.throws(() => read('--enable-policy', 'sometimes'), /Allowed choices are default, always, never/);
  });

  it('are in docs/policies.md, each with its default', () => {
    const page = readFileSync(new URL('../../../docs/policies.md', import.meta.url), 'utf8');
    for (const { long, defaultValue = undefined } of command().options) {
      const told = defaultValue === undefined ? 'neither' : `\`${defaultValue}\``;
      assert.ok(page.includes(`| \`${long}\` | ${told} |`), `${long}`);
    }
  });
});
