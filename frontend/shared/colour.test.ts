import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  colourOf,
  contrast,
  cssColour,
  divergingScale,
  largest,
  mix,
  parseColour,
  ramp,
  READABLE,
  readableOn,
  sequentialScale,
  toOklab,
  type Rgb,
} from './colour.ts';

const BLUE: Rgb = [33, 102, 172];
const GREY: Rgb = [247, 247, 247];
const RED: Rgb = [178, 24, 43];

test('colours are read in the forms that a style sheet gives', () => {
  assert.deepEqual(parseColour(' #2166ac '), BLUE);
  assert.deepEqual(parseColour('#fff'), [255, 255, 255]);
  assert.deepEqual(parseColour('#2166acff'), BLUE);
  assert.deepEqual(parseColour('rgb(33, 102, 172)'), BLUE);
  assert.deepEqual(parseColour('rgb(33 102 172 / 0.5)'), BLUE);
  assert.deepEqual(parseColour('blueish'), [0, 0, 0]);
});

test('OKLab: white, black and known red', () => {
  assert.ok(Math.abs(toOklab([255, 255, 255])[0] - 1) < 1e-6);
  assert.deepEqual(toOklab([0, 0, 0]), [0, 0, 0]);
  const red = toOklab([255, 0, 0]);
  [0.627955, 0.224863, 0.125846].forEach((want, i) => assert.ok(Math.abs(red[i] - want) < 1e-5));
});

test('half way between two colours is half way in OKLab', () => {
  const [from, half, to] = [BLUE, mix([BLUE, RED], 0.5), RED].map(toOklab);
  half.forEach((value, i) => assert.ok(Math.abs(value - (from[i] + to[i]) / 2) < 1e-6));
});

test('a mixture meets its stops and stays within them', () => {
  assert.equal(cssColour(mix([BLUE, GREY, RED], 0)), cssColour(BLUE));
  assert.equal(cssColour(mix([BLUE, GREY, RED], 0.5)), cssColour(GREY));
  assert.equal(cssColour(mix([BLUE, GREY, RED], 1)), cssColour(RED));
  assert.equal(cssColour(mix([BLUE, GREY, RED], 7)), cssColour(RED));
  assert.equal(cssColour(mix([RED], 0.3)), cssColour(RED));
});

test('steps of a ramp look equally large', () => {
  const lightness = ramp(
    [
      [255, 255, 255],
      [74, 55, 200],
    ],
    9,
  ).map((text) => toOklab(parseColour(text))[0]);
  const steps = lightness.slice(1).map((value, i) => lightness[i] - value);
  for (const step of steps) assert.ok(Math.abs(step - steps[0]) < 0.01);
  assert.deepEqual(ramp([GREY, RED], 1), [cssColour(RED)]);
});

test('a diverging scale is symmetric about zero', () => {
  const scale = divergingScale([-1, 0, 4, NaN, Infinity], BLUE, GREY, RED);
  assert.deepEqual([scale.min, scale.max], [-4, 4]);
  assert.equal(cssColour(colourOf(scale, 0)), cssColour(GREY));
  assert.equal(cssColour(colourOf(scale, 4)), cssColour(RED));
});

test('scales of nothing and of zeros can still be used', () => {
  assert.equal(largest([]), 0);
  assert.deepEqual([divergingScale([], BLUE, GREY, RED).min, sequentialScale([0, NaN], GREY, RED).max], [-1, 1]);
});

test('text takes the colour that reads better', () => {
  assert.ok(Math.abs(contrast([0, 0, 0], [255, 255, 255]) - 21) < 1e-9);
  assert.deepEqual(readableOn(RED, [27, 27, 33], [250, 250, 250]), [250, 250, 250]);
  assert.deepEqual(readableOn(GREY, [27, 27, 33], [250, 250, 250]), [27, 27, 33]);
});

test('where no colour that was asked for reads well, black or white does', () => {
  for (let grey = 0; grey < 256; grey++) {
    const background: Rgb = [grey, grey, grey];
    assert.ok(contrast(background, readableOn(background)) >= READABLE, `grey ${grey}`);
    assert.ok(contrast(background, readableOn(background, [128, 128, 128])) >= READABLE, `grey ${grey}`);
  }
});
