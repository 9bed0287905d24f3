import assert from 'node:assert/strict';
import { Lexer } from 'yaml';
import { DocumentLimits, deepestNesting, longestDocument } from './document-limits.ts';

describe('DocumentLimits', () => {
  it('counts the text, and nothing but the text', () => {
    const limits = new DocumentLimits();
    const text = '- a: [b, "c"]\n- |\n  d\n';
    for (const word of new Lexer().lex(text)) assert.equal(limits.see(word), undefined);
    assert.equal(limits.see('x'.repeat(longestDocument - text.length)), undefined);
    assert.match(limits.see('x') ?? '', /has more than 4194304 characters/);
  });

  it('lets brackets close, and begins anew with each document', () => {
    const limits = new DocumentLimits();
    for (let n = 0; n < 2 * deepestNesting; n++)
      assert.deepEqual([limits.see('['), limits.see(']')], [undefined, undefined]);
    for (let n = 0; n < deepestNesting; n++) assert.equal(limits.see('{'), undefined);
    assert.equal(limits.see('['), 'is nested more than 200 deep');
    limits.reset();
    assert.equal(limits.see('['), undefined);
  });
});
