import { element, showPanels } from '../echart/story-data.ts';
import type { RankedTokens, RankedTokensData } from './ranked-tokens.ts';
import './ranked-tokens.ts';

const list = (pairs: Array<[string, number]>) =>
  pairs.map(([label, value], index) => ({ label, id: 300 + index, value }));
const writes: RankedTokensData = {
  name: 'story OV writes',
  title: 'Reads ·cat → writes (whole vocabulary)',
  columnLabel: 'output',
  unit: 'logit',
  rows: list([
    ['·cat', 5.0212345],
    ['·cats', 3.1],
    ['·kitten', 2.44],
    ['·Cat', 2.01],
    ['<b>bold</b>', 0.97],
  ]),
  lowest: [],
  total: 2048,
  query: '',
  message: '',
};
const both = {
  ...writes,
  title: '',
  rows: writes.rows.slice(0, 3),
  lowest: list([
    ['·other', -1.37],
    ['·same', -0.88],
  ]),
};
const next = {
  ...writes,
  title: 'Next token after ·the 12',
  unit: 'p',
  rows: list([
    ['·mat', 0.64],
    ['·floor', 0.05],
    ['·internationalisationalism', 0.03],
    ['·x', 0.0004],
  ]),
};
next.rows[1] = { ...next.rows[1], marked: true } as (typeof next.rows)[number];
const found = {
  ...writes,
  rows: [
    { label: '·cat', id: 3, value: 5.02, rank: 1 },
    { label: '·concatenate', id: 9, value: -0.31, rank: 1412 },
  ],
  query: 'cat',
};

const made =
  (data: RankedTokensData, more: Partial<RankedTokens> = {}) =>
  () =>
    element<RankedTokens>('headlight-ranked-tokens', { data, ...more });

showPanels([
  { title: 'writes', width: '360px', make: made(writes, { searchable: true }) },
  { title: 'found', width: '360px', make: made(found, { searchable: true }) },
  {
    title: 'none found',
    width: '360px',
    make: made({ ...writes, rows: [], query: 'qq', message: 'No token holds "qq".' }, { searchable: true }),
  },
  { title: 'inspector', width: '320px', make: made(both, { compact: true }) },
  { title: 'next', width: '320px', make: made(next, { signed: false }) },
  { title: 'narrow', width: '200px', make: made(writes, { searchable: true }) },
]);
