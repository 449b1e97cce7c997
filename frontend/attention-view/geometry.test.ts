import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  arc,
  arcDistance,
  arcLayout,
  cellAt,
  fallen,
  headShift,
  lineLayout,
  matrixLayout,
  nearestArc,
  nearestLine,
  rowY,
  shorten,
  SLANTED,
  tokenAt,
  UPRIGHT,
} from './geometry.ts';
import { CAUSAL, everywhere, linesAbove } from './values.ts';

const near = (a: number, b: number, by = 1e-6) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);

/** Four tokens; token 3 looks at token 0, every other one at itself. */
const LINES = linesAbove({ triangles: [new Float32Array([1, 0, 1, 0, 0, 1, 1, 0, 0, 0])], largest: 1, reach: CAUSAL }, 4, 0.05);

test('a dozen tokens have tall rows, many have low ones and scroll', () => {
  assert.equal(lineLayout(3, 800, 424, 50).rowHeight, 40);
  assert.ok(lineLayout(14, 800, 424, 50).rowHeight > 28);
  assert.equal(lineLayout(12, 800, 424, 50).height, 424);
  assert.ok(lineLayout(20, 800, 424, 50).rowHeight < 20);
  assert.equal(lineLayout(512, 800, 424, 50).rowHeight, 13);
  assert.equal(lineLayout(512, 800, 424, 50).height, 24 + 512 * 13 + 4);
});

test('columns keep their order at every width', () => {
  for (const width of [320, 400, 800, 2000]) {
    for (const label of [10, 60, 500]) {
      const { figuresLeft, x1, x2, figuresRight, labelLeft } = lineLayout(10, width, 424, label);
      assert.ok(
        figuresLeft >= 32 &&
          figuresLeft < x1 - Math.min(label, labelLeft) &&
          x1 < x2 &&
          x2 < figuresRight &&
          figuresRight < width,
      );
    }
  }
});

test('lines are flat at both ends and half way down in the middle', () => {
  assert.deepEqual([fallen(0), fallen(1)], [0, 1]);
  near(fallen(0.5), 0.5);
  near(fallen(0.3) + fallen(0.7), 1);
  assert.ok(fallen(0.05) < 0.01);
});

test('a point on a line finds that line', () => {
  const layout = lineLayout(4, 800, 424, 50);
  const fall = rowY(layout, 3) + fallen(0.3) * (rowY(layout, 0) - rowY(layout, 3));
  const x = layout.x1 + 0.3 * (layout.x2 - layout.x1);
  assert.deepEqual(nearestLine(LINES, layout, x, fall + 2), { destination: 3, source: 0 });
  assert.deepEqual(nearestLine(LINES, layout, layout.x1 + 5, rowY(layout, 1)), { destination: 1, source: 1 });
  assert.equal(nearestLine(LINES, layout, layout.x2 - 5, rowY(layout, 3)), undefined);
});

test('heads run side by side about the middle', () => {
  assert.equal(headShift(0, 1, 29), 0);
  assert.equal(headShift(0, 3, 29), -headShift(2, 3, 29));
  assert.ok(headShift(7, 8, 13) < 6.5);
});

test('a short sentence is spread, a long one scrolls', () => {
  const short = arcLayout([30, 30, 30], 600, 400);
  assert.equal(short.width, 600);
  near(short.centres[1], 300);
  const long = arcLayout(new Array(256).fill(40), 600, 400);
  assert.equal(long.width, 256 * 54 + 16);
  assert.equal(tokenAt(long, long.centres[77]), 77);
  assert.equal(tokenAt(short, 1), -1);
  assert.equal(arcLayout(new Array(12).fill(40), 600, 400).width, 600, 'words move closer rather than scroll');
});

test('arcs rise with the distance and stay below the headings', () => {
  const layout = arcLayout(new Array(100).fill(40), 600, 400);
  const rises = [0, 1, 10, 99].map((destination) => arc(layout, destination, 0).rise);
  rises.slice(1).forEach((rise, i) => assert.ok(rise > rises[i]));
  assert.ok(layout.base - rises[3] > layout.band);
});

test('a point on an arc is at no distance from it', () => {
  const shape = { from: 300, to: 100, rise: 80 };
  near(arcDistance(shape, 200, 200, 120), 0, 0.01);
  for (const t of [0.05, 0.3, 0.8, 0.97]) {
    const x = shape.from + (shape.to - shape.from) * t * t * (3 - 2 * t);
    near(arcDistance(shape, 200, x, 200 - 4 * shape.rise * t * (1 - t)), 0, 0.01);
  }
  assert.equal(arcDistance(shape, 200, 320, 150), Infinity);
  assert.ok(arcDistance(shape, 200, 200, 160) > 30);
});

test('the nearest arc is found, also the one of a token to itself', () => {
  const layout = arcLayout([30, 30, 30, 30], 600, 400);
  const back = arc(layout, 3, 0);
  assert.deepEqual(nearestArc(LINES, layout, (back.from + back.to) / 2, layout.base - back.rise + 3), {
    destination: 3,
    source: 0,
  });
  assert.deepEqual(nearestArc(LINES, layout, layout.centres[1] + 4, layout.base - 4), { destination: 1, source: 1 });
});

test('a matrix fits its box up to 256 tokens', () => {
  for (const tokens of [1, 2, 12, 100, 256]) {
    const layout = matrixLayout(tokens, 800, 424, 60, 1);
    assert.deepEqual([layout.width, layout.height], [800, 424]);
  }
  assert.ok(matrixLayout(512, 800, 424, 60, 1).height > 424);
});

test('every column keeps its label while there is room, upright if need be', () => {
  const cells = [8, 24, 200].map((tokens) => matrixLayout(tokens, 800, 430, 50, 1));
  assert.deepEqual(
    cells.map(({ upright }) => upright),
    [false, true, false],
  );
  assert.ok(cells[0].cell >= SLANTED && cells[1].cell >= UPRIGHT);
});

test('cells are found by row and column', () => {
  const layout = matrixLayout(12, 800, 424, 60, 1);
  assert.deepEqual(cellAt(layout, 12, layout.x + 2.5 * layout.cell, layout.y + 7.5 * layout.cell), {
    destination: 7,
    source: 2,
  });
  assert.deepEqual(cellAt(layout, 12, layout.x - 3, layout.y + 1), { destination: 0, source: -1 });
});

test('a label that is cut says so and keeps whole characters', () => {
  assert.equal(shorten('·the', 30, 40), '·the');
  assert.equal(shorten('·internationalisation', 160, 80), '·internat…'.slice(0, 9) + '…');
  assert.equal(shorten('😀😀😀😀', 60, 30), '😀…');
});

test('an arc to a source that comes later is found from both sides', () => {
  const ahead = linesAbove({ triangles: [new Float32Array([0, 0, 1, 0, 0, 0, 0, 0, 0])], largest: 1, reach: everywhere(3) }, 3, 0.05);
  const layout = arcLayout([30, 30, 30], 600, 400);
  const there = arc(layout, 0, 2);
  assert.ok(there.to > there.from && there.rise > 0);
  const top = layout.base - there.rise;
  near(arcDistance(there, layout.base, (there.from + there.to) / 2, top), 0, 0.01);
  assert.deepEqual(nearestArc(ahead, layout, (there.from + there.to) / 2, top + 3), { destination: 0, source: 2 });
});
