import assert from 'node:assert/strict';
import { test } from 'node:test';
import fields from './fields.json' with { type: 'json' };
import { existsSync, readFileSync } from 'node:fs';
import { anchorOf, ENTRIES } from './entries.ts';
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
  assert.deepEqual(parts('The next token'), [{ text: 'The next token' }]);
});

test('tokens and parts of words are no terms', () => {
  assert.deepEqual(parts('After ·attention, glossary'), [{ text: 'After ·attention, glossary' }]);
  assert.deepEqual(parts('At \u2068value\u2069 (3)'), [{ text: 'At \u2068value\u2069 (3)' }]);
  assert.deepEqual(parts(''), []);
});

test('each explanation is a sentence or two that a narrow window has room for', () => {
  for (const [term, sentence] of [...Object.entries(ENTRIES).map(([term, { says }]) => [term, says] as const), ...Object.entries(fields)]) {
    assert.match(sentence, /^\S.*\.$/s, term);
    assert.ok(sentence.length > 30 && sentence.length < 260, `${term}: ${sentence.length}`);
  }
});

test('each term leads to a step of a lesson that is there', () => {
  for (const [term, { lesson, step }] of Object.entries(ENTRIES)) {
    const file = new URL(`../../db/lessons/${lesson}.md`, import.meta.url);
    assert.ok(existsSync(file), `${term}: no lesson ${lesson}`);
    const steps = readFileSync(file, 'utf8').match(/^## /gm)?.length ?? 0;
    assert.ok(step >= 1 && step <= steps, `${term}: ${lesson} has ${steps} steps`);
  }
});

test('what lessons link to in the glossary is there', () => {
  const anchors = new Set(Object.keys(ENTRIES).map(anchorOf));
  assert.equal(anchors.size, Object.keys(ENTRIES).length);
  for (const lesson of new Set(Object.values(ENTRIES).map((entry) => entry.lesson)))
    for (const [, anchor] of readFileSync(new URL(`../../db/lessons/${lesson}.md`, import.meta.url), 'utf8').matchAll(
      /glossary#([a-z0-9-]+)/g,
    ))
      assert.ok(anchors.has(anchor), `${lesson}: no term at #${anchor}`);
});
