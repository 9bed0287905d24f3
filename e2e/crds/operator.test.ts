import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { until } from '../until.ts';
import { crdFiles, Judge, repository } from './judge.ts';

/** The operator has written it by then. */
const writtenMs = 30_000;

const objects = `
apiVersion: v1
kind: Node
metadata: { name: node-1 }
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: p, namespace: default }
spec: { endpointSelector: {}, ingress: [{}] }
`;

describe("the operator's permissions", function () {
  this.timeout(120_000);
  const directory = mkdtempSync(join(tmpdir(), 'weir-operator-'));
  let judge: Judge;
  let operator: ChildProcess | undefined;
  let text = '';

  before(async () => {
    judge = await Judge.up([...crdFiles]);
    await judge.plane.mustKubectl('apply', '-k', join(repository, 'config/overlays/dev'));
    await judge.plane.apply(objects);
    const kubeconfig = await judge.plane.serviceAccountKubeconfig('weir-system', 'weir-operator');
    const own = join(directory, 'kubeconfig');
    writeFileSync(own, readFileSync(kubeconfig, 'utf8'), { mode: 0o600 });
    await judge.plane.kubectlAs(own, ['config', 'set-context', '--current', '--namespace=weir-system']);
    const flags = ['--kubeconfig', own, '--leader-election', '--agent-trust=tokens', '--listen=127.0.0.1:0'];
    const main = join(repository, 'operator/src/main.ts');
    operator = spawn(process.execPath, [main, 'serve', ...flags, '--state', join(directory, 'state')]);
    for (const stream of [operator.stdout, operator.stderr])
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
  });
  after(async () => {
    operator?.kill('SIGKILL');
    await judge?.down();
    rmSync(directory, { recursive: true, force: true });
  });

  const exists = async (...what: readonly string[]): Promise<boolean> =>
    (await judge.plane.kubectl('get', ...what)).code === 0;
  const made = (what: string, ...args: readonly string[]): Promise<void> =>
    until(
      () => `${what}; ${text.slice(-2_000)}`,
      () => exists(...args),
      writtenMs,
    );

  it('suffice to lead, and to make an authority', async () => {
    await made('a lease', 'lease', 'weir-operator', '-n', 'weir-system');
    await made('a secret', 'secret', 'weir-ca', '-n', 'weir-system');
    await made('a config map', 'configmap', 'weir-ca', '-n', 'weir-system');
  });

  it('suffice to write status', async () => {
    await made('a bundle', 'policybundle', 'node-1');
    const { plane } = judge;
    await until(
      () => `the policy is valid; ${text.slice(-2_000)}`,
      async () =>
        /"Valid"/.test(await plane.mustKubectl('get', 'ciliumnetworkpolicies.cilium.io', 'p', '-o', 'json')),
      writtenMs,
    );
  });

  it('were never missed', () => assert.doesNotMatch(text, /forbidden|cannot /i));
});
