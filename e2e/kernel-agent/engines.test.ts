import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lookForEngines } from '@weir/node-agent/src/engines/look-for-engines.ts';
import { filterNames } from '@weir/node-agent/src/kernel/tc-filters.ts';
import { afterEach, describe, it } from 'mocha';
import { addVeth, openDatapath, pinDir, prepare } from './harness.ts';

const run = (command: string): void => {
  execFileSync('sh', ['-c', command], { stdio: 'pipe' });
};
const engines = (bpffs = pinDir): readonly string[] =>
  lookForEngines(bpffs).map(({ name, active, evidence }) => `${name} ${active}: ${evidence.join()}`);

describe('other policy engines', () => {
  prepare();
  afterEach(() => {
    run('ip link del cilium_host 2>/dev/null || true; nft flush ruleset');
  });

  it('are none in a new namespace', () => {
    assert.deepEqual(engines(), []);
  });

  it('are seen by their interfaces and chains, as the kernel lists them', () => {
    run('ip link add cilium_host type veth peer name cilium_net');
    run('nft add table inet kube-network-policies');
    run('nft add table ip filter; nft add chain ip filter cali-FORWARD; nft add chain ip filter OTHER');
    assert.deepEqual(engines(), [
      'calico true: chain filter/cali-FORWARD',
      'cilium true: interface cilium_net,interface cilium_host',
      'kube-network-policies true: chain kube-network-policies/',
    ]);
  });

  it('are seen by the programs in filters', async () => {
    const veth = addVeth(1);
    const datapath = await openDatapath({ attachMode: 'clsact' });
    try {
      await datapath.attach(veth.ifindex);
      const names = filterNames(veth.ifindex);
      assert.match(names.join(), /^pod_egress:\[\d+\],pod_ingress:\[\d+\]$/);
    } finally {
      await datapath.detach(veth.ifindex);
      datapath.close();
      veth.remove();
    }
  });

  it('are looked for in milliseconds', () => {
    engines();
    const times = Array.from({ length: 10 }, () => {
      const began = performance.now();
      engines();
      return performance.now() - began;
    });
    // The shortest: a machine has other work at times.
    const ms = Math.min(...times);
    assert.ok(ms < 50, `${ms} ms`);
  });
});
