import './eigenvalues.ts';
import './layer-lines.ts';
import './residual-paths.ts';
import './spectrum.ts';
import { base64, element, normal, showPanels, tokens } from './story-data.ts';

function eigenvalues(count: number, tilt: number): Array<[number, number]> {
  const next = normal(count);
  const out: Array<[number, number]> = [];
  while (out.length < count) {
    const size = 10 ** (0.9 + 0.6 * next());
    const angle = tilt + 0.9 * next();
    out.push([size * Math.cos(angle), size * Math.sin(angle)], [size * Math.cos(angle), -size * Math.sin(angle)]);
  }
  return out.slice(0, count);
}

function residual(count: number, layers: number) {
  const next = normal(count + layers);
  const [x, y] = [new Float32Array(count * (layers + 1)), new Float32Array(count * (layers + 1))];
  for (let token = 0; token < count; token++) {
    let [px, py] = [3 * next(), 2 * next()];
    for (let layer = 0; layer <= layers; layer++) {
      [x[layer * count + token], y[layer * count + token]] = [px, py];
      [px, py] = [px * 1.3 + 0.8 * next() + 1, py * 1.2 + 0.8 * next()];
    }
  }
  const stages = ['embedding', ...Array.from({ length: layers }, (_, layer) => `after L${layer}`)];
  return {
    name: 'story residual paths',
    xLabel: 'PC 1 (34 %)',
    yLabel: '·mat − ·floor',
    layers,
    tokens: tokens(count),
    x: base64(x),
    y: base64(y),
    stages,
  };
}

function norms(count: number, layers: number) {
  const next = normal(count * 31 + layers);
  const series = Array.from({ length: layers + 1 }, (_, layer) => ({
    label: layer === 0 ? 'embedding' : `after L${layer - 1}`,
    values: base64(Float32Array.from({ length: count }, () => 4 + 3 * layer + 0.6 * next())),
  }));
  return { name: 'story norms', title: 'Residual stream norm', unit: 'L2', series, tokens: tokens(count) };
}

const eigen = (count: number, tilt = 0.1) => ({
  name: 'story eigenvalues',
  title: 'Eigenvalues of the OV circuit',
  values: eigenvalues(count, tilt),
  scoreName: 'copying',
  score: 0.93,
});
const spectrum = (count: number, selected: number) => ({
  name: 'story spectrum',
  title: 'Singular values',
  values: Array.from({ length: count }, (_, i) => 6.3 * Math.exp(-i / (count / 3))),
  selected,
});

showPanels([
  { title: 'eigenvalues', width: '300px', make: () => element('headlight-eigenvalues', { data: eigen(32) }) },
  {
    title: 'wide',
    width: '420px',
    make: () => element('headlight-eigenvalues', { data: eigen(64, 2.6), hint: 'attends to its like →' }),
  },
  {
    title: 'one, and zero',
    width: '240px',
    make: () =>
      element('headlight-eigenvalues', {
        data: {
          ...eigen(1),
          values: [
            [0, 0],
            [0.02, 0],
          ],
          score: -0.1,
        },
      }),
  },
  { title: 'spectrum', width: '300px', make: () => element('headlight-spectrum', { data: spectrum(32, 3) }) },
  { title: 'many', width: '300px', make: () => element('headlight-spectrum', { data: spectrum(128, -1) }) },
  { title: 'one', width: '200px', make: () => element('headlight-spectrum', { data: spectrum(1, 0) }) },
  {
    title: 'paths',
    width: '620px',
    make: () =>
      element('headlight-residual-paths', { data: residual(12, 2), destination: 11 }, '--hl-chart-height:340px'),
  },
  {
    title: '512 paths',
    width: '620px',
    make: () =>
      element('headlight-residual-paths', { data: residual(512, 4), destination: 3 }, '--hl-chart-height:340px'),
  },
  {
    title: 'one path',
    width: '300px',
    make: () => element('headlight-residual-paths', { data: residual(1, 2), destination: 0 }),
  },
  {
    title: 'no layers',
    width: '300px',
    make: () => element('headlight-residual-paths', { data: residual(5, 0), destination: -1 }),
  },
  { title: 'norms', width: '420px', make: () => element('headlight-layer-lines', { data: norms(12, 2) }) },
  { title: 'deep', width: '620px', make: () => element('headlight-layer-lines', { data: norms(256, 12) }) },
  {
    title: 'sparkline',
    width: '230px',
    make: () => element('headlight-layer-lines', { data: norms(12, 2) }, '--hl-chart-height:60px'),
  },
  { title: 'one token', width: '230px', make: () => element('headlight-layer-lines', { data: norms(1, 2) }) },
  { title: 'none', width: '230px', make: () => element('headlight-layer-lines', { data: norms(0, 2) }) },
]);
