import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brief, exact, fixed, grouped, percent, powerOfTen, shortest, signed } from './numbers.ts';

test('a float32 is named by its shortest decimal', () => {
  assert.equal(shortest(Math.fround(0.62)), 0.62);
  assert.equal(shortest(Math.fround(1 / 3)), 0.33333334);
  assert.equal(shortest(16777216), 16777216);
  assert.equal(exact(Math.fround(-1.5e-9)), '−1.5e−9');
});

test('every float32 comes back from its shortest decimal', () => {
  const bits = new Uint32Array(1);
  const value = new Float32Array(bits.buffer);
  for (let i = 0; i < 5000; i++) {
    bits[0] = Math.imul(i, 2654435761);
    if (Number.isFinite(value[0])) assert.equal(Math.fround(shortest(value[0])), value[0]);
  }
});

test('a double, NaN and infinity pass unchanged', () => {
  assert.equal(shortest(0.1), 0.1);
  assert.ok(Number.isNaN(shortest(NaN)));
  assert.equal(shortest(-Infinity), -Infinity);
});

test('signs are true minus signs and a rounded zero has none', () => {
  assert.equal(signed(4.312), '+4.31');
  assert.equal(signed(-1.374), '−1.37');
  assert.equal(signed(-0.0001), '0.00');
  assert.equal(fixed(-0.00001, 4), '0.0000');
  assert.equal(fixed(-0.04507, 4), '−0.0451');
});

test('small figures keep a digit more, so that they stand beside large ones', () => {
  assert.deepEqual([10.414, -0.24, -0.04507, 0.0996, 0.0004].map((value) => signed(value)), [
    '+10.41',
    '−0.24',
    '−0.045',
    '+0.10',
    '0.00',
  ]);
});

test('axis figures stay short', () => {
  assert.equal(brief(0), '0');
  assert.equal(brief(1234.5), '1230');
  assert.equal(brief(-0.00001234), '−1.2e−5');
  assert.equal(brief(1.2e7), '1.2e7');
});

test('shares, counts and powers', () => {
  assert.equal(percent(0.1234), '12.3 %');
  assert.equal(percent(0.0001), '<0.1 %');
  assert.equal(percent(0), '0.0 %');
  assert.equal(percent(-0.0361), '−3.6 %');
  assert.equal(grouped(2048), '2,048');
  assert.equal(powerOfTen(-12), '10⁻¹²');
  assert.equal(powerOfTen(0), '10⁰');
});
