import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meaning } from './keys.ts';

const press = (key: string, more = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

test('arrows, page keys and space turn slides', () => {
  for (const key of ['ArrowRight', 'PageDown', ' ']) assert.equal(meaning(press(key), 'body'), 'NEXT');
  for (const key of ['ArrowLeft', 'PageUp']) assert.equal(meaning(press(key), 'body'), 'BACK');
  assert.equal(meaning(press(' ', { shiftKey: true }), 'body'), 'BACK');
  assert.equal(meaning(press('Home'), 'body'), 'FIRST');
  assert.equal(meaning(press('End'), 'body'), 'LAST');
});

test('f fills the screen', () => assert.equal(meaning(press('f'), 'body'), 'FULL SCREEN'));

test('what is typed into a field turns nothing', () => {
  for (const key of ['ArrowLeft', ' ', 'f', 'Home']) assert.equal(meaning(press(key), 'INPUT'), undefined);
});

test('space presses the button that has the focus', () => {
  assert.equal(meaning(press(' '), 'VAADIN-BUTTON'), undefined);
  assert.equal(meaning(press('ArrowRight'), 'VAADIN-BUTTON'), 'NEXT');
});

test("the browser's own keys stay its own", () => {
  assert.equal(meaning(press('f', { ctrlKey: true }), 'body'), undefined);
  assert.equal(meaning(press('ArrowLeft', { altKey: true }), 'body'), undefined);
  assert.equal(meaning(press('ArrowRight', { shiftKey: true }), 'body'), undefined);
});
