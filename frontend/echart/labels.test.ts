import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place, shortened, spread, stride, thinned, type Box } from './labels.ts';

test('long labels end in an ellipsis, by characters and not by code units', () => {
  assert.equal(shortened('·kitten', 7), '·kitten');
  assert.equal(shortened('·kittens', 7), '·kitte…');
  assert.equal(shortened('😀😀😀', 2), '😀…');
});

test('strides are 1, 2, 5 and their tens', () => {
  assert.deepEqual([0.3, 1, 1.2, 3, 6, 11, 51].map(stride), [1, 1, 2, 5, 10, 20, 100]);
});

test('labels that fit all stand', () => {
  assert.deepEqual([...thinned(4, 20, 12)], [0, 1, 2, 3]);
  assert.equal(thinned(0, 20, 12).size, 0);
});

test('no two labels are closer than their room', () => {
  for (const pitch of [0.4, 1, 3, 7, 11.9]) {
    for (const always of [[], [100], [99, 300]]) {
      const shown = [...thinned(512, pitch, 12, always)].sort((a, b) => a - b);
      for (const index of always) assert.ok(shown.includes(index));
      shown.slice(1).forEach((index, i) => assert.ok((index - shown[i]) * pitch >= 12 - 1e-6));
    }
  }
});

test('a label that must stand but is not there is left out', () => {
  assert.deepEqual([...thinned(3, 20, 12, [-1, 7])], [0, 1, 2]);
});

test('boxes that would cover another are refused', () => {
  const placed: Box[] = [];
  assert.ok(place(placed, { x: 0, y: 0, width: 10, height: 5 }));
  assert.ok(!place(placed, { x: 9, y: 4, width: 10, height: 5 }));
  assert.ok(place(placed, { x: 10, y: 0, width: 10, height: 5 }));
  assert.equal(placed.length, 2);
});

test('labels that are close move apart, in their order and within their bounds', () => {
  assert.deepEqual(spread([50, 10, 90], 12, 0, 100), [50, 10, 90]);
  assert.deepEqual(spread([95, 96, 97], 12, 0, 100), [76, 88, 100]);
  assert.deepEqual(spread([5, 5], 12, 0, 100), [5, 17]);
  const crowded = spread(new Array<number>(25).fill(40), 12, 0, 100);
  crowded.slice(1).forEach((y, i) => assert.ok(y - crowded[i] >= 100 / 24 - 1e-9));
  assert.ok(Math.min(...crowded) >= -1e-9 && Math.max(...crowded) <= 100 + 1e-9);
  assert.deepEqual(spread([], 12, 0, 100), []);
});
