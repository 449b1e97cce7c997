import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameOf, isKept, relativeAddress } from './links.ts';

const BASE = 'https://headlight.example/';

test('an address is relative to the root', () => {
  assert.equal(relativeAddress(`${BASE}explore?model=a&text=b%20c`, BASE), 'explore?model=a&text=b%20c');
  assert.equal(relativeAddress('https://x.example/lab/findings/3', 'https://x.example/lab/'), 'findings/3');
});

test('the front page is Explore', () => {
  assert.equal(relativeAddress(BASE, BASE), 'explore');
});

test('what a browser leaves in a query is encoded', () => {
  assert.equal(relativeAddress(`${BASE}explore?text=a[b]|{c}`, BASE), 'explore?text=a%5Bb%5D%7C%7Bc%7D');
  assert.equal(relativeAddress(`${BASE}explore?text=http://a`, BASE), 'explore?text=http:%2F/a');
  assert.equal(relativeAddress(`${BASE}explore?text=100%`, BASE), 'explore?text=100%25');
});

test('the place within a page is no part of the view', () => {
  assert.equal(relativeAddress(`${BASE}models?a=b#c`, BASE), 'models?a=b');
});

test('a view has a frame, with its ampersands escaped', () => {
  const frame = frameOf(`${BASE}explore?model=a&heads=L1H3`, BASE);
  assert.ok(frame?.includes('src="https://headlight.example/embed?model=a&amp;heads=L1H3"'), frame);
});

test('circuits have one too', () => {
  assert.ok(frameOf(`${BASE}circuits?model=a`, BASE)?.includes('/embed?page=circuits&amp;model=a"'));
  assert.ok(frameOf(`${BASE}patching?model=a`, BASE)?.includes('/embed?part=patching&amp;model=a"'));
  assert.ok(frameOf(`${BASE}circuits`, BASE)?.includes('/embed?page=circuits"'));
});

test('other pages have none', () => {
  assert.equal(frameOf(`${BASE}models`, BASE), undefined);
});

test('an address of which the server keeps a part is told from others', () => {
  assert.ok(isKept('?model=a&text=~1A2b3C4d5E6f7G8h9J1k2L&heads=L0H1'));
  assert.ok(!isKept('?model=a&text=~about'));
});
