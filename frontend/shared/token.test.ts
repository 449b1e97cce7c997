import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elided, isolated, placed } from './token.ts';

test('a token that is read from the right is set apart from its position', () => {
  assert.equal(placed('·שלום', 9), '\u2068·שלום\u2069 (9)');
  assert.equal(isolated(''), '');
});

test('a very long token is cut, whole characters only', () => {
  assert.equal([...placed('x'.repeat(9000), 3)].length, 32 + 2 + 4);
  assert.equal(elided('😀😀😀', 2), '😀…');
  assert.equal(elided('abc', 3), 'abc');
});
