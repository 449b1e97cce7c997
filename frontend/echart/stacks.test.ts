import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitted, stacked, tallest } from './stacks.ts';

test('scores stand in intervals of a tenth, each with its value', () => {
  const { low, high, stacks } = stacked([0.05, 0.93, -0.02, 0.01, 0.1]);
  assert.deepEqual([low, high, stacks.length], [-1, 1, 20]);
  assert.deepEqual([stacks[9], stacks[10], stacks[11], stacks[19]], [[2], [3, 0], [4], [1]]);
});

test('the ends belong to the outermost intervals', () => {
  const { stacks } = stacked([1, -1]);
  assert.deepEqual([stacks[19], stacks[0]], [[0], [1]]);
});

test('no value is lost beyond the usual range, and none that is no number is counted', () => {
  const wide = stacked([3.05, -1.2, NaN, 0]);
  assert.ok(wide.low <= -1.2 && wide.high >= 3.05);
  assert.equal(wide.stacks.flat().length, 3);
  assert.ok(stacked([1e6]).stacks.length <= 62);
  assert.equal(tallest(stacked([])), 0);
  assert.equal(tallest(stacked([0.5, 0.51, 0.9])), 2);
});

test('fitted intervals have a round width and reach from the smallest value to the largest', () => {
  const { low, high, width, stacks } = fitted([0.61, 0.9, NaN, 0.75, 0.905, 0.6]);
  assert.equal(width, 0.02);
  assert.ok(Math.abs(low - 0.6) < 1e-9 && Math.abs(high - 0.92) < 1e-9);
  assert.equal(stacks.length, 16);
  assert.deepEqual([stacks[0], stacks[7], stacks[15]], [[5, 0], [3], [1, 4]]);
});

test('fitted intervals hold every value, whatever its sign and size, and one value alone', () => {
  for (const values of [[-3, 1e6], [-2.5, -2.4, -0.1], [0], [-0.7], [7, 7, 7], [1e-9, 2e-9]]) {
    const { low, high, width, stacks } = fitted(values);
    const rounding = 1e-6 * width;
    assert.equal(stacks.flat().length, values.length);
    assert.ok(low <= Math.min(...values) + rounding && high >= Math.max(...values) - rounding, String(values));
    assert.ok(high > low, String(values));
    assert.ok(stacks.length <= 22);
  }
  assert.equal(tallest(fitted([])), 0);
});
