import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lossBegin, lossEnd, measureAt, nearest, place, ticks, type History } from './history.ts';

test('places run from 0 at the first step to 1 at the last, early steps far apart', () => {
  assert.equal(place(0, 1000), 0);
  assert.equal(place(1000, 1000), 1);
  assert.ok(place(10, 1000) > 0.2);
  assert.equal(place(0, 0), 0);
});

test('the nearest step is nearest on the axis, not by its number', () => {
  assert.equal(nearest([1, 1000], 200, 1000), 1);
  assert.equal(nearest([1, 1000], 100, 1000), 0);
  assert.equal(nearest([], 10, 1000), -1);
});

test('the axis names nothing, powers of ten and the last step, none of them close together', () => {
  assert.deepEqual(ticks(12000), [0, 10, 100, 1000, 12000]);
  assert.deepEqual(ticks(2000), [0, 10, 100, 1000, 2000]);
  assert.deepEqual(ticks(1050), [0, 10, 100, 1050]);
  assert.deepEqual(ticks(5), [0, 5]);
});

test('losses are drawn from 0 to a whole number above all of them', () => {
  const history = { losses: [[1, 6.25]], measures: [[1, 6.22, 0, 0]], unigram: 6.4, bigram: NaN } as unknown as History;
  assert.equal(lossEnd(history), 7);
  assert.equal(lossEnd({ losses: [], measures: [], unigram: 0, bigram: 0 } as unknown as History), 1);
});

test('the axis begins below 0 where context helps, at 0 where that is not known', () => {
  const measures = (score: unknown) => ({ measures: [[1, 6, 0, 0, score], [9, 5, 0, 0, 0.2]] }) as unknown as History;
  assert.equal(lossBegin(measures(-0.31)), -0.5);
  assert.equal(lossBegin(measures('NaN')), 0);
  assert.equal(lossBegin({ measures: [] } as unknown as History), 0);
});

test('a step is told by the measure nearest to it', () => {
  const history = { steps: 100, measures: [[0, 7, 0, 0], [50, 5, 0.4, 0.1]] } as unknown as History;
  assert.equal(measureAt(history, 60)?.[1], 5);
  assert.equal(measureAt({ ...history, measures: [] }, 60), undefined);
});
