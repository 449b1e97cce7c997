import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stacked, tallest } from './stacks.ts';

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
