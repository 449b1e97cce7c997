import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest, nodeAt, path, pointOn, type Curve } from '../picture/curve.ts';
import { curve, layout } from './layout.ts';

const two = layout(600, 2, 4, false);

test('layers rise from the embedding to the unembedding and stay within the picture', () => {
  const ys = ['embed', 'L0H0', 'L1H3', 'unembed'].map((node) => two.boxes.get(node)!.y);
  assert.deepEqual([...ys].sort((a, b) => b - a), ys);
  for (const { x, y, width, height } of two.boxes.values()) {
    assert.ok(x - width / 2 >= 0 && x + width / 2 <= two.width);
    assert.ok(y - height / 2 >= 0 && y + height / 2 <= two.height);
  }
});

test('heads of a layer do not touch, however many; a narrow panel scrolls', () => {
  const many = layout(300, 12, 12, true);
  assert.ok(many.width > 300);
  const [a, b] = ['L0H0', 'L0H1'].map((node) => many.boxes.get(node)!);
  assert.ok(a.x + a.width / 2 < b.x - b.width / 2);
  assert.equal(many.badges, false);
});

test('a model without layers has its two ends', () => {
  const none = layout(300, 0, 0, false);
  assert.deepEqual([...none.boxes.keys()], ['embed', 'unembed']);
  assert.ok(curve(none, { from: 'embed', to: 'unembed', kind: 'plain' }));
});

test('the three kinds of a pair are read at three places', () => {
  const ends = (['Q', 'K', 'V'] as const).map((kind) => curve(two, { from: 'L0H1', to: 'L1H1', kind })![6]);
  assert.ok(ends[0] < ends[1] && ends[1] < ends[2]);
  assert.equal(curve(two, { from: 'L7H0', to: 'L1H1', kind: 'K' }), undefined);
});

test('an edge that passes a layer goes between its heads', () => {
  const three = layout(600, 3, 4, false);
  const way = curve(three, { from: 'L0H1', to: 'L2H1', kind: 'K' })!;
  const middle = three.boxes.get('L1H1')!;
  const points = Array.from({ length: 101 }, (_, i) => pointOn(way, i / 100));
  for (const [x, y] of points) if (Math.abs(y - middle.y) < 4) assert.ok(x > middle.x + middle.width / 2);
});

test('the nearest curve is found, and none far away', () => {
  const curves: Array<Curve | undefined> = [
    [0, 100, 0, 60, 0, 40, 0, 0],
    undefined,
    [50, 100, 50, 60, 50, 40, 50, 0],
  ];
  assert.equal(nearest(curves, [1, 1, 1], 47, 50, 6), 2);
  assert.equal(nearest(curves, [1, 1, 1], 25, 50, 6), -1);
  assert.equal(nearest([curves[0], curves[0]], [1, 1], 1, 50, 6), 0);
});

test('a thick stroke is hit where thin ones cross it', () => {
  const across = (from: number, to: number): Curve => [from, 100, from, 66, to, 34, to, 0];
  const curves = [across(0, 100), across(100, 0), across(53, 53)];
  assert.equal(nearest(curves, [6, 1, 1], 52, 50, 6), 0, 'inside the thick stroke, nearer to a thin middle');
  assert.equal(nearest(curves, [6, 1, 1], 53, 90, 6), 2, 'a thin one by itself');
  assert.equal(nearest(curves, [1, 1, 1], 52.6, 50, 6), 2, 'of equally thin ones the nearest');
});

test('a curve is written as a path, and a node is found under a point', () => {
  assert.equal(path([0, 1, 2, 3, 4, 5.55555, 6, 7]), 'M0,1 C2,3,4,5.6,6,7');
  const { x, y } = two.boxes.get('L1H2')!;
  assert.equal(nodeAt(two.boxes, x + 3, y), 'L1H2');
  assert.equal(nodeAt(two.boxes, x, y + 30), undefined);
});
