import { element, labels, random, showPanels, tokens } from '../echart/story-data.ts';
import type { LogitLensData } from './lens-cells.ts';
import './logit-lens.ts';
import type { LogitLens } from './logit-lens.ts';

function lens(count: number, layers: number): LogitLensData {
  const next = random(count + layers);
  const words = labels(48);
  const cell = (stage: number, position: number) => {
    const sure = ((stage + 1) / (layers + 1)) * next();
    const top = Array.from({ length: 5 }, (_, i) => ({
      id: i,
      label: words[Math.floor(next() * 48)],
      p: sure * 0.5 ** i,
    }));
    const last = position === count - 1;
    return {
      top,
      rank: last ? null : Math.ceil(10 ** (3 * next() * (1 - sure))),
      kl: (layers - stage) * 1.3 * next(),
      correct: last ? null : sure * next(),
    };
  };
  return {
    name: 'story logit lens',
    tokens: tokens(count),
    stages: ['embedding', ...Array.from({ length: layers }, (_, i) => `after L${i}`)],
    cells: Array.from({ length: layers + 1 }, (_, stage) =>
      Array.from({ length: count }, (_, position) => cell(stage, position)),
    ),
  };
}

const made =
  (data: LogitLensData, more: Partial<LogitLens> = {}) =>
  () =>
    element<LogitLens>('headlight-logit-lens', { data, ...more });

showPanels([
  { title: 'sentence', width: '1000px', make: made(lens(12, 2), { destination: 10 }) },
  { title: 'long and deep', width: '1000px', make: made(lens(256, 12), { destination: 100, show: 'rank' }) },
  { title: 'narrow', width: '360px', make: made(lens(12, 2), { show: 'kl' }) },
  { title: 'one', width: '360px', make: made(lens(1, 0)) },
  { title: 'none', width: '360px', make: made(lens(0, 2)) },
]);
