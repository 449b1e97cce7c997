import type { Pen } from './pen.ts';
import type { Scene } from './scene.ts';
import type { Cut } from './values.ts';

/** The lines of a head that edits cut. */
export const cutsOf = ({ cuts }: Scene, head: string): Cut[] => cuts.filter((cut) => cut.head === head);

/** The sign of a cut, about a place. */
export function drawCross(pen: Pen, { palette }: Scene, x: number, y: number): void {
  pen.rect(x - 6, y - 6, 12, 12, palette.surface, 0.85);
  pen.text(x, y, '✕', { font: palette.font, size: 11, align: 'center', bold: true, colour: palette.text });
}
