import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gridLayout, intoView, nameOf, step, thumbnail } from './layout.ts';

test('few heads are large and have room for badges, many shrink', () => {
  assert.deepEqual(gridLayout(240, 1), { size: 52, text: true });
  assert.deepEqual(gridLayout(240, 4), { size: 48, text: true });
  assert.deepEqual(gridLayout(400, 4), { size: 80, text: true });
  assert.equal(gridLayout(240, 8).text, false);
  assert.equal(gridLayout(240, 12).size, 16);
  assert.ok(24 + 12 * (gridLayout(240, 12).size + 2) <= 240);
  assert.equal(gridLayout(240, 64).size, 14);
});

test('a bar beside many layers takes no room from the heads', () => {
  assert.deepEqual(gridLayout(240, 9, 2), gridLayout(240, 9));
  const { size } = gridLayout(240, 9, 30);
  assert.ok(22 + 9 * (size + 2) <= 240 - 12, String(size));
});

test('what is seen stays, and the rest scrolls only as far as it must', () => {
  assert.equal(intoView(10, 30, 0, 100), 0);
  assert.equal(intoView(-15, 5, 0, 100), -15);
  assert.equal(intoView(110, 130, 0, 100), 30);
  assert.equal(intoView(20, 40, 22, 100), -2);
  assert.equal(intoView(50, 250, 22, 100), 28);
});

test('arrow keys stop at the edges', () => {
  assert.deepEqual(step(2, 4, 0, 0, 'ArrowUp'), [0, 0]);
  assert.deepEqual(step(2, 4, 0, 3, 'ArrowRight'), [0, 3]);
  assert.deepEqual(step(2, 4, 0, 1, 'ArrowDown'), [1, 1]);
  assert.deepEqual(step(2, 4, 1, 1, 'End'), [1, 3]);
  assert.equal(step(2, 4, 1, 1, 'x'), undefined);
  assert.equal(nameOf(1, 2), 'L1H2');
});

test('a thumbnail has nothing above its diagonal', () => {
  const colours = new Uint8ClampedArray([255, 255, 255, 0, 0, 128]);
  const pixels = thumbnail(new Uint8Array([9, 9, 255, 200, 0, 255]), 2, 2, colours);
  assert.deepEqual([...pixels], [0, 0, 128, 255, 0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 128, 255]);
});

test('a thumbnail of heads that look ahead is whole', () => {
  const colours = new Uint8ClampedArray([255, 255, 255, 0, 0, 128]);
  const pixels = thumbnail(new Uint8Array([0, 255, 0, 0]), 0, 2, colours, true);
  assert.deepEqual([...pixels.slice(4, 8)], [0, 0, 128, 255]);
});
