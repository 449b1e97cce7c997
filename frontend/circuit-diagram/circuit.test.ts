import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addsAlone, cells, norm, shownSources, type Circuit, type Source } from './circuit.ts';

const vectors = { x: [1], q: [1], k: [], v: [], z: [1], result: [1, 2], before: [3, 4], after: [4, 6] };

function circuit(weights: number[], index = weights.length - 1): Circuit {
  const sources: Source[] = weights.map((weight, i) => ({ index: i, label: `t${i}`, score: 0, weight }));
  return { name: '', head: 'L0H0', destination: { index, label: 'x' }, sources, vectors, dHead: 1, divisor: '√1', cap: '', turned: false, mlp: false };
}

test('few sources are all shown', () => {
  assert.deepEqual(shownSources(circuit([0.2, 0.8]), 10), { rows: [0, 1], others: 0, rest: 0 });
  assert.deepEqual(shownSources(circuit([]), 10), { rows: [], others: 0, rest: 0 });
});

test('of many the strongest are shown in the order of the text, the rest counted with their weight', () => {
  const weights = Array.from({ length: 256 }, (_, i) => (i % 25 === 3 ? 0.08 : 0.12 / 245));
  const { rows, others, rest } = shownSources(circuit(weights), 10);
  assert.equal(rows.length, 10);
  assert.deepEqual([rows[0], rows[9], others], [3, 228, 246]);
  assert.ok(rest > 0.1 && rest < 0.21);
});

test('sources that were not sent count among the others', () => {
  const { others, rest } = shownSources(circuit([0.3, 0.5], 99), 10);
  assert.equal(others, 98);
  assert.ok(Math.abs(rest - 0.2) < 1e-12);
});

test('the stream is checked to be the sum', () => {
  assert.ok(addsAlone(circuit([1])));
  assert.ok(!addsAlone({ ...circuit([1]), vectors: { ...vectors, after: [4, 7] } }));
  assert.equal(norm([3, 4]), 5);
});

test('a strip too narrow for its cells keeps the largest of each group', () => {
  assert.deepEqual(cells([1, -5, 2, 3], 4), [-5, 3]);
  assert.deepEqual(cells([1, 2], 100), [1, 2]);
  assert.deepEqual(cells([], 10), [0]);
});
