import { svgDocument, tag, textTag } from '../picture/svg.ts';

export interface Line {
  label: string;
  figure: string;
  /** 0..1 of the longest bar. */
  share: number;
  colour: string;
}

export interface Look {
  surface: string;
  text: string;
  muted: string;
  font: string;
  mono: string;
}

const ROW = 22;
const WIDTH = 380;
const BAR = 150;

/** The lists as a drawing: a heading over each, a line a token. */
export function tableSvg(
  title: string,
  lists: Array<{ heading: string; lines: Line[] }>,
  unit: string,
  look: Look,
): string {
  const parts: string[] = [];
  let y = 24;
  const small = { fill: look.muted, 'font-family': look.font, 'font-size': 12 };
  if (title) {
    parts.push(textTag(12, y, title, { ...small, 'font-weight': 600 }));
    y += ROW;
  }
  for (const { heading, lines } of lists) {
    parts.push(textTag(12, y, heading, small), textTag(WIDTH - BAR - 24, y, unit, { ...small, 'text-anchor': 'end' }));
    y += ROW;
    for (const line of lines) {
      parts.push(
        textTag(12, y, line.label, { fill: look.text, 'font-family': look.mono, 'font-size': 12 }),
        textTag(WIDTH - BAR - 24, y, line.figure, {
          fill: look.text,
          'font-family': look.font,
          'font-size': 12,
          'text-anchor': 'end',
        }),
        tag('rect', {
          x: WIDTH - BAR - 12,
          y: y - 8,
          width: Math.max(0.5, line.share * BAR),
          height: 8,
          rx: 2,
          fill: line.colour,
        }),
      );
      y += ROW;
    }
  }
  return svgDocument(WIDTH, y - 6, look.surface, parts.join(''));
}
