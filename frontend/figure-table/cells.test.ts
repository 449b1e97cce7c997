import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inFull, valueOf, written } from './cells.ts';

test('figures are written short in the table and in full in the tooltip', () => {
  assert.equal(written(-1.23456, 'SIGNED'), '−1.23');
  assert.equal(inFull(-1.23456, 'SIGNED'), '−1.23456');
  assert.equal(written(0.1234, 'SHARE'), '12.3 %');
  assert.equal(written('·the', 'TOKENS'), '·the');
});

test('what is not there is a dash, and sorts as no number', () => {
  for (const none of [null, 'NaN']) {
    assert.equal(written(none, 'SHARE'), '–');
    assert.equal(inFull(none, 'SIGNED'), 'none');
    assert.ok(Number.isNaN(valueOf(none, 'SIGNED')));
  }
});
