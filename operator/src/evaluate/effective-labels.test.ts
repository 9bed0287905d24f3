import assert from 'node:assert/strict';
import { podLabels } from './effective-labels.ts';
import { clusterOf, namespace, pod } from './test-cluster.ts';

const texts = (...of: Parameters<typeof podLabels>) =>
  podLabels(...of).map(({ source, key, value }) => `${source}:${key}=${value}`);

describe('podLabels', () => {
  const state = clusterOf([namespace('shop', { env: 'prod' })], { clusterName: 'west' });

  it('adds namespace, its labels, cluster and service account', () => {
    assert.deepEqual(texts(state, pod('web', { serviceAccount: 'robot' })), [
      'k8s:app=web',
      'k8s:io.cilium.k8s.namespace.labels.env=prod',
      'k8s:io.kubernetes.pod.namespace=shop',
      'k8s:io.cilium.k8s.policy.cluster=west',
      'k8s:io.cilium.k8s.policy.serviceaccount=robot',
    ]);
  });

  it('names the other cluster of a pod there', () => {
    assert.ok(
      texts(state, pod('web', { cluster: 'east' })).includes('k8s:io.cilium.k8s.policy.cluster=east'),
    );
  });

  it('does not let a pod say what namespace, cluster or service account it is in', () => {
    const labels = new Map([
      ['io.kubernetes.pod.namespace', 'kube-system'],
      ['io.cilium.k8s.namespace.labels.env', 'dev'],
      ['io.cilium.k8s.policy.cluster', 'east'],
      ['io.cilium.k8s.policy.serviceaccount', 'admin'],
    ]);
    assert.deepEqual(texts(state, pod('web', { labels })), texts(state, pod('web', { labels: new Map() })));
  });

  it('does without an unknown namespace', () => {
    assert.equal(texts(clusterOf([]), pod('web')).length, 4);
  });
});
