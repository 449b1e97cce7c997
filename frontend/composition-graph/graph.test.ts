import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, excess, firstThreshold, layerOf, nodes, same, strongestFirst, type Edge, type Kind } from './graph.ts';

const edge = (raw: number, kind: Kind = 'K', from = 'L0H0', to = 'L1H0'): Edge => ({
  from,
  to,
  kind,
  raw,
  baseline: 0.1,
  deviation: 0.01,
});

test('edges stand by how far they lie above chance; those without a score are left out', () => {
  const low = { ...edge(0.5), baseline: 0.45 };
  const order = strongestFirst([low, edge(0.3), edge(NaN), edge(0.05)]);
  assert.deepEqual(order.map(({ raw }) => raw), [0.3, 0.5, 0.05]);
  assert.ok(Math.abs(excess(order[0]) - 0.2) < 1e-12);
});

test('only edges above the threshold and of a shown kind are drawn', () => {
  const order = strongestFirst([edge(0.3), edge(0.2, 'Q'), edge(0.1), edge(0.05)]);
  assert.equal(drawn(order, 0, new Set()).above, 2);
  const shown = drawn(order, 0, new Set<Kind>(['Q']));
  assert.deepEqual([shown.above, shown.all], [1, 3]);
});

test('at first no more than thirty edges are drawn', () => {
  const many = strongestFirst(Array.from({ length: 200 }, (_, i) => edge(0.1 + i / 321)));
  const { above } = drawn(many, firstThreshold(many), new Set());
  assert.ok(above <= 30 && above > 20, `${above}`);
  assert.equal(firstThreshold(many.slice(0, 4)), 0);
  assert.equal(firstThreshold(Array.from({ length: 40 }, () => edge(0.02))), 0);
});

test('a graph too dense to read is cut', () => {
  const many = strongestFirst(Array.from({ length: 5000 }, (_, i) => edge(1 + i)));
  const { edges, above } = drawn(many, 0, new Set());
  assert.deepEqual([edges.length, above, edges[0].raw], [1200, 5000, 5000]);
});

test('nodes run from the embedding to the unembedding', () => {
  assert.deepEqual(nodes(1, 2), ['embed', 'L0H0', 'L0H1', 'unembed']);
  assert.deepEqual(nodes(0, 0), ['embed', 'unembed']);
  assert.deepEqual(['embed', 'L10H3', 'unembed'].map((node) => layerOf(node, 12)), [-1, 10, 12]);
});

test('an edge is known by its ends and its kind', () => {
  assert.ok(same(edge(1), edge(2)));
  assert.ok(!same(edge(1), edge(1, 'V')));
  assert.ok(!same(undefined, edge(1)));
});
