import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  CAUSAL,
  decode,
  everywhere,
  figuresOf,
  LEVELS,
  linesAbove,
  reaches,
  rowShares,
  showsOf,
  square,
  strongestDestination,
  strongestLine,
  strongestSource,
  weighted,
  withGradient,
  withoutSources,
  type Head,
} from './values.ts';

const base64 = (values: number[]) => Buffer.from(new Float32Array(values).buffer).toString('base64');

/** Three tokens: row t has t + 1 weights and sums to 1. */
const HEAD: Head = {
  name: 'L0H0',
  pattern: new Float32Array([1, 0.25, 0.75, 0.5, 0.375, 0.125]),
  valueNorm: new Float32Array([1, 4, 2]),
  logit: new Float32Array([0, 0.5, -2, 1, 0.25, NaN]),
  effect: 'logit over mean',
  moves: '‖v W_O‖',
  reach: CAUSAL,
  change: false,
};

test('a triangle is row-major by destination', () => {
  let next = 0;
  for (let destination = 0; destination < 5; destination++) {
    for (let source = 0; source <= destination; source++) assert.equal(at(destination, source), next++);
  }
});

test('decodes what the server sends', () => {
  const [head] = decode({
    name: 'm',
    tokens: [{ label: 'a' }],
    effect: 'logit over mean',
    heads: [{ name: 'L0H0', pattern: base64([1]), valueNorm: base64([3]), logit: base64([-1]) }],
  });
  assert.deepEqual([head.name, head.pattern[0], head.valueNorm![0], head.logit![0]], ['L0H0', 1, 3, -1]);
  assert.equal(head.effect, 'logit over mean');
});

test('a row is shown as shares of the largest figure, of several heads their mean', () => {
  assert.deepEqual(rowShares(figuresOf([HEAD], 'weight'), 1), [0.25, 0.75]);
  const other = { ...HEAD, pattern: new Float32Array([1, 0.75, 0.25, 0, 0, 1]) };
  assert.deepEqual(rowShares(figuresOf([HEAD, other], 'weight'), 1), [0.5, 0.5]);
  assert.deepEqual(rowShares(figuresOf([HEAD], 'logit'), 2), [0.5, 0.125, 0]); // the last has no next token
});

test('value weighting takes the norm of the source', () => {
  assert.deepEqual([...weighted(HEAD)], [1, 0.25, 3, 0.5, 1.5, 0.25]);
});

test('value-weighted figures are shares of the largest over all heads', () => {
  const weak = { ...HEAD, valueNorm: new Float32Array([0, 0, 6]) };
  const { triangles, largest } = figuresOf([HEAD, weak], 'value');
  assert.equal(largest, 1);
  assert.equal(triangles[0][at(1, 1)], 1);
  assert.equal(triangles[1][at(2, 2)], 0.25);
});

test('weights and logits are shown as they are; a missing logit counts for nothing', () => {
  assert.equal(figuresOf([HEAD], 'weight').triangles[0], HEAD.pattern);
  assert.equal(figuresOf([HEAD], 'logit').largest, 2);
});

test('changes have both signs, and what is moved is given', () => {
  const changed = { ...HEAD, change: true, moved: new Float32Array([0, -2, 1, 0, 0, 0.5]) };
  assert.equal(figuresOf([HEAD], 'weight').signed, false);
  assert.equal(figuresOf([changed], 'weight').signed, true);
  assert.deepEqual([...figuresOf([changed], 'value').triangles[0]].slice(0, 3), [0, -1, 0.5]);
});

test('gradients go to their heads, and only where they fit', () => {
  const triangle = [0, -0.5, 0.25, 0, 0.125, NaN];
  const [graded] = withGradient([HEAD], { of: 'the loss', heads: [base64(triangle)] });
  assert.deepEqual([...graded.gradient!], triangle);
  assert.equal(figuresOf([graded], 'gradient').largest, 0.5);
  const lines = linesAbove(figuresOf([graded], 'gradient'), 3, 0);
  assert.deepEqual([...lines.share], [0.25, 0.5, -1]);
  assert.equal(withGradient([HEAD, HEAD], { of: 'the loss', heads: [base64(triangle)] })[0].gradient, undefined);
  assert.equal(withGradient([HEAD], { of: 'the loss', heads: [base64([1])] })[0].gradient, undefined);
  assert.equal(linesAbove(figuresOf([HEAD], 'gradient'), 3, 0).size, 0);
});

test('lines below the threshold are left out, faint ones come first', () => {
  const lines = linesAbove(figuresOf([HEAD], 'weight'), 3, 0.3);
  assert.deepEqual([...lines.share], [0.375, 0.5, 0.75, 1]);
  assert.deepEqual([...lines.destination], [2, 2, 1, 0]);
  assert.deepEqual([...lines.source], [1, 0, 1, 0]);
});

test('the threshold itself stays, whatever float32 makes of it', () => {
  assert.equal(linesAbove({ triangles: [new Float32Array([1, 0.95, 0.05])], largest: 1, reach: CAUSAL }, 2, 0.05).size, 3);
});

test('every group holds lines of one level, head and sign', () => {
  const lines = linesAbove(figuresOf([HEAD, { ...HEAD, logit: HEAD.logit!.map((x) => -x) }], 'logit'), 3, 0);
  assert.equal(lines.starts.length, LEVELS * 2 * 2 + 1);
  assert.equal(lines.size, 8);
  for (let group = 0; group + 1 < lines.starts.length; group++) {
    for (let i = lines.starts[group]; i < lines.starts[group + 1]; i++)
      assert.equal(lines.share[i] < 0, group % 2 === 1);
  }
});

test('no tokens, and heads that do nothing, have no lines', () => {
  assert.equal(linesAbove(figuresOf([], 'weight'), 0, 0).size, 0);
  assert.equal(linesAbove({ triangles: [new Float32Array(3)], largest: 0, reach: CAUSAL }, 2, 0).size, 0);
});

test('one token has its one line', () => {
  const lines = linesAbove({ triangles: [new Float32Array([1])], largest: 1, reach: CAUSAL }, 1, 0.05);
  assert.deepEqual([lines.size, lines.destination[0], lines.source[0]], [1, 0, 0]);
  assert.deepEqual(strongestLine(new Float32Array([1]), 1), { destination: 0, source: 0 });
});

test('the strongest line is not the one that the first token has to draw', () => {
  assert.deepEqual(strongestLine(HEAD.pattern, 3), { destination: 1, source: 1 });
  assert.deepEqual(strongestLine(HEAD.logit!, 3), { destination: 1, source: 1 });
  assert.equal(strongestSource(HEAD.pattern, 2), 0);
  assert.equal(strongestDestination(HEAD.pattern, 0, 3), 2);
  assert.equal(strongestDestination(HEAD.pattern, 2, 3), 2);
});

test('as a square, cells above the diagonal are none and hidden ones are zero', () => {
  const cells = square(HEAD.pattern, 3, 0.3);
  assert.deepEqual([...cells], [1, NaN, NaN, 0, 0.75, NaN, 0.5, 0.375, 0]);
});

test('without some sources the rest of each row of weights sums to 1 again', () => {
  const { triangles } = figuresOf([HEAD], 'weight', [0]);
  assert.deepEqual([...triangles[0]], [0, 0, 1, 0, 0.75, 0.25]);
  assert.deepEqual([...figuresOf([HEAD], 'weight', [1]).triangles[0]].map((x) => Math.fround(x)), [1, 1, 0, Math.fround(0.8), 0, Math.fround(0.2)]);
  assert.deepEqual([...withoutSources(HEAD.pattern, [0], false)], [0, 0, 0.75, 0, 0.375, 0.125]);
});

test('other figures leave sources out and stay as they are', () => {
  assert.deepEqual([...figuresOf([HEAD], 'logit', [0]).triangles[0]].slice(0, 5), [0, 0, -2, 0, 0.25]);
  assert.deepEqual([...figuresOf([{ ...HEAD, change: true }], 'weight', [0]).triangles[0]], [0, 0, 0.75, 0, 0.375, 0.125]);
});

/** Three tokens of which each looks at all. */
const AHEAD: Head = {
  ...HEAD,
  pattern: new Float32Array([0.125, 0.25, 0.625, 0.5, 0.25, 0.25, 0, 1, 0]),
  logit: undefined,
  reach: everywhere(3),
};

test('a head that looks ahead has squares', () => {
  assert.equal(AHEAD.reach.at(1, 2), 5);
  assert.ok(reaches(AHEAD.reach, 0, 2) && !reaches(HEAD.reach, 0, 2) && !reaches(AHEAD.reach, -1, 2));
  const figures = figuresOf([AHEAD], 'weight');
  assert.deepEqual(rowShares(figures, 0), [0.125, 0.25, 0.625]);
  const lines = linesAbove(figures, 3, 0.6);
  assert.deepEqual([...lines.destination].map((d, i) => [d, lines.source[i]]), [[0, 2], [2, 1]]);
  assert.equal(strongestSource(AHEAD.pattern, 0, AHEAD.reach), 2);
  assert.equal(strongestDestination(AHEAD.pattern, 2, 3, AHEAD.reach), 0);
  assert.deepEqual(strongestLine(AHEAD.pattern, 3, AHEAD.reach), { destination: 2, source: 1 });
  assert.deepEqual([...square(AHEAD.pattern, 3, 0.3, AHEAD.reach)], [0, 0, 0.625, 0.5, 0, 0, 0, 1, 0]);
  assert.deepEqual([...figuresOf([AHEAD], 'weight', [2]).triangles[0]].slice(0, 3).map((x) => x.toFixed(3)), ['0.333', '0.667', '0.000']);
  assert.deepEqual([...weighted(AHEAD)].slice(0, 3), [0.125, 1, 1.25]);
});

test('decodes squares where the data says that they are whole', () => {
  const data = { name: 'm', tokens: [{ label: 'a' }, { label: 'b' }], effect: '', whole: true, heads: [{ name: 'L0H0', pattern: base64([0, 1, 1, 0]) }] };
  const [head] = decode(data);
  assert.equal(head.pattern[head.reach.at(0, 1)], 1);
  assert.deepEqual([head.logit, head.valueNorm], [undefined, undefined]);
});

test('only quantities that there are can be shown', () => {
  const head = { name: 'L0H0', pattern: 'x' };
  assert.deepEqual(showsOf([head]), ['weight']);
  assert.deepEqual(showsOf([{ ...head, valueNorm: 'x' }]), ['weight', 'value']);
  assert.deepEqual(showsOf([{ ...head, valueNorm: 'x', logit: 'x' }]), ['weight', 'value', 'logit', 'gradient']);
  assert.equal(linesAbove(figuresOf([AHEAD], 'logit'), 3, 0).size, 0);
});
