import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAUSAL, everywhere, type Head } from './values.ts';
import { attentionTable, lineFigures, spokenLine, summary, thresholdAt, wayTo } from './words.ts';

const LABELS = ['The', '·cat'];
const TOKENS = LABELS.map((label, i) => ({ label, id: 40 + i }));
const HEAD: Head = {
  name: 'L1H2',
  pattern: new Float32Array([1, 0.62, 0.38]),
  valueNorm: new Float32Array([2, 3]),
  logit: new Float32Array([-0.5, 1.25, NaN]),
  effect: 'logit over mean',
  moves: '‖v W_O‖',
  reach: CAUSAL,
  change: false,
};

test('a line is told with every digit', () => {
  assert.deepEqual(lineFigures([HEAD], { destination: 1, source: 0 }), [
    { head: 'L1H2', weight: '0.62', moved: '1.24', moves: '‖v W_O‖', logit: '+1.25', effect: 'logit over mean', gradient: '', change: false },
  ]);
  assert.equal(lineFigures([HEAD], { destination: 1, source: 1 })[0].logit, 'no next token');
  assert.equal(lineFigures([HEAD], { destination: 0, source: 0 })[0].logit, '−0.5');
});

test('a change has a sign, and says that it is one', () => {
  const changed = { ...HEAD, change: true, moved: new Float32Array([0, -1.5, 0.5]) };
  const [told] = lineFigures([changed], { destination: 1, source: 0 });
  assert.deepEqual([told.weight, told.moved, told.effect], ['+0.62', '−1.5', 'change of logit over mean']);
  assert.match(spokenLine(LABELS, [changed], { destination: 1, source: 0 }), /change of weight \+0.62/);
  assert.equal(attentionTable(TOKENS, [changed]).header[8], 'change of L1H2 weight');
});

test('a gradient is told and tabled where there is one', () => {
  const graded = { ...HEAD, gradient: new Float32Array([0, -0.25, 0.5]) };
  assert.equal(lineFigures([graded], { destination: 1, source: 0 })[0].gradient, '−0.25');
  const { header, rows } = attentionTable(TOKENS, [graded]);
  assert.equal(header.at(-1), 'L1H2 weight × gradient');
  assert.equal(rows[2].at(-1), 0.5);
});

test('a line is spoken with tokens and positions', () => {
  assert.equal(
    spokenLine(LABELS, [HEAD], { destination: 1, source: 0 }),
    '\u2068·cat\u2069 (1) looks at \u2068The\u2069 (0). L1H2: weight 0.62, logit over mean of the token that comes next +1.25',
  );
});

test('the summary names the strongest line', () => {
  assert.match(
    summary(LABELS, [HEAD]),
    /^Attention of L1H2 over 2 tokens\. The strongest line: \u2068·cat\u2069 \(1\) looks at \u2068The\u2069 \(0\)/,
  );
  assert.match(
    summary(['a'], [{ ...HEAD, pattern: new Float32Array([1]) }]),
    /over one token.*a\u2069 \(0\) looks at \u2068a\u2069 \(0\)/,
  );
  assert.equal(summary([], []), 'Attention: no tokens yet');
});

test('the table has a row for each line', () => {
  const { header, rows } = attentionTable(TOKENS, [HEAD]);
  assert.deepEqual(header.slice(6), [
    'next token',
    'next id',
    'L1H2 weight',
    'L1H2 weight × ‖v W_O‖',
    'L1H2 logit over mean of the next token',
  ]);
  assert.deepEqual(rows[0].slice(0, 8), [0, 'The', 40, 0, 'The', 40, '·cat', 41]);
  assert.deepEqual(rows[1].slice(0, 8), [1, '·cat', 41, 0, 'The', 40, '', '']);
  assert.equal(rows.length, 3);
});

test('the slider sets small thresholds finely', () => {
  assert.equal(thresholdAt(1), 1);
  assert.equal(thresholdAt(0.1), 0.01);
  assert.ok(Math.abs(thresholdAt(wayTo(0.05)) - 0.05) < 1e-9);
});

test('of a head whose weights are not known, what is not there is not told', () => {
  const { valueNorm, logit, ...bare } = HEAD;
  const [told] = lineFigures([bare], { destination: 1, source: 0 });
  assert.deepEqual([told.weight, told.moved, told.logit], ['0.62', '', '']);
  assert.ok(spokenLine(LABELS, [bare], { destination: 1, source: 0 }).endsWith('L1H2: weight 0.62'));
  const { header, rows } = attentionTable(TOKENS, [bare]);
  assert.equal(header.at(-1), 'L1H2 weight');
  assert.equal(rows[1].at(-1), HEAD.pattern[1]);
  const valued = { ...bare, valueNorm, moves: '‖v‖' };
  assert.equal(attentionTable(TOKENS, [valued]).header.at(-1), 'L1H2 weight × ‖v‖');
});

test('a head that looks ahead has a line for each pair of tokens', () => {
  const ahead = { ...HEAD, logit: undefined, pattern: new Float32Array([0.25, 0.75, 0.625, 0.375]), reach: everywhere(2) };
  assert.equal(lineFigures([ahead], { destination: 0, source: 1 })[0].weight, '0.75');
  assert.equal(attentionTable(TOKENS, [ahead]).rows.length, 4);
  assert.match(summary(LABELS, [ahead]), /The\u2069 \(0\) looks at \u2068·cat\u2069 \(1\)/);
});
