import { element, normal, showPanels, tokens } from '../echart/story-data.ts';
import type { Path } from './bars.ts';
import './path-bars.ts';
import type { PathBars, PathBarsData } from './path-bars.ts';

function split(value: number, count: number, seed: number): number[] {
  const next = normal(seed);
  const parts = Array.from({ length: count }, () => next() ** 3);
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part + (value - sum) / count);
}

function expansion(heads: number, count: number, off = 0): PathBarsData {
  const next = normal(heads + count);
  const paths: Path[] = [
    { label: 'direct', order: 0, value: 1.2345678, bySource: [] },
    { label: 'biases', order: 0, value: -0.21, bySource: [] },
  ];
  for (let i = 0; i < 2 * heads; i++)
    paths.push({ label: `L${Math.floor(i / heads)}H${i % heads}`, order: 1, value: 1.4 * next(), bySource: [] });
  for (let i = 0; i < heads; i++) {
    for (let j = 0; j < heads; j++) paths.push({ label: `L0H${i} → L1H${j}`, order: 2, value: 0.6 * next() ** 3, bySource: [] });
  }
  paths.slice(2).forEach((path, i) => (path.bySource = split(path.value, count, i)));
  const sum = paths.reduce((all, { value }) => all + value, 0);
  return {
    name: 'story paths',
    by: 'path',
    title: 'Paths to the logit of ·mat at ·the (11)',
    unit: 'logit',
    paths,
    tokens: tokens(count),
    sum,
    model: sum + off,
  };
}

function made(data: PathBarsData, more: Partial<PathBars> = {}, open: number[] = []) {
  return () => {
    const bars = element<PathBars>('headlight-path-bars', { data, ...more });
    setTimeout(() => {
      const rows = bars.shadowRoot!.querySelectorAll<HTMLElement>('.path');
      open.forEach((at) => rows[at]?.click());
    }, 200);
    return bars;
  };
}

const zeroLayers = { ...expansion(0, 1), title: 'Paths to the logit of ·mat (no layers)' };
const positive = expansion(1, 6);
positive.paths.forEach((path) => (path.value = Math.abs(path.value)));

showPanels([
  { title: 'two layers', width: '600px', make: made(expansion(4, 12), {}, [0, 2]) },
  { title: 'by order, 256 tokens', width: '600px', make: made(expansion(3, 256, 0.01), { sort: 'order' }, [3]) },
  { title: 'narrow', width: '340px', make: made(expansion(2, 12), {}, [1]) },
  { title: 'no layers', width: '340px', make: made(zeroLayers) },
  { title: 'all above zero', width: '420px', make: made(positive) },
  { title: 'none', width: '300px', make: made({ ...zeroLayers, paths: [] }) },
]);
