import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nameEngines, type Sightings } from './name-engines.ts';

const seen = (sightings: Partial<Sightings>): readonly string[] =>
  nameEngines({ interfaces: [], chains: [], programs: [], pins: [], ...sightings }).map(
    ({ name, active }) => `${name}${active ? '' : ' (left)'}`,
  );

describe('names of other policy engines', () => {
  it('come from what only they make', () => {
    assert.deepEqual(seen({ interfaces: ['eth0', 'cilium_host', 'cilium_net', 'lxc1'] }), ['cilium']);
    assert.deepEqual(seen({ programs: ['cil_from_container'] }), ['cilium']);
    assert.deepEqual(seen({ chains: ['filter/cali-FORWARD', 'filter/FORWARD'] }), ['calico']);
    assert.deepEqual(seen({ programs: ['cali_tc_preambl'] }), ['calico']);
    assert.deepEqual(seen({ programs: ['handle_ingress'] }), ['aws-network-policy-agent']);
    assert.deepEqual(seen({ pins: ['globals/aws/programs/web_handle_ingress'] }), [
      'aws-network-policy-agent',
    ]);
    assert.deepEqual(seen({ chains: ['filter/KUBE-POD-FW-ABC'] }), ['kube-router']);
    assert.deepEqual(seen({ chains: ['kube-network-policies/'] }), ['kube-network-policies']);
    assert.deepEqual(seen({ chains: ['kindnet-network-policies/postrouting'] }), ['kube-network-policies']);
  });

  it('tell what runs from what was left behind', () => {
    assert.deepEqual(seen({ pins: ['tc/globals/cilium_policy_v2'] }), ['cilium (left)']);
    assert.deepEqual(seen({ chains: ['filter/CILIUM_FORWARD'] }), ['cilium (left)']);
    assert.deepEqual(seen({ pins: ['tc/globals/cilium_ct4'], interfaces: ['cilium_host'] }), ['cilium']);
  });

  it('are none on a node with plain CNIs and kube-proxy', () => {
    const interfaces = [
      'lo',
      'eth0',
      'cni0',
      'flannel.1',
      'veth1234',
      'eni5',
      'kube-ipvs0',
      'cali1234567890a',
    ];
    const chains = [
      'filter/KUBE-FORWARD',
      'nat/KUBE-SERVICES',
      'kube-proxy/filter-forward',
      'filter/FORWARD',
    ];
    assert.deepEqual(seen({ interfaces, chains, programs: ['pod_egress'], pins: ['weir/maps'] }), []);
  });

  it('come with some of the evidence', () => {
    const chains = Array.from({ length: 50 }, (_, index) => `filter/cali-tw-${index}`);
    const [engine] = nameEngines({ interfaces: [], chains, programs: [], pins: [] });
    assert.equal(engine?.evidence.length, 5);
    assert.equal(engine.evidence[0], 'chain filter/cali-tw-0');
  });
});
