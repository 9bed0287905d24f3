import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TokenReviewer } from './token-reviewer.ts';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: object): string => `${encode({ alg: 'none' })}.${encode(claims)}.x`;
const agent = (extra: Readonly<Record<string, readonly string[]>>) => ({
  username: 'system:serviceaccount:weir-system:weir-agent',
  extra,
});
const pod = {
  'authentication.kubernetes.io/pod-name': ['agent'],
  'authentication.kubernetes.io/pod-uid': ['u1'],
  'authentication.kubernetes.io/node-name': ['node-1'],
};

/** A reviewer whose API server answers that, with a clock under the test's hand. */
function reviewerOf(status: object) {
  const time = { wall: 1_000_000, monotonic: 0 };
  const asked: unknown[] = [];
  const reviewer = new TokenReviewer({
    client: {
      request: (request) => {
        asked.push(request.body);
        return Promise.resolve({ status });
      },
    },
    serviceAccount: { namespace: 'weir-system', name: 'weir-agent' },
    audience: 'weir-operator',
    clock: () => time.wall,
    monotonic: () => time.monotonic,
  });
  return { reviewer, time, asked };
}

const good = { authenticated: true, audiences: ['weir-operator'], user: agent(pod) };
const shown = token({ aud: ['weir-operator'], exp: 4_600 });

describe('TokenReviewer', () => {
  it('asks once for a token, until it is too long ago', async () => {
    const { reviewer, time, asked } = reviewerOf(good);
    assert.equal((await reviewer.review(shown)).lifetimeMs, 3_600_000);
    time.monotonic = 60_000;
    assert.equal((await reviewer.review(shown)).lifetimeMs, 3_540_000);
    assert.equal(asked.length, 1);
    time.monotonic = 600_001;
    await reviewer.review(shown);
    assert.equal(asked.length, 2);
  });

  it('refuses the token of a pod that is gone, though the API server still accepts it', async () => {
    const { reviewer, asked } = reviewerOf(good);
    await reviewer.review(shown);
    reviewer.forget(({ uid }) => uid === 'u2');
    await reviewer.review(shown);
    assert.equal(asked.length, 1);
    reviewer.forget(({ uid }) => uid === 'u1');
    await assert.rejects(reviewer.review(shown), { code: 'agent-unauthenticated', message: /is gone/ });
    assert.equal(asked.length, 2);
  });

  it('takes what the API server accepts, also when its own clock has jumped ahead', async () => {
    const { reviewer, time } = reviewerOf(good);
    time.wall = 10_000_000_000;
    assert.equal((await reviewer.review(shown)).lifetimeMs, 600_000);
  });

  it('does not believe an API server that knows no audiences', async () => {
    const { reviewer } = reviewerOf({ ...good, audiences: undefined });
    await assert.rejects(reviewer.review(shown), { code: 'agent-unauthenticated' });
  });

  it('asks nobody about what can be no token', async () => {
    const { reviewer, asked } = reviewerOf(good);
    for (const text of [undefined, '', 'a.b.c', '..', `${'x'.repeat(20_000)}.y.z`, token({ aud: 'other' })])
      await assert.rejects(reviewer.review(text), { code: 'agent-unauthenticated' });
    assert.equal(asked.length, 0);
  });
});
