import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decades, nearest, project, radius } from './log-polar.ts';

test('the decades enclose the values', () => {
  assert.deepEqual(
    decades([
      [0.5, 0],
      [30, 40],
    ]),
    { low: -1, high: 2 },
  );
  assert.deepEqual(decades([[1, 0]]), { low: -1, high: 0 });
  assert.deepEqual(
    decades([
      [0, 100],
      [0, 10],
    ]),
    { low: 1, high: 2 },
  );
});

test('there are at most four decades, and zeros and no values are no trouble', () => {
  assert.deepEqual(
    decades([
      [1e-12, 0],
      [5, 0],
    ]),
    { low: -3, high: 1 },
  );
  assert.deepEqual(decades([[0, 0]]), { low: -1, high: 0 });
  assert.deepEqual(decades([]), { low: -1, high: 0 });
});

test('radius grows by the same length per decade and small values rest at the centre', () => {
  const plane = { low: -1, high: 2 };
  assert.ok(Math.abs(radius(plane, 1) - 1 / 3) < 1e-12);
  assert.ok(Math.abs(radius(plane, 10) - 2 / 3) < 1e-12);
  assert.equal(radius(plane, 1e-9), 0);
  assert.equal(radius(plane, 0), 0);
});

test('angles are kept', () => {
  const [x, y] = project({ low: -1, high: 2 }, -3, 4);
  assert.ok(Math.abs(Math.atan2(y, x) - Math.atan2(4, -3)) < 1e-12);
  assert.ok(Math.abs(Math.hypot(x, y) - radius({ low: -1, high: 2 }, 5)) < 1e-12);
  assert.deepEqual(project({ low: -1, high: 2 }, 0, 0), [0, 0]);
});

test('the nearest point within reach is found', () => {
  const points: Array<[number, number]> = [
    [0, 0],
    [10, 0],
    [10, 1],
  ];
  assert.equal(nearest(points, 9, 3, 5), 2);
  assert.equal(nearest(points, 50, 50, 5), -1);
});
