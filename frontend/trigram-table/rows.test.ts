import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, valueOf, type Trigram } from './rows.ts';

const named = (label: string) => ({ id: label.length, label });
const rows: Trigram[] = [
  { source: named('·keep'), destination: named('·in'), output: named('·mind'), qk: 4, ov: 2, bug: false },
  { source: named('·keep'), destination: named('·at'), output: named('·mind'), qk: 3, ov: 2, bug: true },
  { source: named('Ralph'), destination: named('·in'), output: named('·Bay'), qk: 1, ov: 5, bug: false },
];

test('a search finds rows by any of their three tokens, in any case', () => {
  assert.equal(found(rows, '').length, 3);
  assert.equal(found(rows, 'MIND').length, 2);
  assert.equal(found(rows, 'bay').length, 1);
  assert.equal(found(rows, 'qqq').length, 0);
});

test('a space finds the token that begins with one', () => {
  assert.deepEqual(found(rows, ' in'), [rows[0], rows[2]]);
  assert.equal(found(rows, ' ralph').length, 0);
});

test('columns are the tokens, the two figures and the bug', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((column) => valueOf(rows[1], column)), ['·keep', '·at', '·mind', 3, 2, 1]);
});
