import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellAt, columnRoom, frames, holdsFigures, layout, rowRoom } from './layout.ts';

const MARGINS = { rowLabel: 50, columnLabel: 50, caption: 18 };

test('every size fits its box', () => {
  for (const [rows, columns] of [
    [1, 1],
    [2, 2],
    [8, 8],
    [64, 64],
    [512, 512],
    [2, 200],
    [300, 3],
    [1, 512],
  ]) {
    for (const [width, height] of [
      [420, 260],
      [300, 260],
      [1200, 400],
    ]) {
      const at = layout(width, height, rows, columns, MARGINS);
      assert.ok(at.x + at.cellWidth * columns <= width - 74, `${rows}×${columns} in ${width}`);
      assert.ok(at.y + at.cellHeight * rows <= height - 18 + 1e-6);
      assert.ok(at.barX + 70 <= width + 14, `colour bar of ${rows}×${columns} in ${width}`);
    }
  }
});

test('cells are square unless the picture is slender', () => {
  for (const [rows, columns] of [
    [2, 2],
    [8, 12],
    [512, 512],
  ]) {
    const { cellWidth, cellHeight } = layout(700, 260, rows, columns, MARGINS);
    assert.equal(cellWidth, cellHeight);
  }
  const strip = layout(420, 260, 2, 200, MARGINS);
  assert.ok(strip.cellHeight > strip.cellWidth);
  const column = layout(420, 260, 300, 3, MARGINS);
  assert.ok(column.cellWidth > column.cellHeight);
});

test('every token of a sentence keeps its label, upright where slanted ones would touch', () => {
  const few = layout(420, 234, 8, 8, MARGINS);
  assert.deepEqual([few.upright, few.letter], [false, 11]);
  const more = layout(420, 234, 15, 15, MARGINS);
  assert.equal(more.upright, true);
  for (const at of [few, more]) {
    assert.ok(at.cellWidth >= columnRoom(at));
    assert.ok(at.cellHeight >= rowRoom(at));
  }
  const many = layout(420, 234, 200, 200, MARGINS);
  assert.deepEqual([many.upright, many.letter], [false, 11]);
});

test('cells with figures are wider than high', () => {
  const few = layout(640, 272, 8, 8, { ...MARGINS, figures: true });
  assert.ok(few.cellWidth > few.cellHeight && holdsFigures(few));
  assert.equal(holdsFigures(layout(640, 272, 60, 60, { ...MARGINS, figures: true })), false);
});

test('a point finds its cell', () => {
  const at = layout(420, 260, 8, 8, MARGINS);
  const middle = (index: number, cell: number) => (index + 0.5) * cell;
  assert.equal(cellAt(at, at.x + middle(3, at.cellWidth), at.y + middle(5, at.cellHeight)), 43);
  assert.equal(cellAt(at, at.x - 1, at.y + 1), -1);
  assert.equal(cellAt(at, at.x + 8 * at.cellWidth + 1, at.y + 1), -1);
});

test('frames surround what is there, and thin cells with some air', () => {
  const box = { x: 10, y: 20, cellWidth: 8, cellHeight: 2, rows: 5, columns: 3, barX: 0, letter: 11, upright: false };
  assert.deepEqual(frames(box, -1, -1), []);
  assert.deepEqual(frames(box, 9, 3), []);
  assert.deepEqual(frames(box, 1, -1), [{ x: 10, y: 20, width: 24, height: 6 }]);
  assert.deepEqual(frames(box, -1, 2), [{ x: 26, y: 20, width: 8, height: 10 }]);
  assert.deepEqual(frames(box, 1, 2)[2], { x: 26, y: 20, width: 8, height: 6 });
});
