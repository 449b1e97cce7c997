import { base64, element, labels, random, showPanels } from '../echart/story-data.ts';
import './attention-view.ts';
import type { AttentionData, AttentionView } from './attention-view.ts';

type Reads = (destination: number, source: number, labels: string[]) => number;

const KINDS: Reads[] = [
  // Induction: the token after an earlier copy of this one.
  (d, s, all) => (s > 0 && all[s - 1] === all[d] && s - 1 < d ? 4 : s === 0 ? 2.2 : 0),
  (d, s) => (s === d - 1 ? 4 : 0),
  (d, s, all) => (all[s] === all[d] ? 3 : s === 0 ? 2 : 0),
  (d, s) => -Math.abs(d - s) / 3,
];

function head(name: string, reads: Reads, all: string[], seed: number) {
  const noise = random(seed);
  const tokens = all.length;
  const pattern = new Float32Array((tokens * (tokens + 1)) / 2);
  for (let destination = 0, start = 0; destination < tokens; start += ++destination) {
    const row = Array.from({ length: destination + 1 }, (_, source) =>
      Math.exp(reads(destination, source, all) + 2 * noise()),
    );
    const sum = row.reduce((a, b) => a + b, 0);
    row.forEach((value, source) => (pattern[start + source] = value / sum));
  }
  const logit = pattern.map((weight, i) => weight * 6 * (noise() - 0.4) * (i >= pattern.length - tokens ? NaN : 1));
  const valueNorm = Float32Array.from({ length: tokens }, (_, s) => (s === 0 ? 0.3 : 0.6 + noise()));
  return { name, pattern: base64(pattern), valueNorm: base64(valueNorm), logit: base64(logit) };
}

export function attention(tokens: number, heads: number): AttentionData {
  const all = labels(tokens);
  return {
    name: 'storybook-2l L1H2',
    tokens: all.map((label) => ({ label })),
    effect: 'logit over mean',
    heads: Array.from({ length: heads }, (_, i) =>
      head(`L${i < 2 ? 1 : 0}H${(i + 2) % 4}`, KINDS[i % KINDS.length], all, i + 1),
    ),
  };
}

const wanted = new URLSearchParams(location.hash.slice(1));
const number = (name: string, otherwise: number) => Number(wanted.get(name) ?? otherwise);

document.addEventListener('line-select', (event) => console.log(JSON.stringify((event as CustomEvent).detail)));
showPanels([
  {
    title: 'attention',
    width: wanted.get('width') ?? '810px',
    make: () =>
      element<AttentionView>('headlight-attention-view', {
        data: attention(number('t', 12), number('heads', 1)),
        mode: (wanted.get('mode') ?? 'lines') as AttentionView['mode'],
        show: (wanted.get('show') ?? 'weight') as AttentionView['show'],
        threshold: number('threshold', 0.05),
        destination: number('d', -1),
        source: number('s', -1),
      }),
  },
]);
