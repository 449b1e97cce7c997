import {
  headShift,
  lineLayout,
  nearestLine,
  rowY,
  shorten,
  type Box,
  type LineLayout,
  type Pointed,
} from './geometry.ts';
import type { Pen } from './pen.ts';
import {
  colourOfLine,
  fade,
  lineFigure,
  LABEL_SIZE,
  readDestination,
  SMALL,
  stands,
  UNITS,
  type Renderer,
  type Scene,
} from './scene.ts';
import { at, isSigned, opacityOf } from './values.ts';

const GAP = 8;

/** The sentence twice, destinations left and sources right, a curve for each attention between them. */
export const lines: Renderer<LineLayout> = {
  layout: (scene, width, height) => lineLayout(scene.labels.length, width, height, scene.widestLabel),

  base(pen, scene, layout, view) {
    const top = view.top + layout.band;
    const bottom = view.top + view.height;
    strokeLines(
      pen,
      scene,
      layout,
      1.6,
      (destination, source) => rowY(layout, source) < bottom && rowY(layout, destination) > top,
    );
  },

  overlay(pen, scene, layout, view) {
    const { palette, pointed, destination, source } = scene;
    if (fade(scene) < 1) strokeLines(pen, scene, layout, 2, (d, s) => stands(scene, d, s));
    if (pointed && pointed.destination >= 0 && pointed.source >= 0)
      strokeOne(pen, scene, layout, pointed, 3, palette.surface);
    if (destination >= 0 && source >= 0) strokeOne(pen, scene, layout, { destination, source }, 4, palette.surface);
    drawLabels(pen, scene, layout, view);
    drawFigures(pen, scene, layout, view);
    drawBand(pen, scene, layout, view);
  },

  baseOpacity: fade,

  hit(scene, layout, view, x, y) {
    const token = Math.floor((y - layout.band) / layout.rowHeight);
    if (y < view.top + layout.band || token < 0) return undefined;
    const onToken = token < scene.labels.length;
    if (x < layout.x1) return onToken ? { destination: token, source: -1 } : undefined;
    if (x > layout.x2) return onToken ? besideSource(scene, layout, x, token) : undefined;
    return nearestLine(scene.lines, layout, x, y);
  },

  place(layout, { destination, source }) {
    const rows = [destination, source].filter((token) => token >= 0);
    const low = Math.max(...rows);
    return {
      left: 0,
      top: rowY(layout, low) - layout.rowHeight * 1.5 - layout.band,
      width: 0,
      height: layout.rowHeight * 3 + layout.band,
    };
  },
};

/** Right of the lines: the source's label, or a figure of the selected destination, which stands for that line. */
function besideSource(scene: Scene, layout: LineLayout, x: number, token: number): Pointed {
  const figures = x > layout.figuresRight && scene.destination >= token;
  return { destination: figures ? scene.destination : -1, source: token };
}

function addCurve(pen: Pen, scene: Scene, layout: LineLayout, head: number, destination: number, source: number): void {
  const { x1, x2, rowHeight } = layout;
  const shift = headShift(head, scene.lines.heads, rowHeight);
  const middle = (x1 + x2) / 2;
  const from = rowY(layout, destination) + shift;
  const to = rowY(layout, source) + shift;
  pen.curve(x1, from, middle, from, middle, to, x2, to);
}

function strokeLines(
  pen: Pen,
  scene: Scene,
  layout: LineLayout,
  width: number,
  wanted: (destination: number, source: number) => boolean,
): void {
  const { lines: all } = scene;
  for (let group = 0; group + 1 < all.starts.length; group++) {
    const head = (group >> 1) % all.heads;
    pen.begin();
    for (let i = all.starts[group]; i < all.starts[group + 1]; i++) {
      if (wanted(all.destination[i], all.source[i]))
        addCurve(pen, scene, layout, head, all.destination[i], all.source[i]);
    }
    const level = Math.floor(group / (2 * all.heads));
    pen.stroke(colourOfLine(scene, head, group % 2 === 1), opacityOf(level), width);
  }
}

/** One line of every head, thick, even when its weight is below the threshold. */
function strokeOne(
  pen: Pen,
  scene: Scene,
  layout: LineLayout,
  { destination, source }: Pointed,
  width: number,
  halo: string,
): void {
  scene.figures.triangles.forEach((triangle, head) => {
    const share = Math.abs(triangle[at(destination, source)] / scene.figures.largest) || 0;
    const thick = width / Math.sqrt(scene.heads.length);
    pen.begin();
    addCurve(pen, scene, layout, head, destination, source);
    if (scene.heads.length === 1) pen.stroke(halo, 1, thick + 2.5);
    pen.stroke(colourOfLine(scene, head, triangle[at(destination, source)] < 0), 0.35 + 0.65 * share, thick);
  });
}

/** First and one-past-last token in view. */
function rowsIn(scene: Scene, layout: LineLayout, view: Box): [number, number] {
  const row = (y: number) => Math.floor((y - layout.band) / layout.rowHeight);
  return [Math.max(0, row(view.top + layout.band)), Math.min(scene.labels.length, row(view.top + view.height) + 1)];
}

function drawLabels(pen: Pen, scene: Scene, layout: LineLayout, view: Box): void {
  const { palette, pointed, destination, source, labels, labelWidths, elsewhere } = scene;
  const size = layout.rowHeight < 17 ? SMALL : LABEL_SIZE;
  const [first, last] = rowsIn(scene, layout, view);
  const read = readDestination(scene);
  const into = pointed && pointed.destination < 0;
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
    const idleLeft = into && token < pointed.source ? palette.faint : palette.text;
    const idleRight = read >= 0 && !into && token > read ? palette.faint : palette.text;
    pen.text(layout.x1 - GAP, y, left, {
      ...style,
      align: 'right',
      bold: isDestination,
      colour: isDestination ? palette.accent : idleLeft,
    });
    pen.text(layout.x2 + GAP, y, right, { ...style, bold: isSource, colour: isSource ? palette.accent : idleRight });
    if (!into) {
      pen.text(layout.figuresLeft, y, String(token), {
        font: palette.font,
        size: 10,
        align: 'right',
        colour: palette.faint,
      });
    }
  }
}

/** Beside the sources what the destination gives each of them; beside the destinations what each gives the source. */
function drawFigures(pen: Pen, scene: Scene, layout: LineLayout, view: Box): void {
  const { pointed, figures, show, palette } = scene;
  const [first, last] = rowsIn(scene, layout, view);
  const read = readDestination(scene);
  const style = { font: palette.font, size: layout.rowHeight < 17 ? 10 : SMALL, align: 'right' as const };
  if (pointed && pointed.destination < 0) {
    for (let token = Math.max(first, pointed.source); token < last; token++) {
      const { text, colour } = lineFigure(scene, token, pointed.source);
      pen.text(layout.figuresLeft + 4, rowY(layout, token), text, { ...style, colour });
    }
    return;
  }
  if (read < 0) return;
  const numbers = layout.figuresRight + (isSigned(show) ? 36 : 28);
  const room = layout.width - numbers - 14;
  const bar = Math.max(1.5, Math.min(8, layout.rowHeight * 0.5) / scene.heads.length);
  for (let token = first; token < Math.min(last, read + 1); token++) {
    const y = rowY(layout, token);
    figures.triangles.forEach((triangle, head) => {
      const share = triangle[at(read, token)] / figures.largest || 0;
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
    if (colour !== palette.faint) pen.text(numbers, y, text, { ...style, colour });
  }
}

function drawBand(pen: Pen, scene: Scene, layout: LineLayout, view: Box): void {
  const { palette, labels, show, pointed } = scene;
  const narrow = layout.width < 520;
  const y = view.top + layout.band / 2 - 2;
  const style = { font: palette.font, size: SMALL, colour: palette.muted };
  const of = (token: number) => `${shorten(labels[token], [...labels[token]].length, 11)} (${token})`;
  pen.rect(view.left, view.top, layout.width, layout.band - 3, palette.surface);
  const into = pointed && pointed.destination < 0 ? pointed.source : -1;
  const left =
    into < 0 ? `destination${narrow ? '' : ' (query)'}` : narrow ? `to ${of(into)}` : `${UNITS[show]} to ${of(into)}`;
  pen.text(layout.x1 - GAP, y, left, { ...style, align: 'right' });
  pen.text(layout.x2 + GAP, y, narrow ? 'source' : 'source (key)', style);
  const read = readDestination(scene);
  if (read >= 0 && into < 0)
    pen.text(layout.figuresRight, y, narrow ? `of ${of(read)}` : `${UNITS[show]} of ${of(read)}`, style);
}
