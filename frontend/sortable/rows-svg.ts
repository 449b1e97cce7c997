import { svgDocument, tag, textTag } from '../picture/svg.ts';

export interface DrawnColumn {
  heading: string;
  /** Figures stand at the right of their column. */
  isNumber: boolean;
  mono: boolean;
  /** Where it is not that of the longest text. */
  width?: number;
}

export interface DrawnCell {
  text: string;
  background?: string;
  colour?: string;
  /** Drawn in place of a text: `share`, 0..1, of the column. */
  bar?: { share: number; colour: string };
}

export interface TableLook {
  surface: string;
  text: string;
  muted: string;
  font: string;
  mono: string;
}

const ROW = 22;
const MARGIN = 12;
const LETTER = 7.4;
const ROOM = 18;
const NARROWEST = 44;

/** A table as a drawing, every column as wide as its longest text; over it a title where there is one. */
export function rowsSvg(columns: DrawnColumn[], rows: DrawnCell[][], look: TableLook, title = ''): string {
  const top = title ? 8 + ROW : 8;
  const widths = columns.map(({ heading, width }, i) => {
    if (width !== undefined) return width;
    const letters = rows.reduce((most, row) => Math.max(most, [...row[i].text].length), [...heading].length);
    return Math.max(NARROWEST, Math.ceil(letters * LETTER + ROOM));
  });
  const lefts = widths.map((_, i) => MARGIN + widths.slice(0, i).reduce((sum, width) => sum + width, 0));
  const line = (y: number, i: number, text: string, fill: string, mono: boolean) => {
    const family = mono ? look.mono : look.font;
    const place = columns[i].isNumber
      ? { x: lefts[i] + widths[i] - 7, 'text-anchor': 'end' }
      : { x: lefts[i] + 7, 'text-anchor': 'start' };
    return textTag(place.x, y + 15, text, {
      fill,
      'font-family': family,
      'font-size': 12,
      'text-anchor': place['text-anchor'],
    });
  };
  const parts = columns.map(({ heading }, i) => line(top, i, heading, look.muted, false));
  if (title) {
    const style = { fill: look.muted, 'font-family': look.font, 'font-size': 12, 'font-weight': 600 };
    parts.push(textTag(MARGIN + 7, 23, title, style));
  }
  rows.forEach((row, at) => {
    const y = top + (at + 1) * ROW;
    row.forEach(({ text, background, colour, bar }, i) => {
      if (background)
        parts.push(
          tag('rect', { x: lefts[i] + 1, y: y + 1, width: widths[i] - 2, height: ROW - 2, rx: 2, fill: background }),
        );
      if (bar) {
        const long = Math.max(0.5, bar.share * (widths[i] - 14));
        parts.push(tag('rect', { x: lefts[i] + 7, y: y + 7, width: long, height: 8, rx: 2, fill: bar.colour }));
      }
      parts.push(line(y, i, text, colour ?? look.text, columns[i].mono));
    });
  });
  const width = 2 * MARGIN + widths.reduce((sum, each) => sum + each, 0);
  return svgDocument(width, top + (rows.length + 1) * ROW + 8, look.surface, parts.join(''));
}
