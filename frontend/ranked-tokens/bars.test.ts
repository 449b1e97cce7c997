import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figure, longest, share } from './bars.ts';

test('bars are shares of the longest of both lists', () => {
  const most = longest([{ value: 4 }, { value: 1 }], [{ value: -8 }, { value: NaN }]);
  assert.equal(most, 8);
  assert.equal(share(4, most), 0.5);
  assert.equal(share(-8, most), 1);
});

test('no rows, zeros and values that are no numbers have no bar', () => {
  assert.equal(longest([], []), 0);
  assert.equal(share(0, 0), 0);
  assert.equal(share(NaN, 3), 0);
});

test('figures have two decimals and their sign', () => {
  assert.equal(figure(4.312, true), '+4.31');
  assert.equal(figure(-0.884, true), '−0.88');
  assert.equal(figure(0.64, false), '0.64');
  assert.equal(figure(0.001, false), '<0.01');
  assert.equal(figure(0, false), '0.00');
});
