import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { FairTurns } from './fair-turns.ts';
import { shares, type Urgency, urgencies } from './urgency.ts';

/** How many writes of each kind are added before each turn. */
const arrivals = fc.array(
  fc.dictionary(fc.constantFrom(...urgencies), fc.nat({ max: 3 }), { noNullPrototype: true }),
  { minLength: 1, maxLength: 300 },
);
const everyKind = (count: number) => new Map(urgencies.map((urgency) => [urgency, count]));

/** Gives turns to what waits and what comes. @returns for each turn who had it and who waited */
function play(waiting: Map<Urgency, number>, coming: readonly Partial<Record<string, number>>[]) {
  const turns = new FairTurns();
  return coming.flatMap((more) => {
    for (const urgency of urgencies) waiting.set(urgency, (waiting.get(urgency) ?? 0) + (more[urgency] ?? 0));
    const waited = urgencies.filter((urgency) => (waiting.get(urgency) ?? 0) > 0);
    const next = turns.next((urgency) => waited.includes(urgency));
    if (next) waiting.set(next, (waiting.get(next) ?? 0) - 1);
    return waited.length > 0 ? [{ next, waited }] : [];
  });
}

describe('fair turns', () => {
  it('have shares that leave something to the most urgent', () => {
    const sum = Object.values(shares).reduce((a, b) => a + b);
    assert.ok(sum < 1, `${sum}`);
    for (const urgency of urgencies.slice(1)) assert.ok(shares[urgency] > 0, urgency);
  });

  it('go to somebody who waits, whenever anybody does', () => {
    fc.assert(
      fc.property(arrivals, (coming) => {
        for (const { next, waited } of play(new Map(), coming)) assert.ok(next && waited.includes(next));
      }),
    );
  });

  it('give everybody his share of any stretch in which he waits all the time', () => {
    fc.assert(
      fc.property(arrivals, (coming) => {
        const played = play(new Map(), coming);
        for (const urgency of urgencies) {
          let [turns, had] = [0, 0];
          for (const { next, waited } of played) {
            [turns, had] = waited.includes(urgency) ? [turns + 1, had + Number(next === urgency)] : [0, 0];
            // One turn that has not come yet, and one for each of the others who are due at the same time.
            const least = Math.floor(turns * shares[urgency]) - urgencies.length;
            assert.ok(had >= least, `${urgency}: ${had} of ${turns}`);
          }
        }
      }),
    );
  });

  it('go to the most urgent, but for the shares of those who wait', () => {
    const played = play(everyKind(2_000), Array(1_600).fill({}));
    const had = (urgency: Urgency) => played.filter(({ next }) => next === urgency).length;
    const owed = (1 - Object.values(shares).reduce((a, b) => a + b)) * 1_600;
    assert.ok(Math.abs(had('rescue') - owed) <= urgencies.length, `${had('rescue')} of ${owed}`);
    for (const urgency of urgencies.slice(1))
      assert.ok(Math.abs(had(urgency) - shares[urgency] * 1_600) <= urgencies.length, urgency);
  });

  it('bring nodes, then conditions, where an operator finds a cluster full of policies', () => {
    const waiting = new Map<Urgency, number>([
      ['node', 200],
      ['older', 1_000],
      ['routine', 1_000],
    ]);
    const order = play(waiting, Array(2_200).fill({})).map(({ next }) => next);
    assert.ok(order.lastIndexOf('node') < 200 / (1 - shares.older - shares.routine) + urgencies.length);
    assert.ok(order.lastIndexOf('older') < order.lastIndexOf('routine'));
    assert.equal(order.length, 2_200);
  });
});
