import { element, random, showPanels } from '../echart/story-data.ts';
import './head-grid.ts';
import type { HeadGrid, HeadGridData } from './head-grid.ts';

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function heads(layers: number, count: number, edge = 12): HeadGridData {
  const noise = random(5);
  const paint = (strength: number) => {
    const out = new Uint8Array(layers * count * edge * edge);
    for (let i = 0; i < out.length; i++) {
      const column = i % edge;
      const row = Math.floor(i / edge) % edge;
      const kind = Math.floor(i / edge / edge) % 4;
      const on = [row - column === 1, column === 0, row - column === Math.floor(edge / 2), noise() > 0.7][kind];
      if (column <= row) out[i] = strength * (on ? 200 + 55 * noise() : 50 * noise());
    }
    return base64(out);
  };
  const badges = [
    { layer: 0, head: 0, label: 'prev .86', title: 'looks at the token before', strong: false },
    { layer: 0, head: 2, label: 'first .74', title: 'looks at the first token', strong: false },
    {
      layer: 1,
      head: 2,
      label: 'ind .71',
      title: 'looks at what followed an earlier copy; confirmed by 3',
      strong: true,
    },
    { layer: 1, head: 2, label: 'copy .93', title: 'raises the token that it reads', strong: false },
  ];
  return {
    layers,
    heads: count,
    edge,
    pattern: layers ? paint(1) : '',
    effect: layers ? paint(0.5) : '',
    badges: badges.filter(({ layer, head }) => layer < layers && head < count),
  };
}

document.addEventListener('head-select', (event) => console.log(JSON.stringify((event as CustomEvent).detail)));
const grid = (data: HeadGridData, selected: string[]) => () =>
  element<HeadGrid>('headlight-head-grid', { data, selected });
showPanels([
  { title: 'two layers', width: '236px', make: grid(heads(2, 4), ['L1H2']) },
  { title: 'GPT-2 small', width: '240px', make: grid(heads(12, 12, 32), ['L5H5', 'L6H9', 'L3H1']) },
  { title: 'eight heads', width: '240px', make: grid(heads(2, 8, 24), ['L1H2', 'L0H0']) },
  { title: 'many heads', width: '240px', make: grid(heads(3, 25, 16), ['L1H2']) },
  { title: 'one head', width: '240px', make: grid(heads(1, 1, 1), ['L0H0']) },
  { title: 'no heads', width: '240px', make: grid(heads(0, 0), []) },
]);
