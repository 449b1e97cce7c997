import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pythonOf } from './python.ts';

const root = (host?: object) => ({ host }) as unknown as Node;
const program = '# Attention\nserver = "SERVER"\nname = "server = \\"SERVER\\""\n';

test('the program is that of the element around the menu, with the address of this server', () => {
  assert.equal(
    pythonOf(root({ python: program }), 'https://example.org/lab/'),
    '# Attention\nserver = "https://example.org/lab"\nname = "server = \\"SERVER\\""\n',
  );
  assert.match(pythonOf(root({ python: program }), 'http://localhost:8080/explore'), /^server = "http:\/\/localhost:8080"$/m);
});

test('an element without a program offers none, and neither does a menu that stands alone', () => {
  assert.equal(pythonOf(root({}), 'http://localhost:8080/'), '');
  assert.equal(pythonOf(root({ python: '' }), 'http://localhost:8080/'), '');
  assert.equal(pythonOf(root(), 'http://localhost:8080/'), '');
});
