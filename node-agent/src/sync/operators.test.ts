import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Operators } from './operators.ts';

/** The agent's way: whom it tries, and where it waits ("…"), as each names a leader or nobody. */
function way(operators: Operators, names: readonly (string | undefined)[]): string {
  const steps: string[] = [];
  for (const leader of names) {
    steps.push(operators.current);
    if (!operators.refused(leader)) steps.push('…');
  }
  return steps.join(' ');
}

const nobody = undefined;

describe('the operators of an agent', () => {
  it('are all tried before it waits', () => {
    assert.equal(
      way(new Operators('a:1,b:1'), [nobody, nobody, nobody, nobody, nobody]),
      'a:1 b:1 … a:1 b:1 … a:1',
    );
    assert.equal(way(new Operators('a:1'), [nobody, nobody]), 'a:1 … a:1 …');
  });

  it('name the leader, who is tried at once, also where it is not in the list', () => {
    const one = new Operators('service:1');
    assert.equal(way(one, ['10.0.0.7:9443']), 'service:1');
    assert.equal(one.current, '10.0.0.7:9443');
    assert.equal(way(one, [nobody, nobody]), '10.0.0.7:9443 … service:1 …');
  });

  it('may name each other for ever, and it still waits', () => {
    const names = ['b:1', 'a:1', 'b:1', 'a:1', 'b:1', 'a:1'];
    assert.equal(way(new Operators('a:1,b:1'), names), 'a:1 b:1 b:1 … a:1 b:1 … a:1');
    assert.equal(way(new Operators('a:1'), ['a:1', 'a:1']), 'a:1 … a:1 …');
  });

  it('are believed in no more than an address', () => {
    for (const name of [
      '',
      'unix:/run/x:1',
      'dns:a:1',
      'a',
      'a:b',
      'a:1,b:1',
      `${'a'.repeat(300)}:1`,
      'a b:1',
    ])
      assert.equal(way(new Operators('a:1'), [name, nobody]), 'a:1 … a:1 …', name);
    const six = new Operators('a:1');
    six.refused('[2001:db8::1]:9443');
    assert.equal(six.current, '[2001:db8::1]:9443');
  });

  it('are gone on from after a wait, once one has served: to the named one, else to the next', () => {
    const operators = new Operators('a:1,b:1');
    operators.left(nobody);
    assert.equal(operators.current, 'b:1');
    operators.left('c:1');
    assert.equal(operators.current, 'c:1');
    assert.equal(way(operators, ['d:1', nobody, nobody]), 'c:1 a:1 b:1 …');
  });
});
