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
const body = { tagName: 'BODY' };
const means = (key: string, on: object = body, inPicture = false, more = {}) =>
  meaning(press(key, more), { ...body, ...on }, inPicture);

test('arrows, page keys and space turn slides', () => {
  for (const key of ['ArrowRight', 'PageDown', ' ']) assert.equal(means(key), 'NEXT');
  for (const key of ['ArrowLeft', 'PageUp']) assert.equal(means(key), 'BACK');
  assert.equal(means(' ', body, false, { shiftKey: true }), 'BACK');
  assert.equal(means('Home'), 'FIRST');
  assert.equal(means('End'), 'LAST');
});

test('f fills the screen', () => assert.equal(means('f'), 'FULL SCREEN'));

test('what is typed into a field turns nothing', () => {
  const fields = [
    { tagName: 'INPUT' },
    { tagName: 'INPUT', type: 'search' },
    { tagName: 'INPUT', type: 'number' },
    { tagName: 'TEXTAREA' },
    { tagName: 'DIV', isContentEditable: true },
  ];
  for (const field of fields)
    for (const key of ['ArrowLeft', ' ', 'f', 'Home'])
      for (const inPicture of [false, true]) assert.equal(means(key, field, inPicture), undefined);
});

test('what was clicked in a picture and takes no text leaves the keys to the slides', () => {
  const clicked = [
    { tagName: 'BUTTON' },
    { tagName: 'INPUT', type: 'range' },
    { tagName: 'INPUT', type: 'radio' },
    { tagName: 'VAADIN-TAB' },
    { tagName: 'SELECT' },
  ];
  for (const on of clicked)
    for (const key of ['ArrowRight', 'PageDown', ' ']) assert.equal(means(key, on, true), 'NEXT');
});

test('space presses the button beside the picture that has the focus', () => {
  assert.equal(means(' ', { tagName: 'VAADIN-BUTTON' }), undefined);
  assert.equal(means('ArrowRight', { tagName: 'VAADIN-BUTTON' }), 'NEXT');
});

test("the browser's own keys stay its own", () => {
  assert.equal(means('f', body, false, { ctrlKey: true }), undefined);
  assert.equal(means('ArrowLeft', body, false, { altKey: true }), undefined);
  assert.equal(means('ArrowRight', body, false, { shiftKey: true }), undefined);
});
