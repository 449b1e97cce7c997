import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extent, nearestPath, pathOf, toSegment, type Point } from './paths.ts';

test('extents are padded and never empty', () => {
  assert.deepEqual(extent([0, 10], 0.1), [-1, 11]);
  assert.deepEqual(extent([5, 5, NaN], 0.1), [4.5, 5.5]);
  assert.deepEqual(extent([0], 0.1), [-0.1, 0.1]);
  assert.deepEqual(extent([], 0.1), [-1, 1]);
});

test('a token takes one point per layer', () => {
  const x = new Float32Array([0, 1, 2, 10, 11, 12]);
  const y = new Float32Array([5, 6, 7, 15, 16, 17]);
  assert.deepEqual(pathOf(x, y, 3, 1), [
    [1, 6],
    [11, 16],
  ]);
});

test('distance to a segment, its ends and a segment of no length', () => {
  assert.equal(toSegment([5, 3], [0, 0], [10, 0]), 9);
  assert.equal(toSegment([13, 4], [0, 0], [10, 0]), 25);
  assert.equal(toSegment([3, 4], [0, 0], [0, 0]), 25);
});

test('the nearest path is found by its lines, the stage by its points', () => {
  const paths: Point[][] = [
    [
      [0, 0],
      [100, 0],
    ],
    [
      [0, 50],
      [100, 50],
    ],
    [],
  ];
  assert.deepEqual(nearestPath(paths, [40, 47], 8), { path: 1, stage: 0 });
  assert.deepEqual(nearestPath(paths, [60, 3], 8), { path: 0, stage: 1 });
  assert.deepEqual(nearestPath(paths, [50, 25], 8), { path: -1, stage: -1 });
});

test('a path of one point can be met', () => {
  assert.deepEqual(nearestPath([[[5, 5]]], [6, 6], 8), { path: 0, stage: 0 });
});
