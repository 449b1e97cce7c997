import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Following } from './following.ts';

test('a window follows what is selected though a browser scrolled it', () => {
  const following = new Following();
  following.scrolled(() => false);
  assert.equal(following.resized(), true);
});

test('a window follows no more once a person scrolled away, until something is selected', () => {
  const following = new Following();
  following.hold.handleEvent();
  following.scrolled(() => false);
  assert.equal(following.resized(), false);
  following.scrolled(() => true); // as the browser scrolls after another size
  assert.equal(following.resized(), false);
  following.revealed();
  assert.equal(following.resized(), true);
});

test('a person who scrolls back to what is selected has it followed again', () => {
  const following = new Following();
  following.hold.handleEvent();
  following.scrolled(() => false);
  following.scrolled(() => true);
  assert.equal(following.resized(), true);
});

test('what is selected comes back at once where a browser scrolled it away, and nobody else', () => {
  const following = new Following();
  assert.equal(following.scrolled(() => false), true);
  assert.equal(following.scrolled(() => true), false);
  assert.equal(following.scrolled(() => false), false, 'a second time');
  following.resized();
  assert.equal(following.scrolled(() => false), true, 'after another size');
  following.hold.handleEvent();
  assert.equal(following.scrolled(() => false), false);
  following.resized();
  assert.equal(following.scrolled(() => false), false);
});
