import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeXml, svgDocument, tag, textTag } from './svg.ts';

test('tokens cannot leave their text', () => {
  assert.equal(escapeXml('<script>"&"'), '&lt;script&gt;&quot;&amp;&quot;');
  assert.equal(escapeXml('a\u0000b\u001bc'), 'abc');
});

test('attributes are escaped', () => {
  assert.equal(tag('rect', { fill: 'a"b', x: 1.5 }), '<rect fill="a&quot;b" x="1.5"></rect>');
});

test('text keeps its spaces', () => {
  assert.match(textTag(1, 2, ' a '), /xml:space="preserve"> a <\/text>/);
});

test('a document has its size and its background', () => {
  const svg = svgDocument(20, 10, '#fff', '');
  assert.match(svg, /viewBox="0 0 20 10"/);
  assert.match(svg, /<rect width="20" height="10" fill="#fff">/);
});
