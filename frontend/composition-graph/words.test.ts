import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caption, deviations, difference, edgeName, edgesTable, explanation, spokenEdge } from './words.ts';
import type { Edge } from './graph.ts';

const edge: Edge = { from: 'L0H1', to: 'unembed', kind: 'plain', raw: 0.5, baseline: 0.25, deviation: 0.125 };

test('an edge is told with its ends and how far it lies above chance', () => {
  assert.equal(edgeName(edge), 'L0H1 → unembedding');
  assert.equal(spokenEdge(edge), 'L0H1 → unembedding, virtual weights: +0.250 above chance');
  assert.equal(difference(edge), '+0.25');
  assert.equal(deviations(edge), 2);
  assert.equal(deviations({ ...edge, deviation: 0 }), undefined);
});

test('models of few layers are explained, others need no words', () => {
  assert.match(explanation(0), /bigram table/);
  assert.match(explanation(1), /skip-trigram/);
  assert.equal(explanation(2), '');
});

test('the caption counts what is drawn', () => {
  assert.equal(caption({ edges: [edge], above: 1, all: 9 }, 0.1), '1 of 9 lie more than 0.1 above chance');
  assert.match(caption({ edges: [edge], above: 7, all: 9 }, 0.1), /the strongest 1 are drawn/);
  assert.match(caption({ edges: [], above: 0, all: 9 }, 0.1), /lower the threshold/);
  assert.equal(caption({ edges: [], above: 0, all: 0 }, 0), 'No compositions to draw.');
});

test('the table has every edge, drawn or not', () => {
  const { rows } = edgesTable({ name: '', layers: 1, heads: 2, edges: [edge] });
  assert.deepEqual(rows, [['L0H1', 'unembedding', 'plain', 0.5, 0.25, 0.125, 0.25]]);
});
