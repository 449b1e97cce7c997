import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Circuit } from './circuit.ts';
import { layout, pointedAt } from './layout.ts';

const vector = (count: number) => Array.from({ length: count }, (_, i) => i);
const circuit: Circuit = {
  name: '',
  head: 'L0H0',
  destination: { index: 2, label: 'c' },
  sources: [0, 1, 2].map((index) => ({ index, label: 'abc'[index], score: index, weight: 1 / 3 })),
  vectors: {
    x: vector(8),
    q: vector(4),
    k: [vector(4), vector(4), vector(4)],
    v: [vector(4), vector(4), vector(4)],
    z: vector(4),
    result: vector(8),
    before: vector(8),
    after: vector(8),
  },
  dHead: 4, divisor: '√4', cap: '', turned: false, mlp: false,
};

test('the query stands over its keys and the sum under its values', () => {
  const { strips } = layout(circuit, 900);
  const [q, k, v, z] = (['q', 'k', 'v', 'z'] as const).map((name) => strips.find((strip) => strip.name === name)!);
  assert.deepEqual([q.x, q.width], [k.x, k.width]);
  assert.deepEqual([z.x, z.width], [v.x, v.width]);
  assert.ok(q.y < k.y && z.y > v.y);
});

test('strips stay within the picture and do not lie on each other, wide or narrow', () => {
  for (const width of [320, 900]) {
    const place = layout(circuit, width);
    for (const a of place.strips) {
      assert.ok(a.x >= 0 && a.x + a.width <= place.width && a.y >= 0 && a.y + a.height <= place.height);
      for (const b of place.strips) {
        const apart = a.y + a.height < b.y || b.y + b.height < a.y || a.x + a.width < b.x || b.x + b.width < a.x;
        assert.ok(a === b || apart, `${a.name} ${b.name}`);
      }
    }
  }
});

test('a point in a strip finds its component and its source, beside it the row', () => {
  const place = layout(circuit, 900);
  const key = place.strips.find(({ name, source }) => name === 'k' && source === 1)!;
  const found = pointedAt(place, key.x + key.width * 0.6, key.y + 2)!;
  assert.deepEqual([found.strip, found.first, found.end, found.source], [key, 2, 3, 1]);
  assert.equal(pointedAt(place, place.score.x + 2, key.y + 2)!.source, 1);
  assert.equal(pointedAt(place, 1, 1), undefined);
});

test('wide, it stands below the other panels; narrow, there is height for more sources', () => {
  const many = Array.from({ length: 12 }, (_, index) => ({ index, label: 'x', score: 0, weight: 1 / 12 }));
  const long = { ...circuit, destination: { index: 11, label: 'x' }, sources: many };
  const wide = layout(long, 900);
  assert.ok(wide.height <= 230, String(wide.height));
  assert.deepEqual([wide.rows.length, wide.shown.others], [5, 7]);
  assert.equal(layout(long, 400).rows.length, 10);
});
