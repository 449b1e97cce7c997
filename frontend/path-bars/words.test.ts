import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupName, orderName, othersName, pathsTable } from './words.ts';

test('orders are said in words', () => {
  assert.equal(orderName(0, 1), 'order 0 · no head · 1 path');
  assert.equal(orderName(2, 16), 'order 2 · two heads · 16 paths');
  assert.equal(orderName(5), 'order 5 · 5 heads');
});

test('what is left out is counted', () => {
  assert.equal(othersName(1, 'path'), 'one other path');
  assert.equal(othersName(1200, 'position'), '1,200 other positions together');
});

test('the table holds the parts that are known', () => {
  const paths = [{ label: 'direct', order: 0, value: 2, bySource: [] }, { label: 'L0H0', order: 1, value: 3, bySource: [1, 2] }];
  const { rows } = pathsTable({ by: 'path', paths, tokens: [{ label: 'The', id: 5 }, { label: '·cat' }], title: '', unit: 'logit' });
  assert.deepEqual(rows[2], ['L0H0', 1, 1, 0, 'The', 5]);
  assert.equal(rows.length, 4);
});

test('components are grouped by layer', () => {
  assert.equal(groupName('component', 0), 'embedding and biases');
  assert.equal(groupName('component', 3, 5), 'layer 2');
  assert.equal(groupName('path', 1, 4), 'order 1 · one head · 4 paths');
  const paths = [{ label: 'embedding', order: 0, value: 2, bySource: [] }, { label: 'MLP1', order: 2, value: 3, bySource: [] }];
  const { header, rows } = pathsTable({ by: 'component', paths, tokens: [], title: '', unit: 'logit' });
  assert.deepEqual(header.slice(0, 3), ['component', 'layer', 'logit']);
  assert.deepEqual(rows.map((row) => row[1]), ['', 1]);
});
