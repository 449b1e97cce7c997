import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeAt } from '../picture/curve.ts';
import { dot, levelOf, merged, onAWay, rows, through, type Edge, type EdgeGraphData } from './graph.ts';
import { curve, layout } from './layout.ts';
import { edgeName } from './words.ts';

const edge = (from: string, to: string, kind: Edge['kind'], effect = -1): Edge => ({
  name: `${from}->${to}${kind === 'plain' ? '' : `.${kind.toLowerCase()}`}`,
  from,
  to,
  kind,
  effect,
});
const INDUCTION = [
  edge('L1H3', 'logits', 'plain'),
  edge('L0H0', 'L1H3', 'K'),
  edge('embed', 'L0H0', 'V'),
  edge('embed', 'L1H3', 'V'),
  edge('embed', 'MLP0', 'plain'),
];

test('what writes stands below what reads it', () => {
  const order = ['embed', 'L0H5', 'MLP0', 'L1H0', 'MLP1', 'L12H1', 'logits'].map(levelOf);
  assert.deepEqual([...order].sort((a, b) => a - b), order);
  const { boxes } = layout(600, INDUCTION);
  for (const { from, to } of INDUCTION) assert.ok(boxes.get(from)!.y > boxes.get(to)!.y, `${from} ${to}`);
});

test('only rows with an edge are drawn, and the heads of a row in their order', () => {
  assert.deepEqual(rows(INDUCTION), [['embed'], ['L0H0'], ['MLP0'], ['L1H3'], ['logits']]);
  assert.deepEqual(rows([edge('L0H10', 'logits', 'plain'), edge('L0H9', 'logits', 'plain')])[1], ['L0H9', 'L0H10']);
  assert.deepEqual(rows([]), [['embed'], ['logits']]);
});

test('an edge to what nothing reads is on no way', () => {
  assert.deepEqual([...onAWay(INDUCTION)], INDUCTION.slice(0, 4));
  assert.deepEqual(through(INDUCTION, 'L0H0'), [INDUCTION[0], INDUCTION[1], INDUCTION[2]]);
});

test('queries, keys and values of a head are three places, and an edge ends at its own', () => {
  const place = layout(600, INDUCTION);
  const { x, y, width, height } = place.boxes.get('L1H3')!;
  const ends = (['Q', 'K', 'V'] as const).map((kind) => curve(place, { from: 'L0H0', to: 'L1H3', kind })!.slice(6));
  assert.ok(ends[0][0] < ends[1][0] && ends[1][0] === x && ends[2][0] > x);
  for (const [px, py] of ends) assert.ok(Math.abs(px - x) < width / 2 && py === y + height / 2);
  assert.equal(nodeAt(place.boxes, x, y), 'L1H3');
  assert.equal(curve(place, { from: 'L0H0', to: 'L9H9', kind: 'K' }), undefined);
});

test('every node of a wide circuit stands within the picture', () => {
  const wide = Array.from({ length: 40 }, (_, head) => edge(`L0H${head}`, 'logits', 'plain'));
  const { boxes, width } = layout(600, wide);
  const xs = [...boxes.values()].map((box) => [box.x - box.width / 2, box.x + box.width / 2]).flat();
  assert.ok(width > 600 && Math.min(...xs) >= 0 && Math.max(...xs) <= width);
});

test('the graph in the language of Graphviz quotes what it is given', () => {
  const data: EdgeGraphData = { name: 'a "model"', all: 9, edges: INDUCTION, sign: -1, metric: 'logit difference' };
  const text = dot(data, INDUCTION);
  assert.match(text, /^digraph "a \\"model\\"" \{/);
  assert.match(text, /"L0H0" -> "L1H3" \[label="k", effect=-1\];/);
  assert.equal(text.split('->').length - 1, INDUCTION.length);
});

test('a group is one node, and what is within it is not drawn', () => {
  const edges = [...INDUCTION, edge('L0H1', 'L1H3', 'K'), edge('L0H0', 'MLP0', 'plain')];
  const { edges: drawn, names } = merged(edges, [
    { name: 'previous', nodes: ['MLP0', 'L0H0', 'L0H1', 'L0H7'] },
    { name: 'nowhere', nodes: ['L5H5'] },
  ]);
  assert.deepEqual([...names.keys()], ['L0H0']);
  assert.deepEqual(rows(drawn), [['embed'], ['L0H0'], ['L1H3'], ['logits']]);
  assert.equal(drawn.length, edges.length - 1); // L0H0->MLP0 is within
  assert.deepEqual(drawn.filter(({ from, to }) => from === 'L0H0' && to === 'L1H3').map(edgeName), [
    'L0H0 → keys of L1H3',
    'L0H1 → keys of L1H3',
  ]);
  const { boxes } = layout(600, drawn, new Set(names.keys()));
  assert.ok(boxes.get('L0H0')!.width > boxes.get('L1H3')!.width);
  assert.equal(merged(edges, []).edges, edges);
});
