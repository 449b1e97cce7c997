import { shortened } from '../echart/labels.ts';
import { svgDocument, tag, textTag } from '../picture/svg.ts';

export interface LensPaint {
  tokens: string[];
  stages: string[];
  /** Text and colours of a cell. */
  cell(stage: number, position: number): { text: string; background: string; colour: string };
  surface: string;
  muted: string;
  font: string;
  mono: string;
}

const FIRST = 90;
const COLUMN = 66;
const ROW = 24;
const LETTERS = 9;

/** The whole table as a drawing, however much of it is in view on the page. */
export function lensSvg({ tokens, stages, cell, surface, muted, font, mono }: LensPaint): string {
  const parts: string[] = [];
  const token = { fill: muted, 'font-family': mono, 'font-size': 11, 'text-anchor': 'middle' };
  tokens.forEach((label, i) => parts.push(textTag(FIRST + (i + 0.5) * COLUMN, 16, shortened(label, LETTERS), token)));
  stages.forEach((name, stage) => {
    const y = (stage + 1) * ROW;
    parts.push(
      textTag(FIRST - 6, y + 16, name, { fill: muted, 'font-family': font, 'font-size': 11, 'text-anchor': 'end' }),
    );
    tokens.forEach((_, position) => {
      const { text, background, colour } = cell(stage, position);
      const x = FIRST + position * COLUMN;
      parts.push(tag('rect', { x, y, width: COLUMN - 1, height: ROW - 1, fill: background }));
      parts.push(textTag(x + COLUMN / 2, y + 16, shortened(text, LETTERS), { ...token, fill: colour }));
    });
  });
  return svgDocument(FIRST + tokens.length * COLUMN + 8, (stages.length + 1) * ROW + 8, surface, parts.join(''));
}
