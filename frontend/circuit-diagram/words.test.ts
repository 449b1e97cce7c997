import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEPS, type Circuit } from './circuit.ts';
import { circuitTable, sentence, stepName, strongest } from './words.ts';

const circuit: Circuit = {
  name: '',
  head: 'L1H2',
  destination: { index: 1, label: '·the' },
  sources: [
    { index: 0, label: '·mat', id: 7, score: -1, weight: 0.71 },
    { index: 1, label: '·the', score: 2, weight: 0.29 },
  ],
  vectors: { x: [1, 2], q: [1], k: [[1], [2]], v: [[3], [4]], z: [3], result: [1, 2], before: [3, 4], after: [4, 6] },
  dHead: 1, divisor: '√1', cap: '', turned: false, mlp: false,
};

test('each step is told in one sentence with the names and figures of the text', () => {
  for (const step of STEPS) assert.match(sentence(circuit, step), /^[^.]+( \(\d+\))?.*\.$/);
  assert.match(sentence(circuit, 'score'), /highest for \u2068·the\u2069 \(1\) with \+2\.00/);
  assert.match(sentence(circuit, 'weight'), /·mat\u2069 \(0\) gets 0\.71/);
  assert.match(sentence(circuit, 'stream'), /from 5 to 7\.21; later/);
});

test('what other heads write is not passed off as this one’s', () => {
  const vectors = { ...circuit.vectors, after: [9, 9] };
  assert.match(sentence({ ...circuit, vectors }, 'stream'), /other heads/);
});

test('without sources the sentences still stand', () => {
  for (const step of STEPS) assert.doesNotMatch(sentence({ ...circuit, sources: [] }, step), /undefined/);
  assert.equal(strongest([]), undefined);
});

test('the table has every number', () => {
  const { rows } = circuitTable(circuit);
  assert.equal(rows.length, 2 + 1 + 2 * 4 + 1 + 6);
  assert.deepEqual(rows[4], ['score', 0, '·mat', 7, 0, -1]);
  assert.equal(stepName(0), 'step 1 of 9');
});
