import { svgDocument, tag, textTag } from '../picture/svg.ts';

export interface DrawnColumn {
  heading: string;
  /** Figures stand at the right of their column. */
  isNumber: boolean;
  mono: boolean;
}

export interface DrawnCell {
  text: string;
  background?: string;
  colour?: string;
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

/** A table as a drawing, every column as wide as its longest text. */
export function rowsSvg(columns: DrawnColumn[], rows: DrawnCell[][], look: TableLook): string {
  const widths = columns.map(({ heading }, i) => {
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
  const parts = columns.map(({ heading }, i) => line(8, i, heading, look.muted, false));
  rows.forEach((row, at) => {
    const y = 8 + (at + 1) * ROW;
    row.forEach(({ text, background, colour }, i) => {
      if (background)
        parts.push(
          tag('rect', { x: lefts[i] + 1, y: y + 1, width: widths[i] - 2, height: ROW - 2, rx: 2, fill: background }),
        );
      parts.push(line(y, i, text, colour ?? look.text, columns[i].mono));
    });
  });
  const width = 2 * MARGIN + widths.reduce((sum, each) => sum + each, 0);
  return svgDocument(width, 8 + (rows.length + 1) * ROW + 8, look.surface, parts.join(''));
}
