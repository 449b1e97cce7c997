import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reach } from './shades.ts';

test('scores are coloured up to 1, however weak they are', () => {
  assert.equal(reach([0.1, -0.3, NaN]), 1);
  assert.equal(reach([]), 1);
});

test('other quantities are coloured up to the largest of either sign', () => {
  assert.equal(reach([2, -5, NaN]), 5);
});
