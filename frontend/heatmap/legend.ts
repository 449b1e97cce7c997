import { brief } from '../picture/numbers.ts';
import { textWidth } from '../echart/text-width.ts';
import { ramp, type ColourScale } from '../shared/colour.ts';
import type { Layout } from './layout.ts';

const WIDTH = 9;

export interface ColourBar {
  x: number;
  y: number;
  height: number;
  unit: string;
  scale: ColourScale;
}

export interface Ink {
  text: string;
  font: string;
  border: string;
}

/** A colour bar as ECharts graphic elements: largest value at the top, its unit above. */
export function colourBar({ x, y, height, unit, scale }: ColourBar, ink: Ink) {
  const colours = ramp(scale.stops, 17);
  const colorStops = colours.map((color, i) => ({ offset: 1 - i / (colours.length - 1), color })).reverse();
  const figure = (value: number) => (scale.min < 0 && value > 0 ? `+${brief(value)}` : brief(value));
  const text = (at: number, label: string, verticalAlign: 'top' | 'middle' | 'bottom', left = x + WIDTH + 5) => ({
    type: 'text' as const,
    silent: true,
    x: left,
    y: at,
    style: { text: label, fill: ink.text, font: ink.font, verticalAlign },
  });
  return [
    {
      type: 'rect' as const,
      silent: true,
      shape: { x, y, width: WIDTH, height },
      style: {
        fill: { type: 'linear' as const, x: 0, y: 0, x2: 0, y2: 1, colorStops },
        stroke: ink.border,
        lineWidth: 1,
      },
    },
    text(y, figure(scale.max), 'top'),
    ...(scale.min < 0 && height > 40 ? [text(y + height / 2, '0', 'middle')] : []),
    text(y + height, figure(scale.min), 'bottom'),
    ...(unit ? [text(y - 5, unit, 'bottom', x)] : []),
  ];
}

/** What the rows and the columns are, in one line below the cells; it gives way to the colour bar. */
export function caption(
  rowTitle: string,
  columnTitle: string,
  { x, y, cellWidth, cellHeight, rows, columns, barX }: Layout,
  room: number,
  barEnd: number,
  ink: Ink,
) {
  const text = [columnTitle, rowTitle && `rows: ${rowTitle}`].filter(Boolean).join(' · ');
  const half = textWidth(text, ink.font) / 2;
  const middle = Math.max(half, Math.min(room - half, x + (cellWidth * columns) / 2));
  const end = y + cellHeight * rows;
  const below = middle + half > barX ? Math.max(end, barEnd) : end;
  const style = { text, font: ink.font, fill: ink.text, align: 'center' as const };
  return { type: 'text' as const, silent: true, x: middle, y: below + 7, style };
}
