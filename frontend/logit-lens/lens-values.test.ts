import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsInView, largestKl, moved, strength, type LensCell } from './lens-values.ts';

const cell = (more: Partial<LensCell> = {}): LensCell => ({
  top: [{ id: 1, label: '·a', p: 0.4 }],
  rank: 1,
  kl: 2,
  correct: 0.4,
  ...more,
});

test('probability is its own strength', () => {
  assert.equal(strength(cell(), 'probability', 4), 0.4);
  assert.equal(strength(cell({ top: [] }), 'probability', 4), null);
});

test('ranks fade by their order of magnitude', () => {
  assert.equal(strength(cell({ rank: 1 }), 'rank', 4), 1);
  assert.ok(Math.abs(strength(cell({ rank: 10 }), 'rank', 4)! - 2 / 3) < 1e-12);
  assert.equal(strength(cell({ rank: 50000 }), 'rank', 4), 0);
  assert.equal(strength(cell({ rank: null }), 'rank', 4), null);
});

test('divergence is set against the largest of the table', () => {
  assert.equal(largestKl([[cell({ kl: 1 }), cell({ kl: NaN })], [cell({ kl: 3 })]]), 3);
  assert.equal(largestKl([]), 0);
  assert.equal(strength(cell(), 'kl', 4), 0.5);
  assert.equal(strength(cell({ kl: 0 }), 'kl', 0), 0);
  assert.equal(strength(cell({ kl: Infinity }), 'kl', 4), null);
});

test('the drawn columns hold those in view and stay in range', () => {
  for (const left of [0, 3, 700, 5000, 16000]) {
    const [first, end] = columnsInView(left, 900, 64, 256);
    assert.ok(first * 64 <= left && end * 64 >= Math.min(256 * 64, left + 900));
    assert.ok(first >= 0 && end <= 256 && end - first <= 40);
  }
  assert.deepEqual(columnsInView(0, 900, 64, 3), [0, 3]);
  assert.deepEqual(columnsInView(0, 900, 64, 0), [0, 0]);
});

test('small scrolls draw nothing anew', () => {
  assert.deepEqual(columnsInView(330, 900, 64, 256), columnsInView(360, 900, 64, 256));
});

test('keys move within the table, and the first one enters it', () => {
  assert.deepEqual(moved([-1, -1], 'ArrowDown', 3, 5), [0, 0]);
  assert.deepEqual(moved([1, 2], 'ArrowRight', 3, 5), [1, 3]);
  assert.deepEqual(moved([2, 4], 'ArrowDown', 3, 5), [2, 4]);
  assert.deepEqual(moved([1, 2], 'End', 3, 5), [1, 4]);
  assert.equal(moved([1, 2], 'a', 3, 5), null);
});
