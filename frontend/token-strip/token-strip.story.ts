import { element, labels, random, showPanels } from '../echart/story-data.ts';
import './token-strip.ts';
import type { TokenStrip, TokenStripData } from './token-strip.ts';

export function strip(tokens: number, given = tokens): TokenStripData {
  const next = random(3);
  const all = labels(tokens);
  const kinds = { '0xF0': 'byte', '{b|x}': 'unknown', '⏎': 'special' } as const;
  return {
    tokens: all.map((label, i) => ({ id: 40 + 17 * i, label, kind: kinds[label as keyof typeof kinds] ?? 'text' })),
    surprise: all.map((_, i) => (i === 0 ? null : 8 * next() ** 2)),
    rank: all.map((_, i) => (i === 0 ? null : Math.ceil(2000 * next() ** 6))),
    next: all.map((_, i) =>
      [0.64, 0.11, 0.05, 0.03, 0.0002].map((p, n) => ({
        id: 40 + 17 * (i + 1 + 3 * n),
        label: n ? ['·mat', '·floor', '·bed', '<b>x</b>', '·rug'][n] : (all[i + 1] ?? '.'),
        p,
      })),
    ),
    context: 256,
    given,
  };
}

const wanted = new URLSearchParams(location.hash.slice(1));
const number = (name: string, otherwise: number) => Number(wanted.get(name) ?? otherwise);

document.addEventListener('token-select', (event) => console.log(JSON.stringify((event as CustomEvent).detail)));
showPanels([
  {
    title: 'a sentence',
    width: '100%',
    make: () =>
      element<TokenStrip>('headlight-token-strip', { data: strip(number('t', 12)), destination: 11, source: 5 }),
  },
  {
    title: 'as long as the context',
    width: '100%',
    make: () => element<TokenStrip>('headlight-token-strip', { data: strip(256, 900), destination: 120 }),
  },
  {
    title: 'a passage to read',
    width: '50%',
    make: () =>
      element<TokenStrip>('headlight-token-strip', {
        data: { ...strip(24), surprise: [], rank: [], next: [], weights: strip(24).tokens.map((_, i) => (i === 5 ? 0.93 : 0.003)) },
        destination: 17,
        source: 5,
      }),
  },
  { title: 'nothing', width: '100%', make: () => element<TokenStrip>('headlight-token-strip', { data: strip(0) }) },
]);
