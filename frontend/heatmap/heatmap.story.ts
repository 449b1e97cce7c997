import { base64, element, labels, normal, showPanels } from '../echart/story-data.ts';
import './heatmap.ts';
import type { Heatmap, HeatmapData } from './heatmap.ts';

function matrix(rows: number, columns: number, scale: 'diverging' | 'sequential', causal = false): HeatmapData {
  const next = normal(rows * 1000 + columns);
  const values = Float32Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    if (causal && column > row) return NaN;
    const value = next() + (row === column ? 3 : 0);
    return scale === 'diverging' ? value : Math.abs(value);
  });
  return {
    name: `story ${rows}×${columns}`,
    title: `OV circuit of L1H2, ${rows} × ${columns}`,
    rows: axis('source token read', rows),
    columns: axis('output token', columns),
    values: base64(values),
    scale,
    unit: 'logit',
  };
}

const axis = (title: string, count: number) => ({
  title,
  names: labels(count).map((label, position) => ({ label, position, id: 7 * position })),
});

const heatmap =
  (data: HeatmapData, more: Partial<Heatmap> = {}) =>
  () =>
    element<Heatmap>('headlight-heatmap', { data, ...more });

showPanels([
  {
    title: 'sentence',
    width: '430px',
    make: heatmap(matrix(8, 8, 'diverging'), { selectedRow: 1, selectedColumn: 5, tokens: 'rows' }),
  },
  {
    title: 'causal',
    width: '430px',
    make: heatmap(matrix(12, 12, 'sequential', true), { selectedRow: 11, tokens: 'rows' }),
  },
  { title: 'native limit', width: '430px', make: heatmap(matrix(64, 64, 'diverging')) },
  {
    title: 'image',
    width: '430px',
    make: heatmap(matrix(256, 256, 'diverging', true), { selectedRow: 200, tokens: 'rows' }),
  },
  { title: 'huge', width: '430px', make: heatmap(matrix(512, 512, 'sequential')) },
  { title: '2×2', width: '300px', make: heatmap(matrix(2, 2, 'diverging')) },
  { title: '1×1', width: '300px', make: heatmap(matrix(1, 1, 'sequential')) },
  { title: 'strip', width: '430px', make: heatmap(matrix(2, 100, 'diverging')) },
  { title: 'column', width: '300px', make: heatmap(matrix(60, 3, 'diverging')) },
  { title: 'empty', width: '300px', make: heatmap(matrix(0, 0, 'diverging')) },
]);

/** For measuring by hand: draws a fresh n × n matrix; gives milliseconds to the drawing's end and to the frame's. */
Object.assign(window, {
  timeHeatmap: async (size: number) => {
    const target = document.querySelector('headlight-heatmap') as Heatmap;
    const data = matrix(size, size, 'diverging');
    const start = performance.now();
    target.data = data;
    await target.updateComplete;
    const drawn = performance.now() - start;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return [drawn, performance.now() - start];
  },
});
