import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heatmapTable, nextCell, type HeatmapData } from './cells.ts';

const NONE = Number.NaN;
const DATA: HeatmapData = {
  name: 'storybook-2l logit by head',
  title: 'By head',
  rows: { title: 'head', names: [{ label: 'L0H0' }, { label: 'L0H1' }] },
  columns: { title: 'source', names: [{ label: 'all' }, { label: '·cat', position: 0, id: 7 }] },
  values: '',
  scale: 'diverging',
  unit: 'logit',
};

test('a table has positions and ids where the names have them, and no row for a cell that is not there', () => {
  assert.deepEqual(heatmapTable(DATA, new Float32Array([1, 2, 3, NONE])), {
    header: ['head', 'source position', 'source', 'source id', 'logit'],
    rows: [
      ['L0H0', '', 'all', '', 1],
      ['L0H0', 0, '·cat', 7, 2],
      ['L0H1', '', 'all', '', 3],
    ],
  });
});

test('its last column says in full what the figures are, where the unit alone does not', () => {
  const { header } = heatmapTable({ ...DATA, figure: 'Logit of ·Mary after ·to (7)' }, new Float32Array(4));
  assert.equal(header.at(-1), 'Logit of ·Mary after ·to (7)');
});

test('what else is known of a cell has columns of its own', () => {
  const more = [{ label: 'deviation', values: Buffer.from(new Float32Array([0.5, NONE, 0.25, 1]).buffer).toString('base64') }];
  const { header, rows } = heatmapTable({ ...DATA, more }, new Float32Array([1, 2, 3, NONE]));
  assert.equal(header.at(-1), 'deviation');
  assert.deepEqual(rows.map((row) => row.slice(-2)), [[1, 0.5], [2, ''], [3, 0.25]]);
});

test('arrows walk over the cells, past those that are not there, and stay at the edge', () => {
  const values = new Float32Array([1, NONE, 3, 4, 5, 6]);
  const at = (index: number, key: string) => nextCell(values, 3, index, key, [1, 2]);
  assert.equal(at(-1, 'ArrowDown'), 5);
  assert.equal(at(0, 'ArrowRight'), 2);
  assert.equal(at(2, 'ArrowRight'), 2);
  assert.equal(at(4, 'ArrowUp'), 4);
  assert.equal(at(0, 'ArrowDown'), 3);
  assert.equal(at(0, 'Home'), undefined);
});
