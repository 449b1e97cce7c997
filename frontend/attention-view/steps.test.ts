import assert from 'node:assert/strict';
import { test } from 'node:test';
import { step } from './steps.ts';
import { CAUSAL, everywhere } from './values.ts';

const scene = (destination: number, source: number) => ({
  labels: ['a', 'b', 'c'],
  destination,
  source,
  figures: { triangles: [new Float32Array([1, 0.2, 0.8, 0.1, 0.7, 0.2])], reach: CAUSAL },
});

test('up and down move the destination, and the source stays behind it', () => {
  assert.deepEqual(step(scene(1, 1), 'ArrowDown'), { destination: 2, source: 1 });
  assert.deepEqual(step(scene(1, 1), 'ArrowUp'), { destination: 0, source: 0 });
  assert.deepEqual(step(scene(0, -1), 'ArrowUp'), { destination: 0, source: -1 });
});

test('left and right move the source as far as the destination', () => {
  assert.deepEqual(step(scene(1, 0), 'ArrowRight'), { destination: 1, source: 1 });
  assert.deepEqual(step(scene(1, 1), 'ArrowRight'), { destination: 1, source: 1 });
  assert.deepEqual(step(scene(1, 0), 'ArrowLeft'), { destination: 1, source: 0 });
});

test('from nothing, it begins at the last token and its strongest source', () => {
  assert.deepEqual(step(scene(-1, -1), 'ArrowUp'), { destination: 2, source: -1 });
  assert.deepEqual(step(scene(-1, -1), 'ArrowLeft'), { destination: 2, source: 1 });
});

test('other keys are left alone', () => assert.equal(step(scene(1, 0), 'a'), undefined));

test('a destination that looks ahead has sources to the end', () => {
  const figures = { triangles: [new Float32Array([0, 0.2, 0.8, 1, 0, 0, 0, 1, 0])], reach: everywhere(3) };
  const ahead = (destination: number, source: number) => ({ labels: ['a', 'b', 'c'], destination, source, figures });
  assert.deepEqual(step(ahead(0, 1), 'ArrowRight'), { destination: 0, source: 2 });
  assert.deepEqual(step(ahead(0, -1), 'ArrowRight'), { destination: 0, source: 2 });
  assert.deepEqual(step(ahead(1, 2), 'ArrowUp'), { destination: 0, source: 2 });
});
