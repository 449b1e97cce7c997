import { svgDocument, tag, textTag } from '../picture/svg.ts';
import type { TableLook } from '../sortable/rows-svg.ts';
import { bar, type Extent } from './bars.ts';

export interface DrawnLine {
  label: string;
  figure: string;
  value: number;
  /** A part of the path above it. */
  part: boolean;
}

export interface BarsLook extends TableLook {
  negative: string;
  positive: string;
  border: string;
}

const ROW = 22;
const [LABEL, FIGURE, BARS, WIDTH] = [12, 250, 262, 640];

/** The bars as they stand on the page, opened ones with their parts. */
export function barsSvg(title: string, footer: string, lines: DrawnLine[], extent: Extent, look: BarsLook): string {
  const small = { 'font-family': look.font, 'font-size': 12 };
  const parts = [textTag(LABEL, 24, title, { ...small, fill: look.muted, 'font-weight': 600 })];
  const room = WIDTH - BARS - 12;
  const at = (percent: number) => BARS + (percent / 100) * room;
  const { zero } = bar(0, extent);
  const end = 32 + lines.length * ROW;
  parts.push(tag('line', { x1: at(zero), x2: at(zero), y1: 34, y2: end, stroke: look.border }));
  lines.forEach(({ label, figure, value, part }, i) => {
    const y = 32 + i * ROW;
    const { left, width } = bar(value, extent);
    const family = part ? look.mono : look.font;
    parts.push(
      textTag(part ? LABEL + 16 : LABEL, y + 15, label, { ...small, 'font-family': family, fill: look.text }),
      textTag(FIGURE, y + 15, figure, { ...small, fill: look.text, 'text-anchor': 'end' }),
      tag('rect', {
        x: at(left),
        y: y + (part ? 8 : 7),
        width: Math.max(0.5, (width / 100) * room),
        height: part ? 6 : 8,
        rx: 1,
        fill: value < 0 ? look.negative : look.positive,
      }),
    );
  });
  parts.push(textTag(LABEL, end + 20, footer, { ...small, fill: look.muted }));
  return svgDocument(WIDTH, end + 32, look.surface, parts.join(''));
}
