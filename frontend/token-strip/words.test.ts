import assert from 'node:assert/strict';
import { test } from 'node:test';
import { caption, changeColour, guess, isContinued, lossColour, ordinal, pieces, spokenToken, step, type TokenStripData } from './words.ts';

const DATA: TokenStripData = {
  tokens: [
    { id: 3, label: 'The', kind: 'text' },
    { id: 300, label: '0xF0', kind: 'byte' },
  ],
  surprise: [null, 2.305],
  rank: [null, 3],
  next: [[], []],
  context: 256,
  given: 2,
};

test('ranks are told as guesses', () => {
  assert.deepEqual([1, 2, 3, 4, 11, 12, 13, 21, 22, 111, 1023].map(ordinal), [
    '1st',
    '2nd',
    '3rd',
    '4th',
    '11th',
    '12th',
    '13th',
    '21st',
    '22nd',
    '111th',
    '1,023rd',
  ]);
  assert.equal(guess(1), 'the model’s first guess');
  assert.equal(guess(17), 'the model’s 17th guess');
  assert.match(guess(null), /nothing to guess/);
});

test('loss runs through three colours and stops at its ends', () => {
  assert.equal(lossColour(0), 'color-mix(in oklab, var(--hl-loss-mid) 0%, var(--hl-loss-low))');
  assert.equal(lossColour(4), 'color-mix(in oklab, var(--hl-loss-high) 0%, var(--hl-loss-mid))');
  assert.equal(lossColour(99), lossColour(8));
  assert.equal(lossColour(null), 'var(--hl-border)');
});

test('a change of loss has the colour of what it is for the model', () => {
  assert.match(changeColour(3), /negative\) 100%/);
  assert.match(changeColour(-1.5), /positive\) 50%/);
  assert.equal(changeColour(null), 'var(--hl-border)');
  assert.match(spokenToken({ ...DATA, change: true }, 1), /change of loss \+2.31 nats/);
  assert.match(caption({ ...DATA, change: true }), /^underline = change of loss/);
});

test('a token is spoken with its figures', () => {
  assert.equal(spokenToken(DATA, 1), '0xF0, a raw byte, position 1, loss 2.31 nats, the model’s 3rd guess');
  assert.equal(spokenToken(DATA, 0), 'The, position 0, the first token: there is nothing to guess it from');
});

test('the caption says when the sentence was cut', () => {
  assert.equal(caption(DATA), 'underline = loss · 2 tokens of 256');
  assert.equal(caption({ ...DATA, given: 900 }), 'first 2 of 900 tokens shown: the model’s context is 256');
  assert.match(caption({ ...DATA, tokens: DATA.tokens.slice(1), given: 1 }), /· 1 token of/);
});

test('signs of white space are set apart and nothing is lost', () => {
  assert.deepEqual(pieces('·the'), [
    { text: '·', faint: true },
    { text: 'the', faint: false },
  ]);
  assert.deepEqual(pieces('⏎'), [{ text: '⏎', faint: false }]);
  assert.equal(
    pieces('··a·')
      .map(({ text }) => text)
      .join(''),
    '··a·',
  );
});

test('arrow keys move along and between the rows', () => {
  const places = [0, 40, 80, 0, 50].map((left, i) => ({ left, top: i < 3 ? 0 : 30 }));
  assert.equal(step(places, 0, 'ArrowLeft'), 0);
  assert.equal(step(places, 2, 'ArrowRight'), 3);
  assert.equal(step(places, 2, 'ArrowDown'), 4);
  assert.equal(step(places, 3, 'ArrowUp'), 0);
  assert.equal(step(places, 4, 'ArrowDown'), 4);
  assert.equal(step(places, 1, 'End'), 4);
  assert.equal(step(places, 1, 'a'), undefined);
});

test('the model’s own tokens are told apart from what was typed', () => {
  const data = { ...DATA, continued: 1 };
  assert.deepEqual([0, 1].map((index) => isContinued(data, index)), [false, true]);
  assert.deepEqual([0, 1].map((index) => isContinued(DATA, index)), [false, false]);
  assert.match(caption(data), /2 tokens of 256, the last 1 by the model/);
  assert.match(spokenToken(data, 1), /own continuation, position 1/);
  assert.doesNotMatch(spokenToken(data, 0), /continuation/);
});

test('where nothing is known of what a model foresees, nothing is told of it', () => {
  const bare = { ...DATA, tokens: [{ id: null, label: 'a', kind: 'text' as const }], surprise: [], rank: [], next: [], given: 1 };
  assert.equal(spokenToken(bare, 0), 'a, position 0');
  assert.equal(caption(bare), '1 token');
});

test('a token of a passage is spoken with the weight that it is given', () => {
  const passage = { ...DATA, surprise: [], rank: [], next: [], weights: [0.9314, 0.02] };
  assert.equal(spokenToken(passage, 0), 'The, position 0, weight 0.931');
  assert.equal(spokenToken(DATA, 0).includes('weight'), false);
});
