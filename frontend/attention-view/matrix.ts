import { thinned } from '../echart/labels.ts';
import { paint } from '../heatmap/paint.ts';
import { brief } from '../picture/numbers.ts';
import { cssColour, mix } from '../shared/colour.ts';
import { cellAt, matrixLayout, shorten, SLANTED, UPRIGHT, type Box, type MatrixLayout } from './geometry.ts';
import { cutsOf, drawCross } from './cuts.ts';
import type { Pen } from './pen.ts';
import { LABEL_SIZE, scaleOf, SMALL, type Renderer, type Scene } from './scene.ts';
import { reaches, square, type Figures } from './values.ts';

/** Rows are destinations, columns sources; shows the first head. */
export const matrix: Renderer<MatrixLayout> = {
  layout: (scene, width, height) =>
    matrixLayout(scene.labels.length, width, height, (scene.widestLabel * SMALL) / LABEL_SIZE, scene.heads.length),

  base(pen, scene, layout) {
    const side = layout.cell * scene.labels.length;
    pen.rect(layout.x, layout.y, side, side, scene.palette.sunken);
    pen.image(cells(scene), layout.x, layout.y, side, side);
  },

  overlay(pen, scene, layout, view) {
    for (const { destination, source } of cutsOf(scene, scene.heads[0].name))
      drawCross(pen, scene, layout.x + (source + 0.5) * layout.cell, layout.y + (destination + 0.5) * layout.cell);
    drawSelection(pen, scene, layout);
    drawCrosshair(pen, scene, layout);
    coverScrolled(pen, scene, layout, view);
    drawRowLabels(pen, scene, layout, view);
    drawColumnLabels(pen, scene, layout, view);
    drawBar(pen, scene, layout, view);
    if (scene.heads.length > 1) {
      const text = `${scene.heads[0].name}, the first of the ${scene.heads.length} heads selected`;
      pen.text(view.left + 2, view.top + 9, text, {
        font: scene.palette.font,
        size: SMALL,
        colour: scene.palette.muted,
      });
    }
  },

  baseOpacity: () => 1,

  hit(scene, layout, view, x, y) {
    const { destination, source } = cellAt(layout, scene.labels.length, x, y);
    const onRowLabel = x < edges(layout, view).left;
    const onColumnLabel = y < edges(layout, view).top;
    if (onRowLabel && onColumnLabel) return undefined;
    if (onRowLabel) return destination < 0 ? undefined : { destination, source: -1 };
    if (onColumnLabel) return source < 0 ? undefined : { destination: -1, source };
    return reaches(scene.figures.reach, destination, source) ? { destination, source } : undefined;
  },

  place(layout, { destination, source }) {
    const [row, column] = [Math.max(destination, 0), Math.max(source, 0)];
    const room = 4 * layout.cell;
    return {
      left: layout.x + column * layout.cell - layout.labelRoom - room,
      top: layout.y + row * layout.cell - layout.y - room,
      width: layout.labelRoom + 2 * room,
      height: layout.y + 2 * room,
    };
  },
};

let painted: { figures: Figures; threshold: number; low: string; image: HTMLCanvasElement } | undefined;

/** One pixel a cell; kept until the figures, the threshold or the theme change. */
function cells(scene: Scene): HTMLCanvasElement {
  const { figures, threshold, palette } = scene;
  if (painted?.figures === figures && painted.threshold === threshold && painted.low === palette.low)
    return painted.image;
  const size = scene.labels.length;
  const image = document.createElement('canvas');
  image.width = image.height = size;
  const values = square(figures.triangles[0], size, threshold * figures.largest - 1e-6, figures.reach);
  image
    .getContext('2d')!
    .putImageData(new ImageData(paint(values, size, size, size, size, scaleOf(scene)), size), 0, 0);
  painted = { figures, threshold, low: palette.low, image };
  return image;
}

/** Where the cells that can be seen begin: labels stay in view while the cells scroll below them. */
function edges(layout: MatrixLayout, view: Box): { left: number; top: number } {
  return {
    left: Math.max(layout.x, view.left + layout.labelRoom),
    top: Math.max(layout.y, view.top + layout.band + layout.columnRoom),
  };
}

function coverScrolled(pen: Pen, { palette }: Scene, layout: MatrixLayout, view: Box): void {
  const { left, top } = edges(layout, view);
  pen.rect(view.left, view.top, view.width, top - view.top, palette.surface);
  pen.rect(view.left, view.top, left - view.left, view.height, palette.surface);
}

function drawSelection(pen: Pen, { palette, destination, source, labels }: Scene, { x, y, cell }: MatrixLayout): void {
  if (destination >= 0) pen.frame(x, y + destination * cell, labels.length * cell, cell, palette.soft, 1);
  if (destination < 0 || source < 0) return;
  const grow = Math.max(0, 4 - cell / 2);
  pen.frame(
    x + source * cell - grow,
    y + destination * cell - grow,
    cell + 2 * grow,
    cell + 2 * grow,
    palette.accent,
    2,
  );
}

function drawCrosshair(pen: Pen, { palette, pointed, labels, elsewhere }: Scene, { x, y, cell }: MatrixLayout): void {
  const side = cell * labels.length;
  // Edges rather than a veil where there is room: a veil would change the colours that are to be read.
  const bar = (left: number, top: number, width: number, height: number, colour: string) => {
    if (cell < 6) pen.rect(left, top, Math.max(1, width), Math.max(1, height), palette.accent, 0.35);
    else pen.frame(left, top, width, height, colour, 1);
  };
  const row = (token: number, colour: string) => bar(x, y + token * cell, side, cell, colour);
  const column = (token: number, colour: string) => bar(x + token * cell, y, cell, side, colour);
  if (elsewhere !== null) {
    row(elsewhere, palette.faint);
    column(elsewhere, palette.faint);
  }
  if (!pointed) return;
  if (pointed.destination >= 0) row(pointed.destination, palette.accent);
  if (pointed.source >= 0) column(pointed.source, palette.accent);
  if (pointed.destination < 0 || pointed.source < 0) return;
  pen.frame(x + pointed.source * cell, y + pointed.destination * cell, cell, cell, palette.text, 1);
}

/** The tokens whose label must stand: what is selected, unless something is pointed at. */
function standing(pointed: number | undefined, selected: number): number[] {
  return pointed !== undefined && pointed >= 0 ? [pointed] : selected >= 0 ? [selected] : [];
}

function drawRowLabels(pen: Pen, scene: Scene, layout: MatrixLayout, view: Box): void {
  const { palette, labels, labelWidths, pointed, destination } = scene;
  const { left, top } = edges(layout, view);
  const size = Math.min(SMALL, Math.max(9, layout.cell));
  const must = standing(pointed?.destination, destination);
  for (const token of thinned(labels.length, layout.cell, 13, must)) {
    const isMeant = must.includes(token);
    const place = layout.y + (token + 0.5) * layout.cell;
    // What is meant stands at the edge while its row is scrolled away.
    const y = isMeant ? Math.max(top + 6, Math.min(view.top + view.height - 6, place)) : place;
    if (y < top - 1 || y > view.top + view.height) continue;
    if (y !== place) pen.rect(left - layout.labelRoom, y - 8, layout.labelRoom, 16, palette.soft);
    const text = shorten(labels[token], (labelWidths[token] * size) / LABEL_SIZE, layout.labelRoom - 8);
    pen.text(left - 5, y, text, {
      font: palette.mono,
      size,
      align: 'right',
      bold: isMeant,
      colour: isMeant ? palette.accent : palette.muted,
    });
  }
}

function drawColumnLabels(pen: Pen, scene: Scene, layout: MatrixLayout, view: Box): void {
  const { palette, labels, labelWidths, pointed, source } = scene;
  const { left, top } = edges(layout, view);
  const must = standing(pointed?.source, source);
  for (const token of thinned(labels.length, layout.cell, layout.upright ? UPRIGHT : SLANTED, must)) {
    const isMeant = must.includes(token);
    const place = layout.x + (token + 0.5) * layout.cell;
    const right = view.left + view.width - layout.barWidth;
    const x = isMeant ? Math.max(left + 6, Math.min(right - 6, place)) : place;
    if (x < left - 1 || x > right) continue;
    const text = shorten(labels[token], (labelWidths[token] * SMALL) / LABEL_SIZE, 76);
    pen.text(layout.upright ? x : x - 1, top - 6, text, {
      font: palette.mono,
      size: SMALL,
      turn: layout.upright ? -90 : -45,
      bold: isMeant,
      colour: isMeant ? palette.accent : palette.muted,
    });
  }
}

function drawBar(pen: Pen, scene: Scene, layout: MatrixLayout, view: Box): void {
  const { palette, show, labels, figures } = scene;
  const scale = scaleOf(scene);
  const side = layout.cell * labels.length;
  const { top } = edges(layout, view);
  const x = Math.min(layout.x + side + 36, view.left + view.width - layout.barWidth + 6);
  const height = Math.min(160, Math.max(60, Math.min(side, view.top + view.height - top - 12)));
  const y = top + 2;
  if (view.width < layout.width) pen.rect(x - 6, view.top, layout.barWidth, view.height, palette.surface);
  for (let i = 0; i < height; i++) pen.rect(x, y + i, 9, 1.5, cssColour(mix(scale.stops, 1 - i / (height - 1))));
  pen.frame(x - 0.5, y - 0.5, 10, height + 1.5, palette.border, 1);
  const style = { font: palette.font, size: SMALL, colour: palette.muted };
  pen.text(x + 14, y + 4, (figures.signed ? '+' : '') + brief(scale.max), style);
  if (figures.signed) pen.text(x + 14, y + height / 2, '0', style);
  pen.text(x + 14, y + height - 3, brief(scale.min), style);
  const unit = { weight: 'weight', value: 'share', logit: scene.heads[0].effect, gradient: 'nats' }[show];
  pen.text(x - 2, y - 12, unit, style);
}
