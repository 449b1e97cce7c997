import assert from 'node:assert/strict';
import { test } from 'node:test';
import fields from './fields.json' with { type: 'json' };
import glossary from './glossary.json' with { type: 'json' };
import { parts } from './parts.ts';

test('terms are found in headings, whatever their case, the longest first', () => {
  assert.deepEqual(parts('OV circuit, among the tokens'), [
    { text: 'OV circuit', term: 'OV circuit' },
    { text: ', among the tokens' },
  ]);
  assert.deepEqual(parts('Logit lens'), [{ text: 'Logit lens', term: 'logit lens' }]);
});

test('a term is marked once, and nothing is lost', () => {
  const heading = 'Loss here, loss there; Skip-trigrams of L1H3';
  const found = parts(heading);
  assert.equal(found.map(({ text }) => text).join(''), heading);
  assert.deepEqual(
    found.flatMap(({ term }) => term ?? []),
    ['loss', 'skip-trigrams'],
  );
});

test('tokens and parts of words are no terms', () => {
  assert.deepEqual(parts('After ·attention, glossary'), [{ text: 'After ·attention, glossary' }]);
  assert.deepEqual(parts('At \u2068value\u2069 (3)'), [{ text: 'At \u2068value\u2069 (3)' }]);
  assert.deepEqual(parts(''), []);
});

test('each explanation is a sentence or two that a narrow window has room for', () => {
  for (const [term, sentence] of [...Object.entries(glossary), ...Object.entries(fields)]) {
    assert.match(sentence, /^\S.*\.$/s, term);
    assert.ok(sentence.length > 30 && sentence.length < 260, `${term}: ${sentence.length}`);
  }
});
