import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lasting, timeOfDay } from './times.ts';

test('minutes and seconds', () => {
  assert.equal(lasting(0), '0:00');
  assert.equal(lasting(187_900), '3:07');
  assert.equal(lasting(3_723_000), '1:02:03');
  assert.equal(lasting(-5), '0:00');
});

test('the time of day has two digits each', () => assert.equal(timeOfDay(new Date(2026, 1, 3, 9, 5)), '09:05'));
