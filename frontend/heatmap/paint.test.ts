import assert from 'node:assert/strict';
import { test } from 'node:test';
import { divergingScale, type Rgb } from '../shared/colour.ts';
import { paint, palette } from './paint.ts';

const BLUE: Rgb = [0, 0, 255];
const WHITE: Rgb = [255, 255, 255];
const RED: Rgb = [255, 0, 0];

function painted(values: number[], rows: number, columns: number, width: number, height: number): number[][] {
  const scale = divergingScale(values, BLUE, WHITE, RED);
  const bytes = paint(new Float32Array(values), rows, columns, width, height, scale);
  return Array.from({ length: width * height }, (_, i) => [...bytes.subarray(4 * i, 4 * i + 4)]);
}

test('a palette runs from one end of the scale to the other', () => {
  const colours = palette(divergingScale([1], BLUE, WHITE, RED));
  assert.deepEqual([...colours.subarray(0, 3)], BLUE);
  assert.deepEqual([...colours.subarray(-3)], RED);
});

test('one pixel a cell, NaN transparent', () => {
  assert.deepEqual(
    painted([2, NaN, 0, -2], 2, 2, 2, 2).map((pixel) => pixel[3]),
    [255, 0, 255, 255],
  );
  assert.deepEqual(painted([2, NaN, 0, -2], 2, 2, 2, 2)[0], [...RED, 255]);
  assert.deepEqual(painted([2, NaN, 0, -2], 2, 2, 2, 2)[3], [...BLUE, 255]);
});

test('larger pictures repeat their cells sharply', () => {
  const pixels = painted([1, -1], 1, 2, 6, 3);
  for (let y = 0; y < 3; y++) {
    for (let x = 0; x < 6; x++) assert.deepEqual(pixels[y * 6 + x], x < 3 ? [...RED, 255] : [...BLUE, 255]);
  }
});

test('smaller pictures keep the strongest cell', () => {
  const values = new Array<number>(100).fill(0.01);
  values[37] = -5;
  assert.deepEqual(painted(values, 10, 10, 1, 1)[0], [...BLUE, 255]);
  const quarter = painted(values, 10, 10, 2, 2);
  assert.deepEqual(quarter[1], [...BLUE, 255]);
  assert.notDeepEqual(quarter[0], [...BLUE, 255]);
});

test('NaN never hides a number beside it', () => {
  assert.equal(painted([NaN, 3, NaN, NaN], 2, 2, 1, 1)[0][3], 255);
  assert.equal(painted([3, NaN, NaN, NaN], 2, 2, 1, 1)[0][3], 255);
});
