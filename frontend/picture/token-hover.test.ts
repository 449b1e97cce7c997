import assert from 'node:assert/strict';
import { test } from 'node:test';

// The browser's own event types stand in node too; a document is only where events are heard.
(globalThis as { document?: EventTarget }).document = new EventTarget();
const { hoverToken, onTokenHover } = await import('./token-hover.ts');

const [strip, picture] = [{}, {}] as [HTMLElement, HTMLElement];

test('who points tells the others once, and leaving is told even after other data', () => {
  const heard: (number | null)[] = [];
  const end = onTokenHover(strip, (index) => heard.push(index));
  hoverToken(picture, 11);
  hoverToken(picture, 11);
  hoverToken(picture, null); // whatever it has drawn meanwhile
  hoverToken(picture, null);
  end();
  hoverToken(picture, 3);
  assert.deepEqual(heard, [11, null]);
  hoverToken(picture, null);
});

test('who has left does not take away what another points at by now', () => {
  const heard: (number | null)[] = [];
  const end = onTokenHover({} as HTMLElement, (index) => heard.push(index));
  hoverToken(picture, 11);
  hoverToken(strip, 4);
  hoverToken(picture, null);
  assert.deepEqual(heard, [11, 4]);
  hoverToken(strip, null);
  assert.deepEqual(heard, [11, 4, null]);
  end();
});
