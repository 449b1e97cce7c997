import assert from 'node:assert/strict';
import { test } from 'node:test';
import { docked, slotAt } from './docking.ts';

const row = (token: number) => 10 * token + 5;
const ten = () => 10;
/** Rows 20 to 29 are seen. */
const places = (...tokens: number[]) => [...docked(tokens, row, ten, 200, 300)];

test('what is seen by itself stays where it is', () => {
  assert.deepEqual(places(20, 25, 29), []);
});

test('ends that are scrolled away stand at the edge, in the order of the sentence', () => {
  assert.deepEqual(places(3, 25), [[3, 205]]);
  assert.deepEqual(places(7, 3, 7), [
    [3, 205],
    [7, 215],
  ]);
  assert.deepEqual(places(2, 40, 60), [
    [2, 205],
    [60, 295],
    [40, 285],
  ]);
});

test('what a slot would cover moves aside', () => {
  assert.deepEqual(places(3, 20), [
    [3, 205],
    [20, 215],
  ]);
  assert.deepEqual(places(3, 21), [[3, 205]]);
  assert.deepEqual(places(29, 90), [
    [90, 295],
    [29, 285],
  ]);
});

test('a slot can be pointed at', () => {
  const seen = docked([3, 90], row, ten, 200, 300);
  assert.deepEqual(
    [201, 212, 250, 299].map((y) => slotAt(seen, ten, y)),
    [3, -1, -1, 90],
  );
});
