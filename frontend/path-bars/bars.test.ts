import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agrees, bar, byOrder, bySize, extent, strongest, type Path } from './bars.ts';

const path = (label: string, order: number, value: number): Path => ({ label, order, value, bySource: [] });

test('zero lies between the bars, wherever the values lie', () => {
  assert.deepEqual(extent([3, -1, NaN]), { low: -1, high: 3 });
  assert.deepEqual(extent([2, 5]), { low: 0, high: 5 });
  assert.deepEqual(extent([]), { low: 0, high: 0 });
});

test('bars leave zero to the side of their sign and are as long as their values', () => {
  const span = { low: -1, high: 3 };
  assert.deepEqual(bar(3, span), { zero: 25, left: 25, width: 75 });
  assert.deepEqual(bar(-1, span), { zero: 25, left: 0, width: 25 });
  assert.equal(bar(NaN, span).width, 0);
  assert.equal(bar(0, { low: 0, high: 0 }).width, 0);
});

test('the largest comes first whatever its sign', () => {
  const paths = [path('a', 0, 1), path('b', 1, -4), path('c', 1, 2)];
  assert.deepEqual(bySize(paths).map(({ label }) => label), ['b', 'c', 'a']);
});

test('orders stand apart with their sums', () => {
  const groups = byOrder([path('b', 1, -4), path('direct', 0, 1), path('c', 1, 2.5)]);
  assert.deepEqual(groups.map(({ order, sum }) => [order, sum]), [[0, 1], [1, -1.5]]);
  assert.equal(groups[1].paths[0].label, 'b');
});

test('the strongest sources stand in the order of the text, the rest together', () => {
  assert.deepEqual(strongest([0.1, -3, 0.2, 2], 2), { shown: [1, 3], others: 2, rest: 0.1 + 0.2 });
  assert.deepEqual(strongest([1], 5), { shown: [0], others: 0, rest: 0 });
});

test('the sum is right to 1e-4 of the model', () => {
  assert.ok(agrees(6.1768, 6.17685));
  assert.ok(!agrees(6.1768, 6.19));
});
