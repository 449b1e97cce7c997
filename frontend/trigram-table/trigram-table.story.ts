import { element, labels, normal, showPanels } from '../echart/story-data.ts';
import type { Trigram, TrigramTable } from './trigram-table.ts';
import './trigram-table.ts';

const HINT =
  'QK is the pre-softmax score of the destination for the source, OV the logit that the source adds, less its mean over outputs.';
const named = (label: string, id: number) => ({ id, label });
const paper: Trigram[] = [
  ['·keep', '·in', '·mind', 4.31, 3.92, false],
  ['·keep', '·at', '·bay', 4.02, 3.11, false],
  ['·keep', '·in', '·bay', 4.31, 3.11, true],
  ['·keep', '·at', '·mind', 4.02, 3.92, true],
  ['·Ralph', '·J', 'ames', 3.2, -0.4, false],
  ['⏎', '<script>', '·internationalisationalism', -0.001, 0.92, false],
].map(([source, destination, output, qk, ov, bug], i) => ({
  source: named(String(source), i),
  destination: named(String(destination), 100 + i),
  output: named(String(output), 200 + i),
  qk: Math.fround(Number(qk)),
  ov: Math.fround(Number(ov)),
  bug: Boolean(bug),
}));

function many(count: number): Trigram[] {
  const [next, words] = [normal(count), labels(60)];
  const word = (i: number) => named(words[Math.abs(i) % words.length], i);
  return Array.from({ length: count }, (_, i) => ({
    source: word(i),
    destination: word(3 * i + 1),
    output: word(7 * i + 2),
    qk: Math.fround(3 * next()),
    ov: Math.fround(3 * next()),
    bug: i % 9 === 4,
  }));
}

const made = (rows: Trigram[], hint = HINT) => () =>
  element<TrigramTable>('headlight-trigram-table', { data: { name: 'story skip-trigrams', rows, hint } });

showPanels([
  { title: 'the paper’s', width: '560px', make: made(paper) },
  { title: 'many', width: '560px', make: made(many(1234)) },
  { title: 'narrow', width: '340px', make: made(paper) },
  { title: 'none', width: '340px', make: made([], '') },
]);
