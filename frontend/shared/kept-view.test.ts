import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { KeptView } from './kept-view.ts';

const stored = new Map<string, string>();
let refuses = false;
Object.assign(globalThis, {
  sessionStorage: {
    getItem: (key: string) => {
      if (refuses) throw new Error('refused');
      return stored.get(key) ?? null;
    },
    setItem: (key: string, text: string) => {
      if (refuses) throw new Error('refused');
      stored.set(key, text);
    },
  },
});

let updates: string[] = [];

function element(id: string, name: string) {
  const host = { localName: 'headlight-head-table', id, data: { name }, requestUpdate: (what: string) => updates.push(what) };
  return { host, view: new KeptView(host as never) };
}

beforeEach(() => {
  stored.clear();
  updates = [];
  refuses = false;
});

test('what is chosen is there again in the next element for the same data, and in no other', () => {
  element('heads', 'a').view.set('sorting', { column: 2, descending: true });
  assert.deepEqual(updates, ['sorting']);
  assert.deepEqual(element('heads', 'a').view.get('sorting', undefined), { column: 2, descending: true });
  assert.equal(element('heads', 'b').view.get('sorting', undefined), undefined);
  assert.equal(element('others', 'a').view.get('sorting', undefined), undefined);
});

test('an element that is given other data shows what was chosen for those', () => {
  const { host, view } = element('heads', 'a');
  view.set('wanted', 'cat');
  host.data = { name: 'b' };
  assert.equal(view.get('wanted', ''), '');
  host.data = { name: 'a' };
  assert.equal(view.get('wanted', ''), 'cat');
  view.set('wanted', undefined);
  assert.equal(view.get('wanted', 'first'), 'first');
});

test('where the browser keeps nothing, the page still does', () => {
  refuses = true;
  const { view } = element('heads', 'c');
  assert.equal(view.get('all', false), false);
  view.set('all', true);
  assert.equal(view.get('all', false), true);
});
