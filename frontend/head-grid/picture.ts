import type { Table } from '../picture/picture-menu.ts';
import { svgDocument, tag, textTag } from '../picture/svg.ts';
import { nameOf } from './layout.ts';

export interface Thumbnails {
  layers: number;
  heads: number;
  edge: number;
  values: Uint8Array;
  /** Whether they are changes, of which 128 is none. */
  change?: boolean;
  /** Whether destinations look at what comes later too. */
  whole?: boolean;
}

/** Every cell of every thumbnail, 0..1 of the largest; of changes −1..1. */
export function gridTable({ layers, heads, edge, values, change, whole }: Thumbnails): Table {
  const rows: Array<Array<string | number>> = [];
  for (let i = 0; i < layers * heads; i++) {
    for (let row = 0; row < edge; row++) {
      for (let column = 0; column <= (whole ? edge - 1 : row); column++) {
        const value = values[(i * edge + row) * edge + column];
        const share = change ? (value - 128) / 127 : value / 255;
        rows.push([nameOf(Math.floor(i / heads), i % heads), row, column, Number(share.toFixed(3))]);
      }
    }
  }
  return { header: ['head', 'destination part', 'source part', change ? 'largest change' : 'largest'], rows };
}

const SIZE = 64;
const PITCH = 84;

/** The thumbnails with their names; `images` are their pixels as data URLs, layer by layer. */
export function gridSvg(
  { layers, heads }: Thumbnails,
  images: string[],
  colours: { surface: string; text: string; border: string; font: string },
): string {
  const content = images.map((href, i) => {
    const [x, y] = [10 + (i % heads) * PITCH, 10 + Math.floor(i / heads) * (PITCH + 8)];
    const image = tag('image', { x, y, width: SIZE, height: SIZE, href, style: 'image-rendering:pixelated' });
    const frame = tag('rect', { x, y, width: SIZE, height: SIZE, fill: 'none', stroke: colours.border });
    const look = { fill: colours.text, 'font-family': colours.font, 'font-size': 11, 'text-anchor': 'middle' };
    return image + frame + textTag(x + SIZE / 2, y + SIZE + 13, nameOf(Math.floor(i / heads), i % heads), look);
  });
  return svgDocument(heads * PITCH, layers * (PITCH + 8) + 4, colours.surface, content.join(''));
}
