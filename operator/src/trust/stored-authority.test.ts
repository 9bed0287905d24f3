import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'mocha';
import {
  type AuthorityTimes,
  authorityTimes,
  isUsable,
  renewAuthority,
  type StoredAuthority,
  trustedCertificates,
} from './stored-authority.ts';

const start = Date.UTC(2030, 0, 1);
const hour = 3_600_000;
const day = 24 * hour;
const times: AuthorityTimes = authorityTimes;

const renew = (stored: StoredAuthority | undefined, now: number) => renewAuthority(stored, now, times);
const count = (stored: StoredAuthority): number =>
  trustedCertificates(stored).split('BEGIN CERTIFICATE').length - 1;

describe('an authority that renews itself', () => {
  it('is made for a year and left alone for nine months', async () => {
    const made = await renew(undefined, start);
    assert.ok(isUsable(made.current, start));
    assert.equal(new X509Certificate(made.current.certificate).validToDate.getTime(), start + times.life);
    assert.equal(await renew(made, start + 270 * day), made);
    assert.equal(count(made), 1);
  });

  it('is trusted before it signs, and after it has signed until it ends', async () => {
    const made = await renew(undefined, start);
    const due = start + 280 * day;
    const announced = await renew(made, due);
    assert.equal(announced.current, made.current);
    assert.equal(count(announced), 2);
    assert.equal(await renew(announced, due + hour - 1), announced);
    const changed = await renew(announced, due + hour);
    assert.equal(changed.current, announced.next);
    assert.equal(changed.previous, made.current.certificate);
    assert.equal(trustedCertificates(changed).includes(made.current.certificate.trim()), true);
    assert.equal(await renew(changed, due + 2 * hour), changed);
    const later = await renew(changed, start + times.life);
    assert.deepEqual(later, { current: changed.current, next: undefined, previous: undefined });
  });

  it('goes on through ten years without a day on which nothing can sign', async () => {
    let stored = await renew(undefined, start);
    let changes = 0;
    for (let now = start; now < start + 3_650 * day; now += day) {
      const trusted = trustedCertificates(stored);
      const next = await renew(stored, now);
      if (next.current !== stored.current) {
        changes += 1;
        assert.ok(trusted.includes(next.current.certificate.trim()), 'trusted before it signs');
      }
      stored = next;
      assert.ok(isUsable(stored.current, now));
    }
    assert.ok(changes >= 12 && changes <= 14, `${changes} changes`);
  });

  it('is made anew where a clock has jumped, forth or back', async () => {
    const made = await renew(undefined, start);
    const ahead = await renew(made, start + 3 * times.life);
    assert.notDeepEqual(ahead.current, made.current);
    assert.ok(isUsable(ahead.current, start + 3 * times.life));
    const back = await renew(ahead, start);
    assert.ok(isUsable(back.current, start));
    assert.equal(count(back), 2);
  });

  it('is made anew where somebody has spoilt it', async () => {
    const made = await renew(undefined, start);
    const other = await renew(undefined, start);
    for (const current of [
      { certificate: 'garbage', key: made.current.key },
      { certificate: made.current.certificate, key: 'garbage' },
      { certificate: made.current.certificate, key: other.current.key },
    ]) {
      const healed = await renew({ ...made, current }, start);
      assert.ok(isUsable(healed.current, start));
      assert.ok(!trustedCertificates(healed).includes('garbage'));
    }
  });

  it('replaces a successor that is none', async () => {
    const made = await renew(undefined, start);
    const spoilt = { ...made, next: { certificate: 'x', key: 'y' } };
    const healed = await renew(spoilt, start);
    assert.equal(healed.current, made.current);
    assert.ok(healed.next && isUsable(healed.next, start));
  });
});
