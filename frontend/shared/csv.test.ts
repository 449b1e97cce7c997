import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv, distinct } from './csv.ts';

test('a spreadsheet reads the file as it is meant', () => {
  const table = {
    header: ['token', 'logit', 'logit'],
    rows: [
      ['=1+1', -0.5, Math.fround(0.1)],
      ['a "b", c', 1e-7, ''],
      ['\t', NaN, -1],
      ['-', 12, '@x'],
    ],
  };
  assert.equal(
    csv(table),
    '\ufefftoken,logit,logit 2\r\n' +
      "'=1+1,-0.5,0.1\r\n" +
      '"a ""b"", c",1e-7,\r\n' +
      "'\t,,-1\r\n" +
      "'-,12,'@x\r\n",
  );
});

test('a line break in a token stays in its cell', () => {
  assert.equal(csv({ header: ['a'], rows: [['x\ny'], ['\ny']] }), '\ufeffa\r\n"x\ny"\r\n"\'\ny"\r\n');
});

test('no two names are the same', () => {
  assert.deepEqual(distinct(['a', 'a', 'a 2', 'a']), ['a', 'a 2', 'a 2 2', 'a 3']);
});
