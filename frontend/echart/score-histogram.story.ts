import './score-histogram.ts';
import type { ScoreHistogram } from './score-histogram.ts';
import { element, normal, showPanels } from './story-data.ts';

function scores(layers: number, heads: number, scale = 0.6) {
  const next = normal(layers * heads);
  return {
    name: 'story copying scores',
    title: 'Copying scores',
    heads: Array.from({ length: layers * heads }, (_, i) => ({
      head: `L${Math.floor(i / heads)}H${i % heads}`,
      value: Math.fround(Math.max(-1, Math.min(1, 0.3 + scale * next()))),
    })),
  };
}

function sentences() {
  const next = normal(24);
  const of = { one: 'sentence', many: 'sentences', figure: 'weight', scale: 'sequential' as const, empty: 'No sentence has such a token.' };
  const heads = Array.from({ length: 24 }, (_, i) => ({
    head: String(i + 1),
    words: `the sentence ${i + 1} and the sentence`,
    value: Math.fround(0.8 + 0.05 * next()),
  }));
  return { name: 'story attention', title: 'Attention to what followed', heads, of };
}

const made = (data: ReturnType<typeof scores>, selected = '') => () =>
  element<ScoreHistogram>('headlight-score-histogram', { data, selected });

showPanels([
  { title: 'two layers', width: '420px', make: made(scores(2, 8), 'L1H2') },
  { title: 'twelve layers', width: '420px', make: made(scores(12, 12)) },
  { title: 'all in one pile', width: '340px', make: made(scores(12, 12, 0.02)) },
  { title: 'one head', width: '240px', make: made(scores(1, 1)) },
  { title: 'sentences', width: '420px', make: made(sentences()) },
  { title: 'no heads', width: '240px', make: made(scores(0, 0)) },
]);
