import { docked } from './docking.ts';
import { rowY, shorten, type Box, type LineLayout } from './geometry.ts';
import { shortened } from '../echart/labels.ts';
import { placed } from '../shared/token.ts';
import type { Pen } from './pen.ts';
import { colourOfLine, lineFigure, LABEL_SIZE, readDestination, SMALL, unitOf, type Scene } from './scene.ts';
import { reaches } from './values.ts';

const GAP = 8;
/** Height of the row in which an end stands that is scrolled away. */
export const SLOT = 18;

/** Where ends of lines stand that must be seen and are scrolled away: height by token, of either column. */
export interface Ends {
  left: Map<number, number>;
  right: Map<number, number>;
}

/** The ends of the selected line and of the one that is pointed at, as far as their rows are scrolled away. */
export function endsAside({ destination, source, pointed }: Scene, layout: LineLayout, view: Box): Ends {
  const aside = (...tokens: Array<number | undefined>) =>
    docked(
      tokens.filter((token) => token !== undefined && token >= 0) as number[],
      (token) => rowY(layout, token),
      () => SLOT,
      view.top + layout.band,
      view.top + view.height,
    );
  return { left: aside(destination, pointed?.destination), right: aside(source, pointed?.source) };
}

/** First and one-past-last token in view. */
function rowsIn(scene: Scene, layout: LineLayout, view: Box): [number, number] {
  const row = (y: number) => Math.floor((y - layout.band) / layout.rowHeight);
  return [Math.max(0, row(view.top + layout.band)), Math.min(scene.labels.length, row(view.top + view.height) + 1)];
}

export function drawLabels(pen: Pen, scene: Scene, layout: LineLayout, view: Box, aside: Ends): void {
  const { palette, pointed, destination, source, labels, labelWidths, elsewhere } = scene;
  const size = layout.rowHeight < 17 ? SMALL : LABEL_SIZE;
  const [first, last] = rowsIn(scene, layout, view);
  const read = readDestination(scene);
  const into = pointed && pointed.destination < 0;
  const { reach } = scene.figures;
  for (let token = first; token < last; token++) {
    const y = rowY(layout, token);
    const isDestination = token === destination || token === pointed?.destination;
    const isSource = token === source || token === pointed?.source;
    const width = (labelWidths[token] * size) / LABEL_SIZE;
    const left = shorten(labels[token], width, layout.labelLeft);
    const right = shorten(labels[token], width, layout.labelRight);
    if (token === elsewhere) {
      const [leftWidth, rightWidth] = [Math.min(width, layout.labelLeft), Math.min(width, layout.labelRight)];
      const height = Math.min(20, layout.rowHeight);
      pen.rect(layout.x1 - GAP - leftWidth - 3, y - height / 2, leftWidth + 6, height, palette.soft);
      pen.rect(layout.x2 + GAP - 3, y - height / 2, rightWidth + 6, height, palette.soft);
    }
    const style = { font: palette.mono, size };
    const idleLeft = into && !reaches(reach, token, pointed.source) ? palette.faint : palette.text;
    const idleRight = read >= 0 && !into && !reaches(reach, read, token) ? palette.faint : palette.text;
    const [leftFree, rightFree] = [isFree(aside.left, y), isFree(aside.right, y)];
    if (leftFree) {
      pen.text(layout.x1 - GAP, y, left, {
        ...style,
        align: 'right',
        bold: isDestination,
        colour: isDestination ? palette.accent : idleLeft,
      });
    }
    if (rightFree)
      pen.text(layout.x2 + GAP, y, right, { ...style, bold: isSource, colour: isSource ? palette.accent : idleRight });
    if (!into && leftFree) {
      pen.text(layout.figuresLeft, y, String(token), {
        font: palette.font,
        size: 10,
        align: 'right',
        colour: palette.faint,
      });
    }
  }
}

/** Whether a row of text would not be cut by those that stand at the edge. */
function isFree(places: Map<number, number>, y: number): boolean {
  return [...places.values()].every((other) => Math.abs(other - y) >= SLOT / 2 + 5);
}

/** Beside the sources what the destination gives each of them; beside the destinations what each gives the source. */
export function drawFigures(pen: Pen, scene: Scene, layout: LineLayout, view: Box, aside: Ends): void {
  const { pointed, palette } = scene;
  const { reach } = scene.figures;
  const [first, last] = rowsIn(scene, layout, view);
  const read = readDestination(scene);
  const style = { font: palette.font, size: layout.rowHeight < 17 ? 10 : SMALL, align: 'right' as const };
  if (pointed && pointed.destination < 0) {
    for (let token = first; token < last; token++) {
      if (!reaches(reach, token, pointed.source)) continue;
      const { text, colour } = lineFigure(scene, token, pointed.source);
      pen.text(layout.figuresLeft + 4, rowY(layout, token), text, { ...style, colour });
    }
    return;
  }
  for (let token = first; token < last && reaches(reach, read, token); token++) {
    const y = rowY(layout, token);
    if (isFree(aside.right, y)) drawFigure(pen, scene, layout, token, y);
  }
}

/** What the destination that is read gives a source: the number, unless that is next to nothing and of no line meant, and its bar. */
function drawFigure(pen: Pen, scene: Scene, layout: LineLayout, token: number, y: number): void {
  const { figures, palette } = scene;
  const read = readDestination(scene);
  const numbers = layout.figuresRight + (scene.figures.signed ? 36 : 28);
  const room = layout.width - numbers - 14;
  const bar = Math.max(1.5, Math.min(8, layout.rowHeight * 0.5) / scene.heads.length);
  figures.triangles.forEach((triangle, head) => {
    const share = triangle[figures.reach.at(read, token)] / figures.largest || 0;
    const top = y + (head - scene.heads.length / 2) * bar;
    const length = Math.max(1, Math.abs(share) * room);
    pen.rect(
      numbers + 8,
      top,
      length,
      bar * 0.9,
      colourOfLine(scene, head, share < 0),
      Math.abs(share) < 0.005 ? 0.35 : 0.85,
    );
  });
  const { text, colour } = lineFigure(scene, read, token);
  const style = { font: palette.font, size: layout.rowHeight < 17 ? 10 : SMALL, align: 'right' as const };
  const meant = token === scene.source || token === scene.pointed?.source;
  if (meant || colour !== palette.faint) pen.text(numbers, y, text, { ...style, colour });
}

/** The ends that are scrolled away, over the rows at the edge, with an arrow to where they are. */
export function drawAside(pen: Pen, scene: Scene, layout: LineLayout, { left, right }: Ends): void {
  const { palette, pointed } = scene;
  const place = { font: palette.font, size: 10, align: 'right' as const, colour: palette.muted };
  const arrow = (token: number, y: number) => `${rowY(layout, token) < y ? '↑' : '↓'} ${token}`;
  const label = (token: number, room: number) => shorten(scene.labels[token], scene.labelWidths[token], room);
  const style = { font: palette.mono, size: LABEL_SIZE, bold: true, colour: palette.accent };
  for (const [token, y] of left) {
    pen.rect(0, y - SLOT / 2, layout.x1 - 1, SLOT, palette.soft);
    pen.text(layout.figuresLeft, y, arrow(token, y), place);
    pen.text(layout.x1 - GAP, y, label(token, layout.labelLeft), { ...style, align: 'right' });
  }
  const read = readDestination(scene);
  for (const [token, y] of right) {
    pen.rect(layout.x2 + 1, y - SLOT / 2, layout.width - layout.x2 - 1, SLOT, palette.soft);
    const room = layout.figuresRight - layout.x2 - GAP - 38;
    pen.text(layout.x2 + GAP, y, label(token, room), style);
    pen.text(layout.figuresRight - 4, y, arrow(token, y), place);
    if (!(pointed && pointed.destination < 0) && reaches(scene.figures.reach, read, token))
      drawFigure(pen, scene, layout, token, y);
  }
}

export function drawBand(pen: Pen, scene: Scene, layout: LineLayout, view: Box): void {
  const { palette, labels, pointed } = scene;
  const narrow = layout.width < 520;
  const y = view.top + layout.band / 2 - 2;
  const style = { font: palette.font, size: SMALL, colour: palette.muted };
  const of = (token: number) => placed(shortened(labels[token], 11), token);
  pen.rect(view.left, view.top, layout.width, layout.band - 3, palette.surface);
  const into = pointed && pointed.destination < 0 ? pointed.source : -1;
  const left =
    into < 0 ? `destination${narrow ? '' : ' (query)'}` : narrow ? `to ${of(into)}` : `${unitOf(scene)} to ${of(into)}`;
  pen.text(layout.x1 - GAP, y, left, { ...style, align: 'right' });
  pen.text(layout.x2 + GAP, y, narrow ? 'source' : 'source (key)', style);
  const read = readDestination(scene);
  if (read >= 0 && into < 0)
    pen.text(layout.figuresRight, y, narrow ? `of ${of(read)}` : `${unitOf(scene)} of ${of(read)}`, style);
}
