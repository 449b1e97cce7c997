import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Head } from './values.ts';
import { attentionTable, lineFigures, spokenLine, summary, thresholdAt, wayTo } from './words.ts';

const LABELS = ['The', '·cat'];
const HEAD: Head = {
  name: 'L1H2',
  pattern: new Float32Array([1, 0.62, 0.38]),
  valueNorm: new Float32Array([2, 3]),
  logit: new Float32Array([-0.5, 1.25, NaN]),
};

test('a line is told with every digit', () => {
  assert.deepEqual(lineFigures([HEAD], { destination: 1, source: 0 }), [
    { head: 'L1H2', weight: '0.62', moved: '1.24', logit: '+1.25', gradient: '' },
  ]);
  assert.equal(lineFigures([HEAD], { destination: 1, source: 1 })[0].logit, 'no next token');
  assert.equal(lineFigures([HEAD], { destination: 0, source: 0 })[0].logit, '−0.5');
});

test('a gradient is told and tabled where there is one', () => {
  const graded = { ...HEAD, gradient: new Float32Array([0, -0.25, 0.5]) };
  assert.equal(lineFigures([graded], { destination: 1, source: 0 })[0].gradient, '−0.25');
  const { header, rows } = attentionTable(LABELS, [graded]);
  assert.equal(header.at(-1), 'L1H2 weight × gradient');
  assert.equal(rows[2].at(-1), 0.5);
});

test('a line is spoken with tokens and positions', () => {
  assert.equal(
    spokenLine(LABELS, [HEAD], { destination: 1, source: 0 }),
    '·cat (1) looks at The (0). L1H2: weight 0.62, +1.25 to the logit of the token that comes next',
  );
});

test('the summary names the strongest line', () => {
  assert.match(
    summary(LABELS, [HEAD]),
    /^Attention of L1H2 over 2 tokens\. The strongest line: ·cat \(1\) looks at The \(0\)/,
  );
  assert.match(
    summary(['a'], [{ ...HEAD, pattern: new Float32Array([1]) }]),
    /over one token.*a \(0\) looks at a \(0\)/,
  );
  assert.equal(summary([], []), 'Attention: no tokens yet');
});

test('the table has a row for each line', () => {
  const { header, rows } = attentionTable(LABELS, [HEAD]);
  assert.equal(header.length, 7);
  assert.deepEqual(rows[1].slice(0, 4), [1, '·cat', 0, 'The']);
  assert.equal(rows.length, 3);
});

test('the slider sets small thresholds finely', () => {
  assert.equal(thresholdAt(1), 1);
  assert.equal(thresholdAt(0.1), 0.01);
  assert.ok(Math.abs(thresholdAt(wayTo(0.05)) - 0.05) < 1e-9);
});
