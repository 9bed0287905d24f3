import assert from 'node:assert/strict';
import { isVisibleLabel } from './label-filter.ts';

describe('isVisibleLabel', () => {
  for (const key of ['app', 'app.kubernetes.io/name', 'example.org/kubernetes.io', 'k8s-app', 'role']) {
    it(`shows ${key}`, () => assert.equal(isVisibleLabel(key), true));
  }
  for (const key of [
    'kubernetes.io/os',
    'io.kubernetes.container.name',
    'k8s.io/x',
    'pod-template-hash',
    'controller-uid',
    'batch.kubernetes.io/controller-uid',
    'statefulset.kubernetes.io/pod-name',
    'failure-domain.beta.kubernetes.io/zone',
    'topology.kubernetes.io/zone',
    'annotation.x',
  ]) {
    it(`hides ${key}`, () => assert.equal(isVisibleLabel(key), false));
  }
});
