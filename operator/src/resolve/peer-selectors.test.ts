import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Cluster } from '../model/cluster.ts';
import { defaultSettings } from '../model/settings.ts';
import * as make from '../testing/objects.ts';
import { Matching } from './matching.ts';
import { NodeProfiles } from './node-profiles.ts';
import { type PeerContent, peerContents } from './peer-content.ts';
import { peerContext } from './peer-context.ts';
import { PeerSelectors } from './peer-selectors.ts';

const context = peerContext(new Cluster(defaultSettings).state, () => []);

function contentOf(...labels: readonly Readonly<Record<string, string>>[]): PeerContent {
  const peers = labels.map((each) => make.endpoints(make.labelsIn('a', each)));
  const [content] = peerContents({ kind: 'list', peers }, context);
  assert.ok(content);
  return content;
}

/** Peer selectors whose news are written down. */
function scene() {
  const news: string[] = [];
  const matching = new Matching({
    localCluster: 'default',
    namespaceLabels: () => undefined,
    podsHaving: () => ['a/web'],
    listener: {
      matched: (selector, set) => selectors.matched(selector, set),
      unmatched: (selector, set) => selectors.unmatched(selector, set),
      moved: () => {},
      vanished: () => {},
    },
  });
  const write = (what: string) => (selector: { readonly content: PeerContent }) =>
    news.push(`${what} ${selector.content.pods.length}`);
  const selectors = new PeerSelectors(matching, new NodeProfiles(), {
    joined: write('joined'),
    left: write('left'),
  });
  const take = () => news.splice(0).sort();
  return { matching, selectors, take };
}

describe('PeerSelectors', () => {
  const web = make.pod('a/web', { labels: { app: 'web', tier: 'front' } });

  it('tells a member once, however many parts of the union select it', () => {
    const { matching, selectors, take } = scene();
    selectors.acquire(contentOf({ app: 'web' }, { tier: 'front' }));
    matching.setPod('a/web', web);
    matching.settle();
    assert.deepEqual(take(), ['joined 2']);
    matching.setPod('a/web', undefined);
    matching.settle();
    assert.deepEqual(take(), ['left 2']);
  });

  it('keeps what is released and acquired again before the sweep', () => {
    const { matching, selectors, take } = scene();
    const first = selectors.acquire(contentOf({ app: 'web' }));
    matching.setPod('a/web', web);
    matching.settle();
    selectors.release(first);
    assert.equal(selectors.acquire(contentOf({ app: 'web' })), first);
    selectors.sweep();
    matching.settle();
    assert.deepEqual(take(), ['joined 1']);
  });

  it('tells of what was dropped until it is forgotten, and then no more', () => {
    const { matching, selectors, take } = scene();
    // The same label selector, alone and in a union that stays.
    const alone = selectors.acquire(contentOf({ app: 'web' }));
    selectors.acquire(contentOf({ app: 'web' }, { tier: 'front' }));
    matching.setPod('a/web', web);
    matching.settle();
    assert.deepEqual(take(), ['joined 1', 'joined 2']);
    selectors.release(alone);
    selectors.sweep();
    matching.setPod('a/web', undefined);
    matching.settle();
    assert.deepEqual(take(), ['left 1', 'left 2']);
    selectors.forget();
    matching.setPod('a/web', web);
    matching.settle();
    assert.deepEqual(take(), ['joined 2']);
  });
});
