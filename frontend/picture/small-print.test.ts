import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smallPrint, withSmallPrint } from './small-print.ts';
import { svgDocument } from './svg.ts';

const LOOK = { colour: 'grey', font: 'sans', surface: 'white' };

test('a picture names its model, step, head, threshold and sentence', () => {
  const address = '?model=storybook-2l&step=400&text=The%20king&heads=L1H3';
  assert.deepEqual(smallPrint('storybook-2l L1H3 pattern', 'below 0.05 is not drawn', address), [
    'storybook-2l L1H3 pattern · step 400 · below 0.05 is not drawn',
    '“The king”',
  ]);
  assert.deepEqual(smallPrint('heads pattern', '', '?model=a'), ['a · heads pattern']);
  assert.deepEqual(smallPrint('a', '', ''), ['a']);
});

test('a very long sentence is cut', () => {
  const [, sentence] = smallPrint('a', '', `?text=${'x'.repeat(9000)}`);
  assert.equal(sentence.length, 602);
});

test('the lines stand below the drawing, which keeps its place', () => {
  const svg = withSmallPrint(svgDocument(200, 100, 'white', '<g id="own"/>'), ['word '.repeat(20).trim(), '<b>'], LOOK);
  assert.match(svg, /^<svg[^>]* width="200" height="178" viewBox="0 0 200 178"/);
  assert.match(svg, /<g id="own"\/>/);
  assert.equal(svg.match(/<text/g)!.length, 5);
  assert.match(svg, /&lt;b&gt;/);
  assert.match(svg, /<\/svg>$/);
});

test('a drawing without a size is left alone', () => {
  assert.equal(withSmallPrint('<svg></svg>', ['a'], LOOK), '<svg></svg>');
});
