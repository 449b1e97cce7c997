import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsSvg } from './rows-svg.ts';

const LOOK = { surface: '#fff', text: '#000', muted: '#777', font: 'sans', mono: 'mono' };
const COLUMNS = [
  { heading: 'token', isNumber: false, mono: true },
  { heading: '', isNumber: false, mono: false, width: 114 },
];

const height = (svg: string) => Number(/ height="(\d+)"/.exec(svg)![1]);

test('a bar is as long as its share of the column', () => {
  const svg = rowsSvg(COLUMNS, [[{ text: 'a' }, { text: '', bar: { share: 0.5, colour: '#123456' } }]], LOOK);
  assert.match(svg, /width="50"[^>]*fill="#123456"/);
});

test('a title takes a line of its own', () => {
  const rows = [[{ text: 'a' }, { text: '' }]];
  const titled = rowsSvg(COLUMNS, rows, LOOK, 'Near <a>');
  assert.equal(height(titled) - height(rowsSvg(COLUMNS, rows, LOOK)), 22);
  assert.ok(titled.includes('Near &lt;a&gt;') && !titled.includes('<a>'));
});
