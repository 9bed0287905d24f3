import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as make from '../testing/objects.ts';
import { PodsByLabelKey } from './pods-by-label-key.ts';

describe('PodsByLabelKey', () => {
  const labelled = (keys: readonly string[]) =>
    make.pod('a/pod', { labels: Object.fromEntries(keys.map((key) => [key, key])) });
  const having = (pods: PodsByLabelKey, ...keys: string[]) => [...pods.having(keys)].sort();

  it('knows pods by their own keys, by those of their namespace and by the names of their ports', () => {
    const pods = new PodsByLabelKey();
    pods.setPod('a/1', labelled(['app']), new Map([['env', 'prod']]));
    pods.setPod('a/2', labelled(['app', 'tier']), undefined);
    pods.setPod('b/3', make.pod('b/3', { ports: [make.namedPort('http', 80)] }), undefined);
    assert.deepEqual(having(pods, 'app'), ['a/1', 'a/2']);
    assert.deepEqual(having(pods, 'tier', 'app'), ['a/1', 'a/2']);
    assert.deepEqual(having(pods, 'io.cilium.k8s.namespace.labels.env'), ['a/1']);
    assert.deepEqual(having(pods, 'env', 'other'), []);
    assert.deepEqual(having(pods, '\0TCP/http'), ['b/3']);
    assert.deepEqual(having(pods, 'io.kubernetes.pod.namespace'), ['a/1', 'a/2', 'b/3']);
  });

  it('follows pods whose labels change, and forgets those that are gone', () => {
    const pods = new PodsByLabelKey();
    pods.setPod('a/1', labelled(['app']), undefined);
    pods.setPod('a/1', labelled(['tier']), undefined);
    assert.deepEqual([having(pods, 'app'), having(pods, 'tier')], [[], ['a/1']]);
    pods.setPod('a/1', undefined, undefined);
    assert.deepEqual([having(pods, 'tier'), having(pods, 'io.kubernetes.pod.namespace')], [[], []]);
  });
});
