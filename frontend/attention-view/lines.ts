import { slotAt } from './docking.ts';
import {
  headShift,
  lineDistance,
  lineLayout,
  nearestLine,
  REACH,
  rowY,
  type LineLayout,
  type Pointed,
} from './geometry.ts';
import { drawAside, drawBand, drawFigures, drawLabels, endsAside, SLOT, type Ends } from './line-labels.ts';
import { drawCross } from './cuts.ts';
import type { Pen } from './pen.ts';
import { colourOfLine, fade, stands, type Renderer, type Scene } from './scene.ts';
import { opacityOf, reaches } from './values.ts';

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
    const aside = endsAside(scene, layout, view);
    if (pointed && pointed.destination >= 0 && pointed.source >= 0)
      strokeOne(pen, scene, layout, aside, pointed, 3, palette.surface);
    if (destination >= 0 && source >= 0)
      strokeOne(pen, scene, layout, aside, { destination, source }, 4, palette.surface);
    strokeCuts(pen, scene, layout, aside);
    drawLabels(pen, scene, layout, view, aside);
    drawFigures(pen, scene, layout, view, aside);
    drawAside(pen, scene, layout, aside);
    drawBand(pen, scene, layout, view);
  },

  baseOpacity: fade,

  hit(scene, layout, view, x, y) {
    const token = Math.floor((y - layout.band) / layout.rowHeight);
    if (y < view.top + layout.band || token < 0) return undefined;
    const aside = endsAside(scene, layout, view);
    const tokenIn = (places: Map<number, number>) => {
      const there = slotAt(places, () => SLOT, y);
      return there >= 0 ? there : token < scene.labels.length ? token : -1;
    };
    if (x < layout.x1) {
      const destination = tokenIn(aside.left);
      return destination >= 0 ? { destination, source: -1 } : undefined;
    }
    if (x > layout.x2) {
      const source = tokenIn(aside.right);
      return source >= 0 ? besideSource(scene, layout, x, source) : undefined;
    }
    return onSelectedAside(scene, layout, aside, x, y) ?? nearestLine(scene.lines, layout, x, y);
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
  const figures = x > layout.figuresRight && reaches(scene.figures.reach, scene.destination, token);
  return { destination: figures ? scene.destination : -1, source: token };
}

/** The heights between which a line runs on the screen. */
function heights(layout: LineLayout, { left, right }: Ends, { destination, source }: Pointed): [number, number] {
  return [left.get(destination) ?? rowY(layout, destination), right.get(source) ?? rowY(layout, source)];
}

/** The selected line, where it is under the pointer and an end of it is scrolled away. */
function onSelectedAside(scene: Scene, layout: LineLayout, aside: Ends, x: number, y: number): Pointed | undefined {
  const { destination, source } = scene;
  if (source < 0 || (!aside.left.has(destination) && !aside.right.has(source))) return undefined;
  const distance = lineDistance(layout, x, y)(...heights(layout, aside, { destination, source }));
  return distance <= REACH ? { destination, source } : undefined;
}

function addCurve(pen: Pen, scene: Scene, layout: LineLayout, head: number, from: number, to: number): void {
  const { x1, x2, rowHeight } = layout;
  const shift = headShift(head, scene.lines.heads, rowHeight);
  const middle = (x1 + x2) / 2;
  pen.curve(x1, from + shift, middle, from + shift, middle, to + shift, x2, to + shift);
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
        addCurve(pen, scene, layout, head, rowY(layout, all.destination[i]), rowY(layout, all.source[i]));
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
  aside: Ends,
  { destination, source }: Pointed,
  width: number,
  halo: string,
): void {
  const [from, to] = heights(layout, aside, { destination, source });
  const { triangles, largest, reach } = scene.figures;
  triangles.forEach((triangle, head) => {
    const figure = triangle[reach.at(destination, source)];
    const share = Math.abs(figure / largest) || 0;
    const thick = width / Math.sqrt(scene.heads.length);
    pen.begin();
    addCurve(pen, scene, layout, head, from, to);
    if (scene.heads.length === 1) pen.stroke(halo, 1, thick + 2.5);
    pen.stroke(colourOfLine(scene, head, figure < 0), 0.35 + 0.65 * share, thick);
  });
}

/** A thin line with a cross where an edit cuts one. */
function strokeCuts(pen: Pen, scene: Scene, layout: LineLayout, aside: Ends): void {
  for (const cut of scene.cuts) {
    const head = scene.heads.findIndex(({ name }) => name === cut.head);
    if (head < 0) continue;
    const [from, to] = heights(layout, aside, cut);
    pen.begin();
    addCurve(pen, scene, layout, head, from, to);
    pen.stroke(scene.palette.faint, 0.8, 1);
    drawCross(pen, scene, (layout.x1 + layout.x2) / 2, (from + to) / 2 + headShift(head, scene.lines.heads, layout.rowHeight));
  }
}
