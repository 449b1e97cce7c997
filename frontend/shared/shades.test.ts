import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contrast, parseColour, READABLE } from './colour.ts';
import { reach, Shades } from './shades.ts';

test('scores are coloured up to 1, however weak they are', () => {
  assert.equal(reach([0.1, -0.3, NaN]), 1);
  assert.equal(reach([]), 1);
});

test('other quantities are coloured up to the largest of either sign', () => {
  assert.equal(reach([2, -5, NaN]), 5);
});

const css = readFileSync(new URL('../theme/headlight.css', import.meta.url), 'utf8');
const [light, dark] = css.split(":root[theme~='dark']");

/** The colours as the style sheet has them; what the dark theme does not name is as in the light one. */
function theme(name: string): Shades {
  const value = (part: string, variable: string) => new RegExp(`${variable}:\\s*([^;]+);`).exec(part)?.[1];
  return new Shades((variable) => (name === 'dark' && value(dark, variable)) || value(light, variable)!);
}

for (const name of ['light', 'dark']) {
  test(`text reads on every colour of every scale, ${name}`, () => {
    const shades = theme(name);
    for (const signed of [true, false]) {
      for (let i = signed ? -500 : 0; i <= 500; i++) {
        const { background, colour } = shades.of(i / 500, signed, 1);
        const ratio = contrast(parseColour(background), parseColour(colour));
        assert.ok(ratio >= READABLE, `${colour} on ${background} at ${i / 500}: ${ratio}`);
      }
    }
    const { background, colour } = shades.of(NaN, false, 1);
    assert.ok(contrast(parseColour(background), parseColour(colour)) >= READABLE);
  });
}

test('the ends of the scales are the colours of the theme', () => {
  assert.equal(theme('light').of(0, true, 3).background, 'rgb(247, 247, 247)');
  assert.equal(theme('light').of(-3, true, 3).background, 'rgb(33, 102, 172)');
  assert.equal(theme('dark').of(2, false, 2).background, 'rgb(165, 150, 255)');
});
