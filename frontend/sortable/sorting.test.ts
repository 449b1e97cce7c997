import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pressed, sorted } from './sorting.ts';

test('a heading goes from its own order to the other one to none', () => {
  const first = pressed(undefined, 2, true);
  assert.deepEqual(first, { column: 2, descending: true });
  const second = pressed(first, 2, true);
  assert.deepEqual(second, { column: 2, descending: false });
  assert.equal(pressed(second, 2, true), undefined);
  assert.deepEqual(pressed(first, 0, false), { column: 0, descending: false });
  assert.deepEqual(pressed({ column: 0, descending: false }, 0, false), { column: 0, descending: true });
});

const value = (row: Array<string | number>, column: number) => row[column];

test('heads stand by their numbers, not by their letters', () => {
  const rows = [['L0H10'], ['L0H2'], ['L1H0']];
  assert.deepEqual(sorted(rows, { column: 0, descending: false }, value), [['L0H2'], ['L0H10'], ['L1H0']]);
});

test('missing figures are last in either direction, equals stay as they were', () => {
  const rows = [['a', NaN], ['b', 1], ['c', 3], ['d', 1]];
  const names = (descending: boolean) => sorted(rows, { column: 1, descending }, value).map(([name]) => name).join('');
  assert.equal(names(true), 'cbda');
  assert.equal(names(false), 'bdca');
  assert.equal(sorted(rows, undefined, value), rows);
});
